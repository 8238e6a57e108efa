import { client, ready } from "@serenity-kit/opaque";
import { argon2id } from "hash-wasm";
import { apiOf } from "../../../extension/servers/api.ts";
import { KEY_STRETCHING } from "../../../extension/servers/key-stretching.ts";
import { newToken } from "../../../server/tokens.ts";
import { allowRegistration } from "../../../server/users/register.ts";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import { sign } from "../../../shared/crypto/signature.ts";
import { registrationContext } from "../../../shared/identity/proofs.ts";
import { newPerson, random } from "../../shared/group/people.ts";
import { spreadOf } from "../statistics.ts";
import { timed } from "./timed.ts";
import type { World } from "./world.ts";

const ROUNDS = 7;
const PASSWORD = "four random words of theirs";
const EMAIL = "alice@example.com";

/** Signing in, with the key stretching that the extension does, beside one call of Argon2id of the same cost. */
export async function measureSignIn(world: World) {
  await ready;
  const api = apiOf(world.server.origin, null);
  const serverId = await register(world);
  const [signedIn, bare]: [number[], number[]] = [[], []];
  const { iterations, memory, parallelism } = KEY_STRETCHING["argon2id-custom"];
  for (let round = -1; round < ROUNDS; round++) {
    // As many in a minute as nobody is let.
    await world.db.deleteFrom("rate_limit").execute();
    const one = await timed(() =>
      argon2id({
        ...{ password: PASSWORD, salt: random(16), hashLength: 64, outputType: "binary" },
        ...{ iterations, parallelism, memorySize: memory },
      }),
    );
    await hearOfClosed();
    const all = await timed(async () => {
      const { clientLoginState, startLoginRequest: request } = client.startLogin({ password: PASSWORD });
      const started = await api.user.startSignIn.mutate({ email: EMAIL, request });
      const finished = client.finishLogin({
        clientLoginState,
        loginResponse: started.response,
        password: PASSWORD,
        identifiers: { client: started.loginId, server: serverId },
        keyStretching: KEY_STRETCHING,
      });
      if (finished === undefined) throw Error("not signed in");
      await hearOfClosed();
      const { round: id, loginId } = started;
      await api.user.finishSignIn.mutate({ round: id, loginId, finish: finished.finishLoginRequest });
    });
    if (round < 0) continue;
    bare.push(one);
    signedIn.push(all);
  }
  return { bare: spreadOf(bare), signedIn: spreadOf(signedIn) };
}

/**
 * Stretching a password holds up this thread, in which the extension does nothing of the kind: a connection that the server
 * closed meanwhile must be noticed before it is used again.
 */
function hearOfClosed(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

/** @returns the server's id */
async function register({ db, server }: World): Promise<string> {
  const api = apiOf(server.origin, null);
  const [token, person] = [newToken(), await newPerson()];
  await allowRegistration(db, token, Date.now() + 600_000);
  const begun = client.startRegistration({ password: PASSWORD });
  const started = await api.user.startRegistration.mutate({ token, request: begun.registrationRequest });
  const { registrationRecord: record } = client.finishRegistration({
    password: PASSWORD,
    registrationResponse: started.response,
    clientRegistrationState: begun.clientRegistrationState,
    identifiers: { client: started.loginId, server: started.serverId },
    keyStretching: KEY_STRETCHING,
  });
  const said = { email: EMAIL, record, sig: person.sig, enc: person.enc, recovery: person.sig };
  const proof = await sign(person.signing, await registrationContext(started.serverId, said));
  await api.user.finishRegistration.mutate({
    ...{ token, ...said, proof: bytesToBase64url(proof), bundle: bytesToBase64url(random(64)) },
    ...{ wrappedByPassword: bytesToBase64url(random(60)), wrappedByKit: bytesToBase64url(random(60)) },
  });
  return started.serverId;
}
