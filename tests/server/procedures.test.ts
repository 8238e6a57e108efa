import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../server/db/open.ts";
import { appRouter } from "../../server/router/index.ts";
import { newToken } from "../../server/tokens.ts";
import { allowRegistration } from "../../server/users/register.ts";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { openDeviceLabel, sealDeviceLabel } from "../../shared/identity/device-label.ts";
import { random } from "../shared/group/people.ts";
import { onBothDatabases } from "./databases.ts";
import { outcome } from "./outcome.ts";
import { type Served, serve } from "./served.ts";
import { register, signIn } from "./users/account.ts";

/** For whoever is not signed in: what leads to a session. Everything else asks for one. */
const PUBLIC = [
  "hello",
  "user.finishRegistration",
  "user.finishSignIn",
  "user.openRecovery",
  "user.recover",
  "user.startRecovery",
  "user.startRegistration",
  "user.startSignIn",
];

/** For whoever has given the password within ten minutes. */
const ASSURED = [
  "invitation.accept",
  "mfa.enroll",
  "mfa.rename",
  "mfa.resetFactors",
  "mfa.unenroll",
  "user.bundle",
  "user.changeEmail",
  "user.finishPasswordChange",
  "user.replaceKeys",
  "user.replaceKit",
  "user.startPasswordChange",
];

/** For whoever has given the password, whatever else signing in wants. */
const SIGNING_IN = [
  "mfa.askReset",
  "mfa.challenge",
  "mfa.challengeAndVerify",
  "mfa.finishReset",
  "mfa.getAuthenticatorAssuranceLevel",
  "mfa.listFactors",
  "mfa.modules",
  "mfa.verify",
  "user.self",
  "user.signOut",
];

