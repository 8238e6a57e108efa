import { loadLine } from "./load.ts";
import type { BenchReport } from "./main.ts";
import type { Spread } from "./statistics.ts";
import { measureAppend } from "./sync/append.ts";
import { buildDevice, type DeviceBuild } from "./sync/device.ts";
import { measureFirstSync } from "./sync/first-sync.ts";
import { measureMemory } from "./sync/memory.ts";
import { measurePull } from "./sync/pull.ts";
import { measureRotation } from "./sync/rotation.ts";
import { measureSignIn } from "./sync/sign-in.ts";
import { measureVerification } from "./sync/verification.ts";
import { openWorld, type World } from "./sync/world.ts";
import { formatRatio, formatSpread, formatTable } from "./table.ts";

/**
 * What a group costs: a real server as a process of its own, over HTTP on this computer, and the extension itself in a
 * real browser. Each figure beside what it can't do without, in the same run, measured in turn.
 */
export async function benchSync(): Promise<BenchReport> {
  const device = await buildDevice();
  try {
    const sqlite = await inWorld("sqlite", device, measureAll);
    // What the other database has a part in.
    const measureIts = async (world: World) => ({ append: await measureAppend(world) });
    return report(sqlite, await inWorld("postgres", device, measureIts));
  } finally {
    await device.remove();
  }
}

type Measured = Awaited<ReturnType<typeof measureAll>>;

function report(sqlite: Measured, postgres: Pick<Measured, "append">): BenchReport {
  const { append, pull, firstSync, verification, rotation, signIn, memory } = sqlite;
  const tables = [
    appendTable("SQLite", append),
    appendTable("PostgreSQL", postgres.append),
    formatTable(
      "One record of two groups has changed: bringing a device in step",
      [
        "records",
        "median (quartiles)",
        "nothing new",
        "the pull by itself",
        "an empty call",
        "of it",
        "a bare write",
        "in step, of the call",
        "of both",
      ],
      pull.map(({ records, one, none, news, empty, write }) => [
        String(records),
        ...[one, none, news, empty].map(formatSpread),
        formatRatio(news.median, empty.median),
        formatSpread(write),
        formatRatio(one.median, empty.median),
        formatRatio(one.median, empty.median + write.median),
      ]),
    ),
    formatTable(
      "A new device gets a group",
      ["records", "median (quartiles)", "asking for it alone", "ratio", "said how far"],
      firstSync.map(({ records, synced, bare, said }) => [
        String(records),
        ...besides(synced, bare),
        `${said} times`,
      ]),
    ),
    formatTable(
      "Beside the least that it takes",
      ["", "median (quartiles)", "the least", "ratio"],
      [
        ["verifying 1,000 links", ...besides(verification.verified, verification.bare)],
        ["a new key for 50 people and 1,000 records", ...besides(rotation.rotated, rotation.bare)],
        ["signing in", ...besides(signIn.signedIn, signIn.bare)],
      ],
    ),
    formatTable(
      "Memory of the server's process",
      ["", "resident"],
      [
        ["a Node that does nothing", formatMegabytes(memory.empty)],
        ["the server, idle", formatMegabytes(memory.idle)],
        [`with ${memory.subscribers} who watch`, formatMegabytes(memory.watched)],
      ],
    ),
  ];
  return { text: [...tables, `\n${loadLine()}`].join("\n"), numbers: { sqlite, postgres } };
}

async function measureAll(world: World) {
  return {
    // Before anything else has been asked of the server.
    memory: await measureMemory(world),
    append: await measureAppend(world),
    verification: await measureVerification(world),
    pull: await measurePull(world),
    firstSync: await measureFirstSync(world),
    rotation: await measureRotation(world),
    signIn: await measureSignIn(world),
  };
}

async function inWorld<T>(
  kind: World["kind"],
  device: DeviceBuild,
  measure: (world: World) => Promise<T>,
): Promise<T> {
  const world = await openWorld(kind, device);
  return measure(world).finally(() => world.close());
}

function appendTable(kind: string, { spreads, floor }: Awaited<ReturnType<typeof measureAppend>>): string {
  const rows = [
    ["an empty call, signed in", spreads.empty],
    ["a bare transaction of the same rows", spreads.transaction],
    ["a bare verification", spreads.verification],
    ["appending, of 50 records", spreads[50]],
    ["appending, of 5,000 records", spreads[5_000]],
  ] as const;
  return formatTable(
    `Appending a link over HTTP, on ${kind}`,
    ["", "median (quartiles)", "of the first three", "of 50"],
    rows.map(([what, spread]) => [
      what,
      formatSpread(spread),
      formatRatio(spread.median, floor),
      what.startsWith("appending") ? formatRatio(spread.median, spreads[50].median) : "",
    ]),
  );
}

function besides(spread: Spread, least: Spread): string[] {
  return [formatSpread(spread), formatSpread(least), formatRatio(spread.median, least.median)];
}

function formatMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
