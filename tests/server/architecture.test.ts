import { expect, test } from "vitest";
import { readSources } from "../support/source-files.ts";

/** The law of the house for the server's rooms; what holds for all is in tests/architecture.test.ts. */
const server = readSources("server");

test("what is about users and groups knows neither the router nor HTTP", () => {
  const domain = server.filter(({ path }) =>
    /^server\/(db|events|groups|invitations|limits|mfa|sessions|sweep|users)\//.test(path),
  );
  expect(domain.length).toBeGreaterThan(10);
  const offences = domain.flatMap(({ path, imports }) =>
    imports
      .filter(
        ({ to }) => /^server\/(router\/|trpc|http|main|context|admin)/.test(to) || to.startsWith("@trpc/"),
      )
      .map(({ to }) => `${path}: ${to}: hand it the values it needs`),
  );
  expect(offences).toEqual([]);
});

test("inside a transaction nothing is asked but the transaction, and nothing else is waited for", () => {
  // On the one connection of SQLite, asking the database itself in there would wait for the transaction without end.
  const transaction = /\.transaction\(\)\s*\.execute\(async \(trx\) => \{([\s\S]*?)\n *\}\);/g;
  // What is handed the transaction is part of it.
  const part = /function \w+\(\s*trx: Transaction<Schema>[^{]*\{([\s\S]*?)\n\}/g;
  const other = /\bawait (?!trx\b|\w+\(trx\b)[^\n]*|(?<![.\w])db\b/g;
  const blocks = server.flatMap(({ path, text }) =>
    [...text.matchAll(transaction), ...text.matchAll(part)].map(([, block = ""]) => ({ path, block })),
  );
  expect(blocks.length).toBeGreaterThan(8);
  const offences = blocks.flatMap(({ path, block }) =>
    [...block.matchAll(other)].map(([text]) => `${path}: ${text.trim()} inside a transaction`),
  );
  expect(offences).toEqual([]);
});