onBothDatabases(({ open }) => {
  let db: Database;
  let served: Served;

  beforeEach(async () => {
    db = await open();
    served = await serve(db);
  });
  afterEach(() => served?.close());

  /** Asks with an input that no procedure takes: who may ask is looked at first. */
  async function ask(name: string, token?: string): Promise<string> {
    const { type } = appRouter._def.procedures[name as "hello"]._def;
    const url = `${served.origin}/trpc/${name}`;
    const headers = {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const input = JSON.stringify({ nonsense: 1 });
    const response =
      String(type) === "mutation"
        ? await fetch(url, { method: "POST", headers, body: input })
        : await fetch(`${url}?input=${encodeURIComponent(input)}`, { headers });
    // What goes on and on says in its first event whether it has let in whoever asked.
    if (response.headers.get("content-type")?.includes("event-stream")) {
      const begun = await firstError(response);
      return begun ?? "ok";
    }
    const answer = (await response.json()) as { error?: { message: string } };
    return answer.error?.message ?? "ok";
  }

  /** The message of an error that a stream begins with; null for any other beginning. */
  async function firstError(response: Response): Promise<string | null> {
    let text = "";
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      text += part.value;
      // The first thing that is said is that it is connected; then comes what there is to say.
      if ((text.match(/\n\n/g)?.length ?? 0) > 1) break;
    }
    await reader?.cancel();
    const error = /event: serialized-error\ndata: (.*)\n/.exec(text)?.[1];
    return error === undefined ? null : (JSON.parse(error) as { message: string }).message;
  }

  async function askAll(token?: string): Promise<Map<string, string>> {
    const said = new Map<string, string>();
    // Signing out is done for whoever is signed in, whatever else they say: so it is asked for last.
    const last = (name: string) => (name === "user.signOut" ? 1 : 0);
    const names = Object.keys(appRouter._def.procedures).sort(
      (a, b) => last(a) - last(b) || (a < b ? -1 : 1),
    );
    for (const name of names) said.set(name, await ask(name, token));
    return said;
  }

  const namesOf = (said: Map<string, string>, is: (answer: string) => boolean) =>
    [...said].filter(([, answer]) => is(answer)).map(([name]) => name);

  describe("every procedure", () => {
    it("asks for a session, but for those that lead to one", async () => {
      for (const token of [undefined, "x".repeat(43)]) {
        const said = await askAll(token);
        expect(namesOf(said, (answer) => answer !== "UNAUTHORIZED")).toEqual(PUBLIC);
      }
    });

    it("that touches somebody's keys asks for the password first, if it was given too long ago", async () => {
      const alice = await served.join("alice@example.com");
      const before = await askAll(alice.token);
      expect(namesOf(before, (answer) => answer === "sign-in-again")).toEqual([]);
      const bob = await served.join("bob@example.com");
      await db
        .updateTable("session")
        .set({ signed_in_at: Date.now() - 601_000 })
        .execute();
      const after = await askAll(bob.token);
      expect(namesOf(after, (answer) => answer === "sign-in-again")).toEqual(ASSURED);
    });
  });

  describe("every procedure, for somebody with a second factor", () => {
    it("asks for it, but for those by which it is shown", async () => {
      const alice = await served.join("alice@example.com");
      const factor = { id: "f", user_id: alice.id, module: "totp", name: "", kept: random(40), rev: 1 };
      await db
        .insertInto("factor")
        .values({ ...factor, made_at: 1, verified_at: 1, used_at: null })
        .execute();
      await db.updateTable("user").set({ factors: 1 }).execute();
      const said = await askAll(alice.token);
      const open = [...PUBLIC, ...SIGNING_IN].sort();
      expect(namesOf(said, (answer) => answer !== "factor-needed")).toEqual(
        [...open].sort((a, b) => Number(a === "user.signOut") - Number(b === "user.signOut")),
      );
    });
  });

  describe("a session", () => {
    it("is ended by signing out, on that device alone", async () => {
      const [alice, bob] = [await served.join("alice@example.com"), await served.join("bob@example.com")];
      await alice.api.user.signOut.mutate();
      expect(await outcome(alice.api.user.self.query())).toBe("UNAUTHORIZED");
      expect(await outcome(bob.api.user.self.query())).toBe("ok");
    });

    it("takes the place of the one that its device had before, of nobody else's", async () => {
      const place = { serverId: served.secret.serverId, api: served.api };
      const token = newToken();
      await allowRegistration(db, token, Date.now() + 60_000);
      const password = "alice keeps four random words";
      const alice = await register(place, { email: "alice@example.com", password, token });
      const bob = await served.join("bob@example.com");
      /** Signs in on a device that has that token. */
      const signInWith = (before: string) =>
        signIn({ ...place, api: (own = before) => served.api(own) }, "alice@example.com", password);
      const again = await signInWith(alice.token);
      expect(await outcome(alice.api.user.self.query())).toBe("UNAUTHORIZED");
      expect(await again?.api.user.sessions.query()).toHaveLength(1);
      await signInWith(bob.token);
      expect(await outcome(bob.api.user.self.query())).toBe("ok");
      expect(await again?.api.user.sessions.query()).toHaveLength(2);
    });

    it("bears the label that its device has sealed, which only the person's devices can read", async () => {
      const alice = await served.join("alice@example.com");
      const [before] = await alice.api.user.sessions.query();
      expect(before).toMatchObject({ label: null, isThisOne: true });
      const place = { serverId: served.secret.serverId, userId: alice.id, sessionId: before?.id ?? "" };
      const accountKey = random(32);
      const sealed = await sealDeviceLabel(accountKey, place, "the laptop at the office");
      if (!sealed.ok) throw Error(sealed.error);
      await alice.api.user.labelSession.mutate({ label: bytesToBase64url(sealed.value) });
      const [after] = await alice.api.user.sessions.query();
      expect(after?.label).toBe(bytesToBase64url(sealed.value));
      const opened = await openDeviceLabel(accountKey, place, sealed.value);
      expect(opened).toEqual({ ok: true, value: "the laptop at the office" });
      const long = { label: bytesToBase64url(random(257)) };
      expect(await outcome(alice.api.user.labelSession.mutate(long))).toBe("BAD_REQUEST");
    });
  });
});
