import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldLink, namesIn } from "../../../shared/group/fold.ts";
import { readLink } from "../../../shared/group/link.ts";
import { ROLES } from "../../../shared/group/permissions.ts";
import { applyChanges, type Known, NOTHING_KNOWN } from "../../../shared/group/state.ts";
import {
  accepted,
  anyHash,
  append,
  type Log,
  newLog,
  newPerson,
  nextLink,
  type Person,
  rotation,
} from "./people.ts";

/** Histories drawn at random: most of what is tried is refused, what is accepted makes a log that everybody reads alike. */
const step = fc.record({
  what: fc.constantFrom("add", "role", "remove", "leave", "rotate", "records", "close" as const),
  who: fc.nat(4),
  whom: fc.nat(4),
  role: fc.constantFrom(...ROLES),
  pick: fc.nat(20),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function attempt(
  log: Log,
  people: readonly Person[],
  { what, who, whom, role, pick }: Step,
): Promise<Log> {
  const [by, target] = [people[who], people[whom]];
  if (!by || !target) throw Error("nobody");
  const { core, heads } = log.known;
  if (what === "add") {
    return append(log, await nextLink(log, by, "add", await accepted(log, target, role)));
  }
  if (what === "role") return append(log, await nextLink(log, by, "role", { target: target.id, role }));
  if (what === "leave" || what === "close") return append(log, await nextLink(log, by, what, {}));
  if (what === "records") {
    const before = [...heads.values()][pick];
    const head = before
      ? { id: before.id, ver: before.ver + 1, h: pick % 3 === 0 ? null : anyHash() }
      : { id: crypto.randomUUID(), ver: 1, h: anyHash() };
    return append(log, await nextLink(log, by, "records", { epoch: core?.epoch ?? 1, heads: [head] }));
  }
  const { saying, list } = await rotation(log);
  const link =
    what === "rotate"
      ? await nextLink(log, by, "rotate", saying)
      : await nextLink(log, by, "remove", { ...saying, target: target.id });
  return append(log, link, list);
}

/** The rows a link names and no others, as the server reads them. */
function onlyNamed(known: Known, names: ReturnType<typeof namesIn>): Known {
  const pick = <T>(rows: ReadonlyMap<string, T>, ids: readonly string[]) =>
    new Map([...rows].filter(([id]) => ids.includes(id)));
  return {
    core: known.core,
    members: pick(known.members, names.members),
    heads: names.records === "all" ? known.heads : pick(known.heads, names.records),
  };
}

describe("any history", () => {
  it("folds to the same from its links alone, and from no more rows than each link names", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
        const people = await Promise.all(Array.from({ length: 5 }, newPerson));
        const [owner] = people;
        if (!owner) throw Error("nobody");
        let log = await newLog(owner);
        // Somebody to act on from the start: else most histories are those of one person.
        for (const [at, person] of people.slice(1).entries()) {
          const role = ROLES[at] ?? "viewer";
          log = await append(log, await nextLink(log, owner, "add", await accepted(log, person, role)));
        }
        for (const each of steps) log = await attempt(log, people, each).catch(() => log);

        let known = NOTHING_KNOWN;
        for (const [at, link] of log.links.entries()) {
          const read = await readLink(link);
          if (!read.ok) throw Error(read.error);
          const named = onlyNamed(known, namesIn(read.value.action));
          const changes = await foldLink(named, read.value, { rotation: log.lists[at] ?? null });
          if (!changes.ok) throw Error(changes.error);
          known = applyChanges(known, changes.value);
        }
        expect(known).toEqual(log.known);
        const { core, members, heads } = known;
        expect(core?.members).toBe(members.size);
        expect(core?.owners).toBe([...members.values()].filter(({ role }) => role === "owner").length);
        expect(core?.owners).toBeGreaterThan(0);
        const live = [...heads.values()].filter(({ h }) => h !== null);
        expect(core?.records).toBe(live.length);
        for (const head of live) expect(head.epoch).toBe(core?.epoch);
      }),
      { numRuns: 25 },
    );
  });
});
