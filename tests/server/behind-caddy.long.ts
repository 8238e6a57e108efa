import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTRPCClient, httpLink } from "@trpc/client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Database, openDatabase } from "../../server/db/open.ts";
import type { AppRouter } from "../../server/router/index.ts";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { MOST_RECORD_BYTES } from "../../shared/group/record.ts";
import { append, nextLink, random } from "../shared/group/people.ts";
import { findOnPath } from "../support/find-browser.ts";
import { freePort } from "../support/free-port.ts";
import { ROOT } from "../support/source-files.ts";
import { openStream } from "./event-stream.ts";
import { addMember, newGroup } from "./groups-over-http.ts";
import { type Served, serve } from "./served.ts";

const caddy = findOnPath("caddy");
if (caddy === null) console.log("There is no Caddy on PATH: what is said of it is not tried.");

describe.skipIf(caddy === null)("behind Caddy, with the file that is handed out", () => {
  let folder: string;
  let db: Database;
  let served: Served;
  let proxy: ChildProcess;
  let origin: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "countersign-caddy-"));
    db = await openDatabase(join(folder, "countersign.sqlite"));
    served = await serve(db);
    const port = await freePort();
    origin = `http://localhost:${port}`;
    const handedOut = await readFile(join(ROOT, "deploy/Caddyfile"), "utf8");
    // Without asking anybody for a certificate, and without a door for whoever administers it.
    const own = `{\n\tadmin off\n\tdefault_bind 127.0.0.1\n}\n`;
    const file = join(folder, "Caddyfile");
    await writeFile(file, own + handedOut.replace("countersign:8420", new URL(served.origin).host));
    proxy = spawn(caddy ?? "", ["run", "--config", file, "--adapter", "caddyfile"], {
      env: { PATH: process.env.PATH, HOME: folder, COUNTERSIGN_DOMAIN: origin },
      stdio: "ignore",
    });
    await vi.waitFor(() => fetch(`${origin}/health`), { timeout: 20_000 });
  });
  afterAll(async () => {
    proxy?.kill();
    await served?.close();
    await db?.destroy();
    await rm(folder, { recursive: true });
  });

  const apiOf = (token: string) =>
    createTRPCClient<AppRouter>({
      links: [httpLink({ url: `${origin}/trpc`, headers: { authorization: `Bearer ${token}` } })],
    });

  test("what is new reaches whoever watches at once, and is not held back until there is more", async () => {
    const [alice, bob] = [await served.join("alice@example.com"), await served.join("bob@example.com")];
    const log = await addMember(await newGroup(alice), alice, bob, "editor");
    const stream = await openStream(`${origin}/trpc/group.watch`, { authorization: `Bearer ${bob.token}` });
    expect(stream.response.headers.get("content-type")).toContain("text/event-stream");
    expect(await stream.next()).toMatchObject({ event: "connected" });
    expect(await stream.next()).toMatchObject({ data: { n: log.known.core?.n } });
    const link = await nextLink(log, alice, "role", { target: bob.id, role: "viewer" });
    await apiOf(alice.token).group.append.mutate({ link, seals: [] });
    const { known } = await append(log, link);
    expect(await stream.next()).toMatchObject({ data: { n: known.core?.n, head: known.core?.head } });
    stream.cut();
  });

  test("as much as the server takes comes through, and more is refused", async () => {
    const alice = await served.join("alice@example.net");
    const log = await newGroup(alice);
    const g = log.known.core?.g ?? "";
    // The most that one call takes (router/group.ts).
    const ciphertexts = Array.from({ length: 50 }, () => bytesToBase64url(random(MOST_RECORD_BYTES)));
    const staged = await apiOf(alice.token).group.stageRecords.mutate({ g, ciphertexts });
    expect(staged).toHaveLength(50);
    const { status } = await fetch(`${origin}/trpc/group.stageRecords`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "1".repeat(3_000_000),
    });
    // Caddy's own word, or that the server hung up on it in the middle.
    expect([413, 502]).toContain(status);
  });

  test("its answers carry what the server says about them", async () => {
    const { headers } = await fetch(`${origin}/health`);
    expect(headers.get("cache-control")).toContain("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });
});
