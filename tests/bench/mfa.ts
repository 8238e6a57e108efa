import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openDatabase } from "../../server/db/open.ts";
import { localBus } from "../../server/events/bus.ts";
import { parseMfaConfig } from "../../server/mfa/config.ts";
import { beginChallenge, type Caller } from "../../server/mfa/flow/challenge.ts";
import { enroll } from "../../server/mfa/flow/enroll.ts";
import { verifyFactor } from "../../server/mfa/flow/verify.ts";
import { type Mfa, makeMfa } from "../../server/mfa/mfa.ts";
import { beginSession, findSession } from "../../server/sessions/session.ts";
import { hashToken } from "../../server/tokens.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { hmac } from "../../shared/crypto/mac.ts";
import type { Result } from "../../shared/result.ts";
import { newWriter } from "../server/kill-under-load.ts";
import { codeOf } from "../server/mfa/authenticator.ts";
import { done, shownAs } from "../server/mfa/with-factor.ts";
import { configWith, type Served, serve } from "../server/served.ts";
import { makeAuthenticator } from "../support/software-authenticator.ts";
import type { BenchReport } from "./main.ts";
import type { Measured } from "./mfa/measured.ts";
import { type Outside, openOutside } from "./mfa/outside.ts";
import { reportMfa } from "./mfa/report.ts";
import { type Spread, spreadOf } from "./statistics.ts";
import { timed } from "./sync/timed.ts";

const ROUNDS = 150;
const WARM_UP = 15;
/** A code of an authenticator is good once. */
const STEP_MS = 30_000;
/** What takes microseconds is done so often at a time. */
const BARE_AT_ONCE = 200;
const OWN = [{ kind: "totp" }, { kind: "recovery" }, { kind: "webauthn" }];

const PAGE = `chrome-extension://${configWith().extensionIds[0]}`;

/**
 * What looking at a second factor costs: through the domain, on a SQLite that waits for its disk, and as a call over HTTP
 * on this computer; beside its bare cryptography. A code is good once, so the server's clock goes on half a minute before
 * each. Mails and messages are sent before the clock is looked at; a provider is asked, and answers at once.
 */
export async function benchMfa(): Promise<BenchReport> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-bench-mfa-"));
  const db = await openDatabase(join(folder, "bench.sqlite"));
  const now = Date.now;
  let clock = now();
  Date.now = () => clock;
  const outside = await openOutside();
  const { mail, modules } = outside.settings;
  const factors = JSON.stringify({ mail, modules: [...OWN, ...modules] });
  const served = await serve(db, localBus(), null, factors);
  try {
    const bench = await openBench(db, served, {
      ...{ factors, outside },
      goOn: (ms) => {
        clock += ms;
      },
    });
    const rows = [];
    for (const each of bench.factors) rows.push({ each, ...(await bench.measure(each)) });
    return reportMfa(rows);
  } finally {
    Date.now = now;
    await served.close();
    await outside.close();
    await db.destroy();
    await rm(folder, { recursive: true });
  }
}

type Setting = {
  readonly factors: string;
  readonly outside: Outside;
  readonly goOn: (ms: number) => void;
};

