import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { client, ready } from "@serenity-kit/opaque";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { openSecret, type Secret } from "../../../server/secret.ts";
import { endSession, findSession, listSessions } from "../../../server/sessions/session.ts";
import { newToken } from "../../../server/tokens.ts";
import {
  allowRegistration,
  finishRegistration,
  type Registration,
  startRegistration,
} from "../../../server/users/register.ts";
import { finishSignIn, startSignIn } from "../../../server/users/sign-in.ts";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import { sign } from "../../../shared/crypto/signature.ts";
import { registrationContext } from "../../../shared/identity/proofs.ts";
import { newPerson, type Person, random } from "../../shared/group/people.ts";
import { onBothDatabases } from "../databases.ts";

const NOW = 1_000_000_000;
const DAY = 24 * 60 * 60_000;
const PASSWORD = "alice keeps four random words";
/** As weak as it goes: what is tested is the server, which has no part in it. */
const keyStretching = { "argon2id-custom": { iterations: 1, memory: 8, parallelism: 1 } } as const;

let folder: string;
let secret: Secret;

beforeAll(async () => {
  await ready;
  folder = await mkdtemp(join(tmpdir(), "countersign-secret-"));
  secret = await openSecret(join(folder, "secret.json"));
});
afterAll(() => rm(folder, { recursive: true }));

