import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openDatabase } from "../../../server/db/open.ts";
import { serve } from "../served.ts";
import { startProcess } from "../server-process.ts";
import { type MailServer, readMail, receiveMail } from "./mail-server.ts";

let folder: string;
let mailServer: MailServer;
const database = () => join(folder, "countersign-data", "countersign.sqlite");

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-bindings-"));
  await mkdir(join(folder, "countersign-data"));
  const modules = [{ kind: "provider", url: "https://mfa.example.com/", secret: "0123456789".repeat(4) }];
  mailServer = await receiveMail();
  const mail = { host: "127.0.0.1", port: mailServer.port, tls: "none", from: "codes@example.com" };
  await writeFile(join(folder, "countersign-data", "mfa.json"), JSON.stringify({ modules, mail }));
  const db = await openDatabase(database());
  const served = await serve(db);
  for (const email of ["alice@example.com", "bob@example.com"]) await served.join(email);
  await served.close();
  await db.destroy();
});
afterEach(async () => {
  await mailServer.close();
  await rm(folder, { recursive: true });
});

/** Writes the file and runs the command as an administrator does. */
async function run(command: string, text: string | Uint8Array) {
  await writeFile(join(folder, "people.csv"), text);
  const { ended, said } = await startProcess(folder, ["admin", command, "people.csv"]);
  return { code: await ended, said: said().trimEnd() };
}

async function countFactors(): Promise<number> {
  const db = await openDatabase(database());
  const rows = await db.selectFrom("factor").select("id").execute();
  await db.destroy();
  return rows.length;
}

it("an administrator sees what a file of bindings would do, then has it done, and it is done once", async () => {
  const wrong = "email,external_id\nalice@example.com,E-1\neve@example.com,E-2\nbob@example.com,\n";
  expect(await run("import-bindings-now", wrong)).toEqual({
    code: 1,
    said: [
      "Nothing was changed. In people.csv:",
      "line 3: nobody here has the address eve@example.com",
      "line 4: it has no external_id",
    ].join("\n"),
  });
  const right =
    "email,external_id,organization,user\nalice@example.com,E-1,acme,alice\nbob@example.com,E-2,,\n";
  expect(await run("import-bindings", right)).toEqual({
    code: 0,
    said: [
      "alice@example.com\tprovider\tE-1\tacme/alice",
      "bob@example.com\tprovider\tE-2",
      "2 people are to be bound, 0 people are bound already. Nothing has been changed:",
      "`admin import-bindings-now people.csv` does it.",
    ].join("\n"),
  });
  expect(await countFactors()).toBe(0);
  expect(mailServer.mails).toEqual([]);
  expect(await run("import-bindings-now", right)).toEqual({
    code: 0,
    said: "2 people are bound, 0 people are bound already.",
  });
  expect(await countFactors()).toBe(2);
  expect(await run("import-bindings-now", right)).toMatchObject({
    said: "0 people are bound, 2 people are bound already.",
  });
  expect(await countFactors()).toBe(2);
  // Each is told, and once, before the command is over.
  expect(mailServer.mails.map(({ to }) => to.join()).sort()).toEqual([
    "alice@example.com",
    "bob@example.com",
  ]);
  for (const { raw } of mailServer.mails) expect(readMail(raw).text).toContain("Company verification");
  expect(await run("import-bindings", new Uint8Array([0xd5, 0xc5]))).toMatchObject({
    code: 1,
    said: expect.stringContaining("is not in UTF-8"),
  });
}, 60_000);
