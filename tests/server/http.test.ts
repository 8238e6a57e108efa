import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../server/db/open.ts";
import { appRouter } from "../../server/router/index.ts";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { can, type Permission, ROLES, type Role } from "../../shared/group/permissions.ts";
import { hashRecord } from "../../shared/group/record.ts";
import { anyHash, append, newLog, nextLink, random } from "../shared/group/people.ts";
import { onBothDatabases } from "./databases.ts";
import { addMember, addRecord, type Joined, newGroup, sealFor } from "./groups-over-http.ts";
import { outcome } from "./outcome.ts";
import { type Api, type Served, serve } from "./served.ts";

onBothDatabases(({ open }) => {
  let db: Database;
  let served: Served;

  beforeEach(async () => {
    db = await open();
    served = await serve(db);
  });
  afterEach(() => served?.close());

  describe("over HTTP", () => {
    it("two people share a group: one writes a record, the other gets log, key and ciphertext", async () => {
      const [alice, bob] = [await served.join("alice@example.com"), await served.join("bob@example.com")];
      let log = await newGroup(alice);
      log = await addMember(log, alice, bob, "viewer");
      const g = log.known.core?.g ?? "";
      const ciphertext = random(284);
      const [h = ""] = await alice.api.group.stageRecords.mutate({
        g,
        ciphertexts: [bytesToBase64url(ciphertext)],
      });
      expect(h).toBe(await hashRecord(ciphertext));
      const heads = [{ id: crypto.randomUUID(), ver: 1, h }];
      const link = await nextLink(log, alice, "records", { epoch: 1, heads });
      log = await append(log, link);
      await alice.api.group.append.mutate({ link, seals: [] });

      expect(await bob.api.group.heads.query()).toEqual([{ g, n: 2, head: log.known.core?.head }]);
      expect(await bob.api.group.log.query({ g, from: 0 })).toEqual(log.links);
      expect(await bob.api.group.log.query({ g, from: 2 })).toEqual(log.links.slice(2));
      expect(await bob.api.group.records.query({ g, hashes: [h, anyHash()] })).toEqual([
        { h, ciphertext: bytesToBase64url(ciphertext) },
      ]);
      expect(await bob.api.group.seal.query({ g, epoch: 1 })).toMatch(/^[\w-]{107}$/);
      expect(await bob.api.group.seal.query({ g, epoch: 2 })).toBeNull();
    });

    it("a session ends when it is ended", async () => {
      const alice = await served.join("alice@example.com");
      expect((await alice.api.user.bundle.query()).ver).toBe(1);
      const [session] = await alice.api.user.sessions.query();
      expect(session).toMatchObject({ isThisOne: true });
      await alice.api.user.endSession.mutate({ id: session?.id ?? "" });
      expect(await outcome(alice.api.group.heads.query())).toBe("UNAUTHORIZED");
    });

    it("what was signed in to longer ago than ten minutes shows no bundle before signing in again", async () => {
      const alice = await served.join("alice@example.com");
      await db
        .updateTable("session")
        .set({ signed_in_at: Date.now() - 601_000 })
        .execute();
      expect(await outcome(alice.api.user.bundle.query())).toBe("sign-in-again");
      expect(await outcome(alice.api.group.heads.query())).toBe("ok");
    });

    it("pages are refused, extensions let in, and no answer is kept by anybody", async () => {
      const hello = (origin?: string) =>
        fetch(`${served.origin}/trpc/hello`, origin === undefined ? {} : { headers: { origin } });
      for (const origin of [
        "https://evil.example",
        "null",
        "chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      ]) {
        expect((await hello(origin)).status, origin).toBe(403);
      }
      for (const origin of [
        "chrome-extension://ajfjjlmgpdbkgjpgmadohkkehcbigbfi",
        "moz-extension://6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b",
      ]) {
        const response = await hello(origin);
        expect(response.status).toBe(200);
        expect(response.headers.get("access-control-allow-origin")).toBe(origin);
      }
      const { headers } = await hello();
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("strict-transport-security")).toContain("max-age=");
      expect(headers.get("access-control-allow-origin")).toBeNull();
      expect((await fetch(`${served.origin}/health`)).status).toBe(200);
      expect((await fetch(`${served.origin}/`)).status).toBe(404);
    });

    it("changes come by POST alone, one to a request, and not too long", async () => {
      const body = JSON.stringify({ email: "alice@example.com", request: "x" });
      const get = `${served.origin}/trpc/user.startSignIn?input=${encodeURIComponent(body)}`;
      expect((await fetch(get)).status).toBe(405);
      const batch = await fetch(`${served.origin}/trpc/hello,hello?batch=1&input=%7B%7D`);
      expect(batch.status).toBeGreaterThanOrEqual(400);
      const long = await fetch(`${served.origin}/trpc/user.startSignIn`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email: "alice@example.com", request: "x".repeat(2_000_000) }),
      });
      expect(long.status).toBe(413);
      const more = await fetch(`${served.origin}/trpc/user.startSignIn`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email: "alice@example.com", request: "x", more: 1 }),
      });
      expect(more.status).toBe(400);
      expect(await more.text()).not.toContain("more");
    });

    it("guessing a password is slowed down for each person, known or not, in the same words", async () => {
      await served.join("alice@example.com");
      const tries = async (email: string) => {
        const seen: string[] = [];
        for (let attempt = 0; attempt < 12; attempt++)
          seen.push(await outcome(served.api().user.startSignIn.mutate({ email, request: "AAAA" })));
        return seen;
      };
      const [known, unknown] = [await tries("alice@example.com"), await tries("eve@example.com")];
      expect(known.at(-1)).toBe("too-often");
      expect(unknown.at(-1)).toBe("too-often");
      expect(new Set(known)).toEqual(new Set(unknown));
    });

    it("who has the password may give it as often as something asks for it", async () => {
      await served.join("alice@example.com");
      for (let time = 0; time < 15; time++) {
        await served.signIn("alice@example.com");
        // The limit by address is another one.
        await db.deleteFrom("rate_limit").where("name", "like", "sign-in 127%").execute();
      }
      expect(await served.signIn("alice@example.com")).toMatch(/./);
    });

    it("nothing that was sent is logged", async () => {
      const alice = await served.join("alice@example.com");
      await outcome(alice.api.group.log.query({ g: "A".repeat(22), from: 0 }));
      await db.schema.dropTable("seal").execute();
      await outcome(alice.api.group.append.mutate({ link: { body: "AAAA", sig: "AAAA" }, seals: [] }));
      const log = await newLog(alice);
      const [link] = log.links;
      if (link) await outcome(alice.api.group.append.mutate({ link, seals: [sealFor(alice.id)] }));
      const text = served.logged.join("\n");
      expect(text).toContain("failed");
      for (const secret of [
        alice.token,
        "alice@example.com",
        link?.body.slice(20, 60) ?? "",
        served.secret.opaqueSetup,
      ]) {
        expect(text).not.toContain(secret);
      }
    });
  });

  describe("what each role may ask for", () => {
    /** Each procedure of a group, with the permission it wants, and a well-formed request for it. */
    const PROCEDURES: Readonly<
      Record<
        string,
        { readonly permission: Permission; readonly ask: (api: Api, g: string) => Promise<unknown> }
      >
    > = {
      log: { permission: "read-log", ask: (api, g) => api.group.log.query({ g, from: 0 }) },
      rotation: {
        permission: "read-log",
        ask: (api, g) => api.group.rotation.query({ g, epoch: 2, h: anyHash() }),
      },
      seal: { permission: "use-codes", ask: (api, g) => api.group.seal.query({ g, epoch: 1 }) },
      records: { permission: "use-codes", ask: (api, g) => api.group.records.query({ g, hashes: [] }) },
      reserveCounter: {
        permission: "use-codes",
        ask: (api, g) => api.group.reserveCounter.mutate({ g, record, atLeast: 0 }),
      },
      stageRecords: {
        permission: "change-records",
        ask: (api, g) => api.group.stageRecords.mutate({ g, ciphertexts: [bytesToBase64url(random(284))] }),
      },
      stageRotation: {
        permission: "rotate",
        ask: (api, g) => api.group.stageRotation.mutate({ g, epoch: 2, list: "W10" }),
      },
    };

    let record: string;

    it("follows from the table of permissions, in their own group; of another's they learn nothing", async () => {
      const owner = await served.join("alice@example.com");
      let log = await newGroup(owner);
      ({ log, id: record } = await addRecord(log, owner));
      const g = log.known.core?.g ?? "";
      const stranger = await served.join("eve@example.com");
      const foreign = (await newGroup(stranger)).known.core?.g ?? "";
      const members = new Map<Role, Joined>([["owner", owner]]);
      for (const role of ROLES.slice(0, -1)) {
        const member = await served.join(`${role}@example.com`);
        log = await addMember(log, owner, member, role);
        members.set(role, member);
      }
      for (const [role, { api }] of members) {
        for (const [name, { permission, ask }] of Object.entries(PROCEDURES)) {
          const expected = can(role, permission) ? "ok" : "rank";
          expect(await outcome(ask(api, g)), `${role} asks for ${name}`).toBe(expected);
          expect(await outcome(ask(api, foreign)), `${role} asks for ${name} elsewhere`).toBe("NOT_FOUND");
          expect(await outcome(ask(api, "A".repeat(22))), `${role} asks for ${name} nowhere`).toBe(
            "NOT_FOUND",
          );
        }
      }
    });

    it("leaves out no procedure of a group", () => {
      const ofGroups = Object.keys(appRouter._def.procedures).filter((name) => name.startsWith("group."));
      // What somebody is in; a link, whose own signature says whether it may come; what goes between groups of one.
      const ofAll = ["append", "appendAgain", "heads", "moveCounter", "news", "watch"];
      const asked = [...Object.keys(PROCEDURES), ...ofAll].map((name) => `group.${name}`);
      expect(ofGroups.sort()).toEqual(asked.sort());
    });
  });
});
