import type { AddressInfo } from "node:net";
import { client, server as opaque, ready } from "@serenity-kit/opaque";
import { createTRPCClient, httpLink } from "@trpc/client";
import { type Config, readConfig } from "../../server/config.ts";
import type { Database } from "../../server/db/open.ts";
import { type Bus, localBus } from "../../server/events/bus.ts";
import { createHttpServer } from "../../server/http.ts";
import type { Log } from "../../server/log.ts";
import { parseMfaConfig } from "../../server/mfa/config.ts";
import { makeMfa } from "../../server/mfa/mfa.ts";
import { type AnyKind, KINDS } from "../../server/mfa/registry.ts";
import { endSwitchedOff } from "../../server/mfa/standing/end-switched-off.ts";
import type { AppRouter } from "../../server/router/index.ts";
import type { Secret } from "../../server/secret.ts";
import { newToken } from "../../server/tokens.ts";
import { allowRegistration } from "../../server/users/register.ts";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { sign } from "../../shared/crypto/signature.ts";
import { registrationContext } from "../../shared/identity/proofs.ts";
import { newPerson, type Person, random } from "../shared/group/people.ts";

/** As weak as it goes: what is tested is the server, which has no part in it. */
const keyStretching = { "argon2id-custom": { iterations: 1, memory: 8, parallelism: 1 } } as const;
const PASSWORD = "four random words of theirs";

export type Api = ReturnType<typeof createTRPCClient<AppRouter>>;

/** A server that listens on this computer, over real HTTP. */
export type Served = {
  readonly origin: string;
  readonly secret: Secret;
  /** What was logged, as it would be written. */
  readonly logged: string[];
  api(token?: string): Api;
  /** Somebody who is registered and signed in, with these keys or new ones. */
  join(email: string, person?: Person): Promise<Person & { readonly api: Api; readonly token: string }>;
  /** The token of a further session of theirs. */
  signIn(email: string): Promise<string>;
  close(): Promise<void>;
};

/** A configuration for tests, with what is said otherwise. */
export function configWith(environment: Readonly<Record<string, string>> = {}): Config {
  const config = readConfig(environment, "/nowhere");
  if (!config.ok) throw Error(config.error.join());
  return config.value;
}

/**
 * Serves a database over HTTP, at a port of its own; whoever calls it closes it.
 *
 * @param like a server that is closed, which it is to be from now on: at its address, with its secret
 * @param factors what its mfa.json says; null: there is none
 * @param kinds the kinds of factors that it knows
 */
export async function serve(
  db: Database,
  bus: Bus = localBus(),
  like: Served | null = null,
  factors: string | null = null,
  kinds: Readonly<Record<string, AnyKind>> = KINDS,
): Promise<Served> {
  await ready;
  const secret: Secret = like?.secret ?? {
    version: 1,
    serverId: "served",
    opaqueSetup: opaque.createSetup(),
    decoyKey: Buffer.from(random(32)).toString("base64"),
  };
  const logged: string[] = [];
  const config = configWith();
  const said = parseMfaConfig(factors, kinds);
  if (!said.ok) throw Error(said.error.join());
  const log: Log = (event, details) => logged.push(JSON.stringify({ event, ...details }));
  const mfa = await makeMfa(said.value, secret, config, log);
  await endSwitchedOff(db, mfa);
  const http = createHttpServer({ config, db, bus, secret, mfa }, log);
  await new Promise<void>((resolve) =>
    http.listen(like ? Number(new URL(like.origin).port) : 0, "127.0.0.1", resolve),
  );
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const api = (token?: string): Api =>
    createTRPCClient<AppRouter>({
      links: [
        httpLink({
          url: `${origin}/trpc`,
          headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        }),
      ],
    });

  async function join(email: string, keys?: Person) {
    const person = keys ?? (await newPerson());
    const registration = newToken();
    await allowRegistration(db, registration, Date.now() + 60_000);
    const begun = client.startRegistration({ password: PASSWORD });
    const started = await api().user.startRegistration.mutate({
      token: registration,
      request: begun.registrationRequest,
    });
    const identifiers = { client: started.loginId, server: started.serverId };
    const { registrationRecord: record } = client.finishRegistration({
      password: PASSWORD,
      registrationResponse: started.response,
      clientRegistrationState: begun.clientRegistrationState,
      identifiers,
      keyStretching,
    });
    const said = { email, record, sig: person.sig, enc: person.enc, recovery: person.sig };
    const context = await registrationContext(started.serverId, said);
    const { userId } = await api().user.finishRegistration.mutate({
      token: registration,
      ...said,
      bundle: bytesToBase64url(random(64)),
      wrappedByPassword: bytesToBase64url(random(60)),
      wrappedByKit: bytesToBase64url(random(60)),
      proof: bytesToBase64url(await sign(person.signing, context)),
    });
    const token = await signIn(email);
    return { ...person, id: userId, api: api(token), token };
  }

  async function signIn(email: string): Promise<string> {
    const login = client.startLogin({ password: PASSWORD });
    const round = await api().user.startSignIn.mutate({ email, request: login.startLoginRequest });
    const finished = client.finishLogin({
      clientLoginState: login.clientLoginState,
      loginResponse: round.response,
      password: PASSWORD,
      identifiers: { client: round.loginId, server: secret.serverId },
      keyStretching,
    });
    const { token } = await api().user.finishSignIn.mutate({
      round: round.round,
      loginId: round.loginId,
      finish: finished?.finishLoginRequest ?? "",
    });
    return token;
  }

  return {
    origin,
    secret,
    logged,
    api,
    join,
    signIn,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
