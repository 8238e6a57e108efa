import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { apiOf } from "../../../extension/servers/api.ts";
import { openDatabase } from "../../../server/db/open.ts";
import { base64urlToBytes } from "../../../shared/bytes.ts";
import { type Link, readLink } from "../../../shared/group/link.ts";
import { spreadOf } from "../statistics.ts";
import { type BenchGroup, goOn, putGroup, stagedChange } from "./group.ts";
import { timed } from "./timed.ts";
import type { World } from "./world.ts";

const ROUNDS = 120;
const SIZES = [50, 5_000] as const;

/**
 * Appending a link that changes one record, over HTTP, beside what it can't do without: an empty call by somebody who is
 * signed in, a bare transaction of the same rows on the same disk, and a bare verification of its signature.
 */
export async function measureAppend(world: World) {
  const [writer, idle] = [await world.newUser(), await world.newUser()];
  const groups: BenchGroup[] = [];
  for (const records of SIZES) groups.push(await putGroup(world, writer, { records }));
  const [api, empty] = [apiOf(world.server.origin, writer.token), apiOf(world.server.origin, idle.token)];
  const bare = await openBare(world);
  const times = { empty: [], transaction: [], verification: [], 50: [], 5000: [] } as Record<
    "empty" | "transaction" | "verification" | (typeof SIZES)[number],
    number[]
  >;
  for (let round = -20; round < ROUNDS; round++) {
    const keep = (what: keyof typeof times, ms: number) => {
      // The first ones warm up.
      if (round >= 0) times[what].push(ms);
    };
    for (const [at, records] of SIZES.entries()) {
      const group = groups[at];
      if (group === undefined) continue;
      const link = await stagedChange(api, group, "change");
      const read = await readLink(link);
      const key = base64urlToBytes(writer.sig);
      if (!read.ok || !key.ok) throw Error("a link that was just signed can't be read");
      keep("empty", await timed(() => empty.group.heads.query()));
      keep("transaction", await timed(() => bare.write(group.g, link)));
      const { signed, signature } = read.value;
      const verify = async () => {
        const imported = await crypto.subtle.importKey("raw", key.value, "Ed25519", false, ["verify"]);
        return crypto.subtle.verify("Ed25519", imported, signature, signed);
      };
      keep("verification", await timed(verify));
      keep(records, await timed(() => api.group.append.mutate({ link, seals: [] })));
      await goOn(group, link);
    }
  }
  await bare.close();
  const spreads = Object.fromEntries(
    Object.entries(times).map(([what, all]) => [what, spreadOf(all)]),
  ) as Record<keyof typeof times, ReturnType<typeof spreadOf>>;
  const floor = spreads.empty.median + spreads.transaction.median + spreads.verification.median;
  return { spreads, floor };
}

/** A database of the same tables, written to by its own driver with statements that are ready. */
async function openBare(world: World) {
  const place = await world.newPlace();
  await (await openDatabase(place)).destroy();
  const filler = "x".repeat(43);
  let n = 0;
  const rows = (g: string, { body, sig }: Link) =>
    ({
      link: [g, ++n, body, sig, filler, 0],
      state: [g, n, filler, 1, filler, 0, 0, 1, 1, 50],
      head: [g, filler, n, filler, 1, filler, 1, n],
    }) as const;
  const marks = (count: number, mark: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => mark(at + 1)).join(", ");
  const statements = (mark: (at: number) => string) => ({
    link: `insert into group_link (g, n, body, sig, hash, taken_at) values (${marks(6, mark)})`,
    state: `insert into group_state (g, n, head, epoch, commitment, rotation_due, closed, members, owners, records)
      values (${marks(10, mark)}) on conflict (g) do update set n = excluded.n, head = excluded.head`,
    head: `insert into record_head (g, id, ver, h, epoch, by_user, made, changed) values (${marks(8, mark)})
      on conflict (g, id) do update set ver = excluded.ver, h = excluded.h, changed = excluded.changed`,
  });
  if (world.kind === "sqlite") {
    const database = new DatabaseSync(place);
    for (const pragma of ["journal_mode=WAL", "synchronous=FULL"]) database.exec(`PRAGMA ${pragma}`);
    const { link, state, head } = statements(() => "?");
    const ready = {
      state: database.prepare(state),
      link: database.prepare(link),
      head: database.prepare(head),
    };
    return {
      async write(g: string, written: Link) {
        const values = rows(g, written);
        database.exec("begin immediate");
        ready.state.run(...values.state);
        ready.link.run(...values.link);
        ready.head.run(...values.head);
        database.exec("commit");
      },
      close: async () => database.close(),
    };
  }
  const client = new pg.Client({ connectionString: place });
  await client.connect();
  const texts = statements((at) => `$${at}`);
  return {
    async write(g: string, written: Link) {
      const values = rows(g, written);
      await client.query("begin");
      await client.query({ name: "state", text: texts.state, values: [...values.state] });
      await client.query({ name: "link", text: texts.link, values: [...values.link] });
      await client.query({ name: "head", text: texts.head, values: [...values.head] });
      await client.query("commit");
    },
    close: () => client.end(),
  };
}
