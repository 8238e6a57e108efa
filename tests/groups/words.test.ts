import { beforeAll, describe, expect, test, vi } from "vitest";
import { byRisk, knownSince } from "../../extension/entrypoints/page/groups/reenrol-order.ts";
import type { GroupView } from "../../extension/groups/group-view.ts";
import { asTrouble, type GroupTrouble, isCheat } from "../../extension/groups/trouble.ts";
import { groupMessages } from "./group-messages.ts";

const TROUBLES = [
  ...[
    "rollback",
    "fork",
    "log",
    "promise",
    "group-key",
    "record",
    "withheld",
    "stopped",
    "key-stopped",
    "restored",
    "newer-version",
    "no-access",
  ],
  ...["no-key", "busy", "too-many", "refused", "offline", "unreachable", "timeout", "too-large"],
  ...["not-a-server", "another-server", "server-too-old", "server-too-new", "signed-out", "sign-in-again"],
  ...["too-often", "failed"],
].map(asTrouble);

const HOST = "codes.example.com";
const GROUP: GroupView = {
  ...{
    g: "g",
    serverId: "s",
    name: "Cloud",
    isPersonal: false,
    state: "in",
    inviter: "",
    role: "owner",
    people: [],
    entries: 1,
  },
  ...{ rotationDue: false, safety: [], syncedAt: 0, trouble: null, restored: null },
};

beforeAll(() => vi.stubGlobal("document", { documentElement: { lang: "" } }));

describe.each([
  ["en", "nothing was taken over"],
  ["zh-CN", "没有采用任何内容"],
] as const)("in %s", (language, nothingTaken) => {
  let words: ReturnType<typeof groupMessages>;
  beforeAll(() => {
    words = groupMessages(language);
  });

  test("each trouble has a sentence of its own", () => {
    const sentences = TROUBLES.map((trouble) => words.groupTroubleText(trouble, HOST));
    expect(new Set(sentences).size).toBe(TROUBLES.length);
  });

  test("of what a server can't rightly show it is said that nothing was taken over, and of nothing else", () => {
    for (const trouble of TROUBLES)
      expect(words.groupTroubleText(trouble, HOST).includes(nothingTaken), trouble).toBe(isCheat(trouble));
  });

  test("a group that can't be brought in step says how much waits, and why", () => {
    const said = words.groupStateText({ ...GROUP, trouble: "offline" satisfies GroupTrouble }, 3, HOST);
    expect(said).toContain("3");
    expect(said).toContain(words.groupTroubleText("offline", HOST));
  });
});

test("what is still to be done comes first, and of that what could be read the longest", () => {
  const list = { joinedAt: 100 };
  const entry = (id: string, secretSetAt: number, isDone: boolean) => ({ id, secretSetAt, isDone });
  const old = entry("old", 10, false);
  const later = entry("later", 200, false);
  const done = entry("done", 0, true);
  expect([done, later, old].toSorted(byRisk(list)).map(({ id }) => id)).toEqual(["old", "later", "done"]);
  // Nobody could read it before they came.
  expect(knownSince(list, old)).toBe(100);
  expect(knownSince(list, later)).toBe(200);
});
