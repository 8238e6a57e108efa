import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTRPCClient, httpLink } from "@trpc/client";
import { checkContents } from "../../server/backup/verify.ts";
import { type Database, openDatabase } from "../../server/db/open.ts";
import type { AppRouter } from "../../server/router/index.ts";
import { beginSession } from "../../server/sessions/session.ts";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { type Link, readLink } from "../../shared/group/link.ts";
import {
  append,
  type Log,
  newLog,
  newPerson,
  nextLink,
  type Person,
  random,
} from "../shared/group/people.ts";
import { sealFor } from "./groups-over-http.ts";
import type { Api } from "./served.ts";
import { type ServerProcess, startProcess } from "./server-process.ts";

/** Somebody who writes records into a group of their own, one after the other. */
type Writer = { readonly person: Person; readonly token: string; log: Log };

/** What came of it. */
export type Killed = {
  readonly kills: number;
  /** Links that the server said it had taken, and how many of them are gone. */
  readonly acknowledged: number;
  readonly lost: number;
  /** Links that were there though the answer never came: the server was killed between the two. */
  readonly unanswered: number;
  readonly check: Awaited<ReturnType<typeof checkContents>>;
};

/**
 * Has several people append to a real server without a pause, kills it at some moment of it (SIGKILL), starts it again, and
 * so on. What was acknowledged is looked for in the database after each kill, before anything else opens it.
 */
export async function killUnderLoad({
  kills,
  writers: count = 4,
}: {
  readonly kills: number;
  readonly writers?: number;
}): Promise<Killed> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-kill-"));
  const place = join(folder, "countersign-data", "countersign.sqlite");
  let server: ServerProcess | undefined;
  try {
    // Makes data folder and database, and leaves behind what it compiled, as one that is killed does not.
    await (await startProcess(folder, ["admin", "check"])).ended;
    server = await startProcess(folder);
    const writers = await withDatabase(place, async (db) =>
      Promise.all(Array.from({ length: count }, () => newWriter(db))),
    );
    const acknowledged = new Map<string, string>();
    let [lost, unanswered] = [0, 0];
    for (let kill = 0; kill < kills; kill++) {
      const { origin, child } = server;
      // Some links on, and then at some moment of those that follow.
      let left = 1 + Math.floor(Math.random() * 10);
      const working: Promise<void>[] = [];
      await new Promise<void>((resolve, reject) => {
        const acknowledge = (link: string, head: string) => {
          acknowledged.set(link, head);
          if (--left === 0) setTimeout(resolve, Math.random() * 15);
        };
        working.push(...writers.map((writer) => work(writer, origin, acknowledge)));
        for (const each of working) each.catch(reject);
      });
      // Another one starts meanwhile: starting is what takes the time.
      const next = kill + 1 < kills ? startProcess(folder) : undefined;
      child.kill("SIGKILL");
      await Promise.all([server.ended, ...working]);
      const found = await withDatabase(place, (db) => lookFor(db, acknowledged, writers));
      lost += found.lost;
      unanswered += found.unanswered;
      server = (await next) ?? server;
    }
    return {
      kills,
      acknowledged: acknowledged.size,
      lost,
      unanswered,
      check: await withDatabase(place, checkContents),
    };
  } finally {
    server?.child.kill("SIGKILL");
    await server?.ended;
    await rm(folder, { recursive: true, maxRetries: 5 });
  }
}

async function withDatabase<T>(place: string, use: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase(place);
  return use(db).finally(() => db.destroy());
}

/** Somebody who is signed in: put into the database as they would be by registering. */
export async function newWriter(db: Database): Promise<Writer> {
  const person = await newPerson();
  const bytes = random(8);
  await db
    .insertInto("user")
    .values({
      user_id: person.id,
      email: `${person.id}@example.com`,
      login_id: person.id,
      record: "",
      sig: person.sig,
      enc: person.enc,
      recovery: "",
      bundle: bytes,
      wrapped_by_password: bytes,
      wrapped_by_kit: bytes,
      bundle_ver: 1,
      suspended: 0,
      made_at: Date.now(),
    })
    .execute();
  return { person, token: await beginSession(db, person.id, Date.now()), log: await newLog(person) };
}

/** Writes until the server is gone. */
async function work(
  writer: Writer,
  origin: string,
  acknowledge: (link: string, head: string) => void,
): Promise<void> {
  const { person } = writer;
  const headers = { authorization: `Bearer ${writer.token}` };
  const api: Api = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${origin}/trpc`, headers })] });
  const g = writer.log.known.core?.g ?? "";
  const bring = async (link: Link, n: number) => {
    const seals = n === 0 ? [sealFor(person.id)] : [];
    const { head } = await api.group.append.mutate({ link, seals });
    acknowledge(`${g} ${n}`, head);
  };
  try {
    const [first] = writer.log.links;
    // The first time the group is not there yet, and later it is: then that is a conflict.
    if (first && writer.log.links.length === 1) await bring(first, 0).catch(unlessConflict);
    for (;;) {
      const [h = ""] = await api.group.stageRecords.mutate({
        g,
        ciphertexts: [bytesToBase64url(random(284))],
      });
      const heads = [{ id: crypto.randomUUID(), ver: 1, h }];
      const link = await nextLink(writer.log, person, "records", { epoch: 1, heads });
      await bring(link, (writer.log.known.core?.n ?? 0) + 1);
      writer.log = await append(writer.log, link);
    }
  } catch (error) {
    // Gone in the middle of it, or a refusal, which would be a fault of this test or of the server.
    const isGone = /fetch failed|terminated|other side|aborted|ECONN/i;
    if (!(error instanceof Error) || !isGone.test(error.message)) throw error;
  }
}

function unlessConflict(error: unknown): void {
  if (!(error instanceof Error) || error.message !== "conflict") throw error;
}

/** Looks for each acknowledged link, and lets each writer go on from what is there. */
async function lookFor(
  db: Database,
  acknowledged: ReadonlyMap<string, string>,
  writers: readonly Writer[],
): Promise<{ lost: number; unanswered: number }> {
  // As many as somebody writes in hours: how fast is not what is looked at.
  await db.deleteFrom("rate_limit").execute();
  const rows = await db.selectFrom("group_link").selectAll().orderBy("g").orderBy("n").execute();
  const hashes = new Map(rows.map(({ g, n, hash }) => [`${g} ${n}`, hash]));
  const lost = [...acknowledged].filter(([key, hash]) => hashes.get(key) !== hash).length;
  let unanswered = 0;
  for (const writer of writers) {
    const g = writer.log.known.core?.g;
    const known = writer.log.links.length;
    for (const { body, sig, n } of rows.filter((row) => row.g === g)) {
      if (!acknowledged.has(`${g} ${n}`) && n >= known - 1) unanswered++;
      if (n < known) continue;
      const read = await readLink({ body, sig });
      if (read.ok) writer.log = await append(writer.log, { body, sig });
    }
  }
  return { lost, unanswered };
}