async function openBench(db: Database, served: Served, { factors: said, outside, goOn }: Setting) {
  const mfa = await mfaOf(served, said);
  const { person } = await newWriter(db);
  let token = await beginSession(db, person.id, Date.now());

  async function caller(): Promise<Caller> {
    const session = await findSession(db, token, Date.now());
    if (session === null) throw Error("the session has ended");
    return { session, address: "192.0.2.1", languages: [] };
  }

  /** Another session, which has shown all that setting up a factor wants. */
  async function freshSession(): Promise<void> {
    token = await beginSession(db, person.id, Date.now(), Date.now());
    const hash = hashToken(token);
    await db.updateTable("session").set({ strong_at: Date.now() }).where("token_hash", "=", hash).execute();
  }

  async function setUp(
    module: string,
    proofOf: (shown: SetUp["shown"]) => Record<string, string>,
    input: Readonly<Record<string, string>> = {},
  ) {
    await freshSession();
    const wish = { module, name: module, input };
    const begun = must(await enroll(db, mfa, await caller(), wish, Date.now()));
    await verify(begun, proofOf(begun.shown));
    return begun;
  }

  async function verify(asked: { factorId: string; challengeId: string }, proof: Record<string, string>) {
    const answer = { ...asked, proof, device: null };
    const verified = must(await verifyFactor(db, mfa, await caller(), answer, Date.now()));
    token = verified.token;
  }

  let [secret, codes, recovery] = ["", [] as string[], ""];
  const totp = await setUp("totp", (shown) => {
    secret = shownAs(shown, "totp-secret").secret;
    return { code: codeOf(secret, Date.now()) };
  });
  const authenticator = makeAuthenticator(PAGE, { algorithm: "ES256", counts: true });
  const key = await setUp("webauthn", (shown) => ({
    credential: authenticator.create(shownAs(shown, "credential").options),
  }));
  const bareKey = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, [
    ...(["sign", "verify"] as const),
  ]);
  const signed = crypto.getRandomValues(new Uint8Array(69));
  const how = { name: "ECDSA", hash: "SHA-256" };
  const signature = await crypto.subtle.sign(how, bareKey.privateKey, signed);
  const hashKey = crypto.getRandomValues(new Uint8Array(32));

  const factors: readonly Measured[] = [
    {
      name: "totp",
      bare: {
        name: "one HMAC-SHA-1",
        run: async () => createHmac("sha1", hashKey).update(signed.subarray(0, 8)).digest(),
      },
      factorId: async () => totp.factorId,
      proof: () => ({ code: codeOf(secret, Date.now()) }),
      restMs: STEP_MS,
    },
    {
      name: "recovery",
      bare: {
        name: "one HMAC-SHA-256",
        run: () => hmac(hashKey, CTX("mfa-recovery-code", "factor", "code")),
      },
      factorId: async () => {
        if (codes.length > 0) return recovery;
        const set = await setUp("recovery", (shown) => {
          codes = [...shownAs(shown, "recovery-codes").codes];
          return { code: codes[0] ?? "" };
        });
        recovery = set.factorId;
        return recovery;
      },
      proof: () => ({ code: codes.pop() ?? "" }),
      restMs: STEP_MS,
    },
    {
      name: "webauthn",
      bare: {
        name: "one ECDSA P-256",
        run: () => crypto.subtle.verify(how, bareKey.publicKey, signature, signed),
      },
      factorId: async () => key.factorId,
      proof: (options) => ({ credential: authenticator.get(options) }),
      restMs: STEP_MS,
    },
    ...(await outside.factors(setUp)),
  ];

  async function measure({ bare, factorId: next, proof, restMs }: Measured) {
    const times = {
      bare: [] as number[],
      domain: [] as number[],
      empty: [] as number[],
      http: [] as number[],
    };
    const optionsOf = (shown: SetUp["shown"]) =>
      shown.flatMap((each) => (each.kind === "credential" ? each.options : []))[0] ?? "";
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      const keep = (what: keyof typeof times, ms: number) => {
        if (round >= 0) times[what].push(ms);
      };
      keep("bare", (await timed(() => repeat(bare.run))) / BARE_AT_ONCE);

      goOn(restMs);
      const factorId = await next();
      goOn(restMs);
      const begun = must(await beginChallenge(db, mfa, await caller(), factorId, Date.now()));
      const answer = proof(optionsOf(begun.shown));
      keep("domain", await timed(() => verify(begun, answer)));

      const again = await next();
      goOn(restMs);
      const api = served.api(token);
      keep("empty", await timed(() => api.group.heads.query()));
      const asked = done(await api.mfa.challenge.mutate({ factorId: again, languages: [] }));
      const call = { factorId: again, challengeId: asked.challengeId, languages: [], device: null };
      const said = { ...call, proof: proof(optionsOf(asked.shown)) };
      keep(
        "http",
        await timed(async () => {
          token = done(await api.mfa.verify.mutate(said)).token;
        }),
      );
    }
    return Object.fromEntries(Object.entries(times).map(([what, all]) => [what, spreadOf(all)])) as Record<
      keyof typeof times,
      Spread
    >;
  }

  return { factors, measure };
}

type SetUp = Extract<Awaited<ReturnType<typeof enroll>>, { ok: true }>["value"];

async function mfaOf({ secret }: Served, factors: string): Promise<Mfa> {
  const config = parseMfaConfig(factors);
  if (!config.ok) throw Error(config.error.join());
  return makeMfa(config.value, secret, configWith(), () => {});
}

function must<T>(result: Result<T, { readonly reason: string }>): T {
  if (!result.ok) throw Error(`refused: ${result.error.reason}`);
  return result.value;
}

async function repeat(run: () => Promise<unknown>): Promise<void> {
  for (let each = 0; each < BARE_AT_ONCE; each++) await run();
}
