import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { client, ready } from "@serenity-kit/opaque";
import { createTRPCClient, httpLink } from "@trpc/client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../server/config.ts";
import type { AppRouter } from "../../server/router/index.ts";
import { base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { invitationKeys } from "../../shared/group/invitation.ts";
import { parseInvitationCode, serverPrint } from "../../shared/group/invitation-code.ts";
import { freePort } from "../support/free-port.ts";
import { register, signIn } from "./users/account.ts";

const MAIN = new URL("../../server/main.ts", import.meta.url).pathname;

let folder: string;
let children: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-server-"));
  children = [];
});
afterEach(async () => {
  for (const child of children)
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  await rm(folder, { recursive: true, maxRetries: 5 });
});

type Running = {
  readonly child: ChildProcess;
  readonly origin: string;
  said(): string;
  ended: Promise<number | null>;
};

/** Starts the server as a person does, and waits until it listens or has ended. */
async function start(
  environment: Readonly<Record<string, string>> = {},
  words: readonly string[] = [],
): Promise<Running> {
  const port = await freePort();
  const child = spawn(process.execPath, [MAIN, ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH, COUNTERSIGN_PORT: String(port), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => (said += String(data)));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const deadline = Date.now() + 20_000;
  while (!said.includes('"listening"') && child.exitCode === null && Date.now() < deadline) await pause(20);
  return { child, origin: `http://localhost:${port}`, said: () => said, ended };
}

/** The server as a device calls it. */
function placeOf({ origin }: Running) {
  return {
    api: (token?: string) =>
      createTRPCClient<AppRouter>({
        links: [
          httpLink({
            url: `${origin}/trpc`,
            headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
          }),
        ],
      }),
  };
}

async function codeOf(server: Running): Promise<string> {
  const deadline = Date.now() + 5_000;
  for (;;) {
    const code = /CS1-\w+/.exec(server.said())?.[0];
    if (code !== undefined) return code;
    if (Date.now() > deadline) throw Error(`no code: ${server.said()}`);
    await pause(20);
  }
}

describe("npm run server", () => {
  it("makes its data folder for its owner alone, and gives the first owner a code that registers them", async () => {
    await ready;
    const server = await start();
    const parsed = await parseInvitationCode(await codeOf(server));
    if (!parsed.ok) throw Error(parsed.error);
    expect(parsed.value).toMatchObject({ kind: "set-up", origin: server.origin });
    const data = join(folder, "countersign-data");
    expect((await stat(data)).mode & 0o777).toBe(0o700);
    for (const file of await readdir(data)) expect((await stat(join(data, file))).mode & 0o077, file).toBe(0);

    const api = placeOf(server).api();
    const hello = await api.hello.query();
    const staticKey = base64urlToBytes(hello.staticKey);
    if (!staticKey.ok) throw Error("no key");
    expect(await serverPrint(hello.serverId, staticKey.value)).toEqual(parsed.value.server);
    const { register } = await invitationKeys(parsed.value.secret);
    const begun = client.startRegistration({ password: "alice keeps four random words" });
    const started = await api.user.startRegistration.mutate({
      token: bytesToBase64url(register),
      request: begun.registrationRequest,
    });
    expect(started.serverId).toBe(hello.serverId);
  });

  it("is the same server after it was stopped, politely or not", async () => {
    const ids: string[] = [];
    for (const signal of ["SIGTERM", "SIGKILL", "SIGINT"] as const) {
      const server = await start();
      ids.push((await placeOf(server).api().hello.query()).serverId);
      server.child.kill(signal);
      expect(await server.ended).toBe(signal === "SIGKILL" ? null : 0);
      if (signal !== "SIGKILL") expect(server.said()).toContain('"stopped"');
    }
    expect(new Set(ids).size).toBe(1);
  });

  it("names every mistake of its configuration, and does not start", async () => {
    const server = await start({ COUNTERSIGN_HOST: "0.0.0.0", COUNTERSIGN_TLS_KEY: "key.pem" });
    expect(await server.ended).toBe(2);
    expect(server.said()).toContain("COUNTERSIGN_TLS_KEY and COUNTERSIGN_TLS_CERTIFICATE go together");
    expect(server.said()).toContain("the connection must be encrypted");
    expect(server.said()).toContain("COUNTERSIGN_ORIGIN must say where devices reach this server");
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("npm run server -- admin", () => {
  it("gives another code and checks the groups while the server runs", async () => {
    const server = await start();
    const first = await codeOf(server);
    const admin = async (command: string) => {
      const run = await start({}, ["admin", command]);
      expect(await run.ended).toBe(0);
      return run.said().trim();
    };
    const second = await admin("set-up-code");
    expect(second).not.toBe(first);
    expect((await parseInvitationCode(second)).ok).toBe(true);
    expect(await admin("check")).toBe("0 of 0 groups are sound.");
  });

  it("shuts somebody out who is signed in, lets them in again, and gives a code to begin anew with", async () => {
    const server = await start();
    const parsed = await parseInvitationCode(await codeOf(server));
    if (!parsed.ok) throw Error(parsed.error);
    const place = placeOf(server);
    const { serverId } = await place.api().hello.query();
    const { register: token } = await invitationKeys(parsed.value.secret);
    const email = "alice@example.com";
    const person = { email, password: "alice keeps four random words" };
    const at = { ...place, serverId };
    const alice = await register(at, { ...person, token: bytesToBase64url(token) });
    const admin = async (...words: string[]) => {
      const run = await start({}, ["admin", ...words]);
      return { code: await run.ended, said: run.said().trim() };
    };
    expect(await admin("suspend", email)).toMatchObject({
      code: 0,
      said: expect.stringContaining("suspended"),
    });
    await expect(alice.api.user.self.query()).rejects.toThrow("UNAUTHORIZED");
    expect(await signIn(at, email, person.password)).toBeNull();
    expect(await admin("unsuspend", email)).toMatchObject({ code: 0 });
    expect(await signIn(at, email, person.password)).not.toBeNull();
    const { said } = await admin("reset", email);
    const reset = await parseInvitationCode(/CS1-\w+/.exec(said)?.[0] ?? "");
    if (!reset.ok) throw Error(reset.error);
    const keys = await invitationKeys(reset.value.secret);
    const anew = await register(at, { ...person, token: bytesToBase64url(keys.register) });
    expect(anew.userId).not.toBe(alice.userId);
  }, 60_000);

  it("says what it knows where it is asked for something else", async () => {
    const run = await start({}, ["admin", "dance"]);
    expect(await run.ended).toBe(2);
    expect(run.said()).toContain("admin set-up-code: ");
    expect(run.said()).toContain("admin suspend ADDRESS: ");
  });

  it.each([
    [["suspend"], "admin suspend takes one ADDRESS: npm run server -- admin suspend ADDRESS"],
    [["users", "alice@example.com"], "admin users takes nothing more: npm run server -- admin users"],
  ])("%o is told what the command takes, and nothing is opened", async (words, sentence) => {
    const run = await start({}, ["admin", ...words]);
    expect(await run.ended).toBe(2);
    expect(run.said()).toContain(sentence);
    expect(await readdir(folder)).toEqual([]);
  });

  it("says where nobody has the address, and fails", async () => {
    const run = await start({}, ["admin", "suspend", "eve@example.com"]);
    expect(await run.ended).toBe(1);
    expect(run.said()).toContain("Nobody here has the address eve@example.com");
  });
});

describe("the configuration", () => {
  it.each([
    [{ COUNTERSIGN_PORT: "0" }, "COUNTERSIGN_PORT must be a number"],
    [{ COUNTERSIGN_PORT: "eighty" }, "COUNTERSIGN_PORT must be a number"],
    [{ COUNTERSIGN_ORIGIN: "http://codes.example.com" }, "COUNTERSIGN_ORIGIN must be https://"],
    [{ COUNTERSIGN_ORIGIN: "https://codes.example.com/path" }, "COUNTERSIGN_ORIGIN must be https://"],
    [{ COUNTERSIGN_EXTENSIONS: "abc" }, "COUNTERSIGN_EXTENSIONS must be ids"],
    [{ COUNTERSIGN_STAGED_MB: "0" }, "COUNTERSIGN_STAGED_MB must be a whole number of megabytes"],
    [{ COUNTERSIGN_GROUP_MB: "much" }, "COUNTERSIGN_GROUP_MB must be a whole number of megabytes"],
    [{ COUNTERSIGN_BEHIND_PROXY: "maybe" }, "COUNTERSIGN_BEHIND_PROXY must be yes or no"],
    [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL must begin with postgres://"],
  ])("%o is named as a mistake", (environment, sentence) => {
    const read = readConfig(environment, "/srv");
    expect(read.ok ? [] : read.error).toEqual([expect.stringContaining(sentence)]);
  });

  it("needs nothing on one's own computer, and with a proxy in front only its address", () => {
    expect(readConfig({}, "/srv")).toMatchObject({
      ok: true,
      value: { host: "127.0.0.1", origin: "http://localhost:8420", tls: null, isBehindProxy: false },
    });
    const behind = {
      COUNTERSIGN_HOST: "0.0.0.0",
      COUNTERSIGN_BEHIND_PROXY: "yes",
      COUNTERSIGN_ORIGIN: "https://codes.example.com",
      DATABASE_URL: "postgres://db/countersign",
    };
    expect(readConfig(behind, "/srv")).toMatchObject({
      ok: true,
      value: { database: "postgres://db/countersign", isBehindProxy: true },
    });
  });
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