onBothDatabases(({ open }) => {
  let db: Database;
  let alice: Person;

  beforeEach(async () => {
    db = await open();
    alice = await newPerson();
  });

  async function register(
    email: string,
    { token = newToken(), password = PASSWORD, patch = {} as Partial<Registration>, allowed = true } = {},
  ) {
    if (allowed) await allowRegistration(db, token, NOW + DAY);
    const { clientRegistrationState, registrationRequest } = client.startRegistration({ password });
    const started = await startRegistration(db, secret, { token, request: registrationRequest }, NOW);
    if (!started.ok) return started;
    const { loginId, serverId, response } = started.value;
    const { registrationRecord } = client.finishRegistration({
      password,
      registrationResponse: response,
      clientRegistrationState,
      identifiers: { client: loginId, server: serverId },
      keyStretching,
    });
    const said = { email, record: registrationRecord, sig: alice.sig, enc: alice.enc, recovery: alice.sig };
    const proof = bytesToBase64url(await sign(alice.signing, await registrationContext(serverId, said)));
    const rest = { bundle: random(64), wrappedByPassword: random(64), wrappedByKit: random(64) };
    return finishRegistration(db, secret, { token, ...said, ...rest, proof, ...patch }, NOW);
  }

  async function signIn(email: string, password = PASSWORD, now = NOW) {
    const { clientLoginState, startLoginRequest } = client.startLogin({ password });
    const started = await startSignIn(db, secret, { email, request: startLoginRequest }, now);
    if (!started.ok) throw Error(started.error);
    const { round, loginId, response } = started.value;
    const finished = client.finishLogin({
      clientLoginState,
      loginResponse: response,
      password,
      identifiers: { client: loginId, server: secret.serverId },
      keyStretching,
    });
    return { ...started.value, finish: finished?.finishLoginRequest ?? null, round };
  }

  const finish = (round: string, loginId: string, text: string, now = NOW) =>
    finishSignIn(db, secret, { round, loginId, finish: text }, now);

  async function session(email: string, now = NOW): Promise<string> {
    const { round, loginId, finish: text } = await signIn(email, PASSWORD, now);
    const finished = await finish(round, loginId, text ?? "", now);
    if (!finished.ok) throw Error(finished.error);
    return finished.value.token;
  }

  describe("registering", () => {
    it("makes a user with a token, who then signs in, and nobody without one", async () => {
      expect((await register("alice@example.com")).ok).toBe(true);
      const token = await session(" Alice@Example.com ");
      expect(await findSession(db, token, NOW)).toMatchObject({ signedInAt: NOW });
      const refused = { ok: false, error: "refused" };
      expect(await register("eve@example.com", { allowed: false })).toEqual(refused);
      const used = newToken();
      expect((await register("bob@example.com", { token: used })).ok).toBe(true);
      expect(await register("eve@example.com", { token: used, allowed: false })).toEqual(refused);
    });

    it("with a token that has run out, or for an address that is taken, makes nobody; the token stays good", async () => {
      const late = newToken();
      await allowRegistration(db, late, NOW - 1);
      expect(await register("eve@example.com", { token: late, allowed: false })).toMatchObject({
        error: "refused",
      });
      await register("alice@example.com");
      const token = newToken();
      expect(await register("ALICE@example.com", { token })).toEqual({ ok: false, error: "email-taken" });
      expect((await register("bob@example.com", { token, allowed: false })).ok).toBe(true);
    });

    it("of two with one address at once makes one user, and the other token stays good", async () => {
      const tokens = [newToken(), newToken()];
      const both = await Promise.all(tokens.map((token) => register("alice@example.com", { token })));
      expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
      expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, error: "email-taken" });
      const left = tokens[both.findIndex(({ ok }) => !ok)] ?? "";
      expect((await register("bob@example.com", { token: left, allowed: false })).ok).toBe(true);
    });

    it("is refused where the keys have not signed for address, password and server", async () => {
      const eve = await newPerson();
      for (const patch of [
        { enc: eve.enc },
        { email: "eve@example.com" },
        { recovery: eve.sig },
        { sig: eve.sig },
      ]) {
        expect(await register("alice@example.com", { patch })).toEqual({ ok: false, error: "proof" });
      }
      expect(await db.selectFrom("user").selectAll().execute()).toEqual([]);
    });
  });

  describe("signing in", () => {
    it("with a wrong password fails on the device itself, and a made-up finish is refused", async () => {
      await register("alice@example.com");
      const wrong = await signIn("alice@example.com", "bob guesses");
      expect(wrong.finish).toBeNull();
      expect(await finish(wrong.round, wrong.loginId, "AAAA")).toEqual({ ok: false, error: "refused" });
    });

    it("does not finish with another record than it began with, nor for who was shut out meanwhile", async () => {
      await register("alice@example.com");
      for (const change of [{ record: "another" }, { suspended: 1 }]) {
        const before = await db.selectFrom("user").select(["record", "suspended"]).executeTakeFirstOrThrow();
        const { round, loginId, finish: text } = await signIn("alice@example.com");
        await db.updateTable("user").set(change).execute();
        expect(await finish(round, loginId, text ?? "")).toEqual({ ok: false, error: "refused" });
        await db.updateTable("user").set(before).execute();
        expect(await finish(round, loginId, text ?? "")).toEqual({ ok: false, error: "refused" });
      }
      expect(await db.selectFrom("session").selectAll().execute()).toEqual([]);
    });

    it("works once for each round, and not after five minutes", async () => {
      await register("alice@example.com");
      const { round, loginId, finish: text } = await signIn("alice@example.com");
      expect((await finish(round, loginId, text ?? "")).ok).toBe(true);
      expect(await finish(round, loginId, text ?? "")).toEqual({ ok: false, error: "refused" });
      const { length: before } = await db.selectFrom("session").selectAll().execute();
      const twice = await signIn("alice@example.com");
      const both = [1, 2].map(() => finish(twice.round, twice.loginId, twice.finish ?? ""));
      expect((await Promise.all(both)).map(({ ok }) => ok).sort()).toEqual([false, true]);
      expect(await db.selectFrom("session").selectAll().execute()).toHaveLength(before + 1);
      const slow = await signIn("alice@example.com");
      expect((await finish(slow.round, slow.loginId, slow.finish ?? "", NOW + 301_000)).ok).toBe(false);
    });

    it("answers for an unknown address like for a known one, and always the same way", async () => {
      await register("alice@example.com");
      const [known, unknown, again] = [
        await signIn("alice@example.com"),
        await signIn("eve@example.com"),
        await signIn("eve@example.com"),
      ];
      expect(unknown.response.length).toBe(known.response.length);
      expect(unknown.loginId.length).toBe(known.loginId.length);
      expect(again.loginId).toBe(unknown.loginId);
      expect((await signIn("alice@example.com")).loginId).toBe(known.loginId);
      expect(await finish(unknown.round, unknown.loginId, unknown.finish ?? "AAAA")).toEqual({
        ok: false,
        error: "refused",
      });
    });

    it("refuses what is no message of the protocol", async () => {
      expect(await startSignIn(db, secret, { email: "alice@example.com", request: "?" }, NOW)).toEqual({
        ok: false,
        error: "malformed",
      });
    });
  });

  describe("a session", () => {
    it("ends a week after its last use, a month after it was made, and when it is ended or its user suspended", async () => {
      await register("alice@example.com");
      const token = await session("alice@example.com");
      expect(await findSession(db, newToken(), NOW)).toBeNull();
      expect(await findSession(db, token, NOW + 8 * DAY)).toBeNull();
      for (let day = 6; day <= 30; day += 6)
        expect(await findSession(db, token, NOW + day * DAY)).not.toBeNull();
      expect(await findSession(db, token, NOW + 31 * DAY)).toBeNull();

      const [one, two] = [await session("alice@example.com"), await session("alice@example.com")];
      const { userId = "", id = "" } = (await findSession(db, one, NOW)) ?? {};
      await endSession(db, "somebody else", id);
      expect(await findSession(db, one, NOW)).not.toBeNull();
      await endSession(db, userId, id);
      expect(await findSession(db, one, NOW)).toBeNull();
      expect(await listSessions(db, userId, NOW)).toHaveLength(2);
      await db.updateTable("user").set({ suspended: 1 }).execute();
      expect(await findSession(db, two, NOW)).toBeNull();
    });

    it("is not to be had from the database: only its hash is there", async () => {
      await register("alice@example.com");
      const token = await session("alice@example.com");
      for (const table of ["session", "user", "sign_in_round", "registration_token"] as const) {
        expect(JSON.stringify(await db.selectFrom(table).selectAll().execute())).not.toContain(token);
      }
    });
  });
});

describe("the secret file", () => {
  it("is made once, for its owner alone, and never put in the place of another", async () => {
    const path = join(folder, "secret.json");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await openSecret(path)).toEqual(secret);
    const broken = join(folder, "broken.json");
    await writeFile(broken, "{}");
    await expect(openSecret(broken)).rejects.toThrow("is not a secret file of this server");
  });
});
