import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { GroupState } from "../../../extension/entrypoints/page/groups/group-state.tsx";
import { NewKey } from "../../../extension/entrypoints/page/groups/new-key.tsx";
import { RemovePerson } from "../../../extension/entrypoints/page/groups/remove-person.tsx";
import { useNewKeyShown } from "../../../extension/entrypoints/page/groups/use-new-key-shown.ts";
import type { GroupServer } from "../../../extension/entrypoints/page/groups/use-server.ts";
import type { ActRefusal } from "../../../extension/groups/act.ts";
import type { GroupView, PersonView } from "../../../extension/groups/group-view.ts";
import { removeMember } from "../../../extension/groups/members.ts";
import { rotateIfDue } from "../../../extension/groups/rotate.ts";
import {
  allowNewKey,
  isNewKeyStopped,
  saySyncProgress,
  stopNewKey,
} from "../../../extension/groups/sync-progress.ts";
import { addMessages, t } from "../../../extension/ui/i18n.ts";
import { TEAM_MESSAGES } from "../../../extension/ui/messages/teams.ts";
import { err, ok, type Result } from "../../../shared/result.ts";

vi.mock("../../../extension/groups/rotate.ts", { spy: true });
vi.mock("../../../extension/groups/members.ts", { spy: true });

const BOB: PersonView = {
  id: "bob",
  email: "bob@example.com",
  role: "viewer",
  isMe: false,
  words: [],
  hasNewKeys: false,
};
const CLOUD: GroupView = {
  ...{ g: "g", serverId: "s", name: "Cloud", isPersonal: false, state: "in", inviter: "", role: "owner" },
  ...{ people: [], entries: 400, rotationDue: true, safety: [], syncedAt: 0, trouble: null, restored: null },
};
const SERVER: GroupServer = {
  ...{ id: "s", origin: "https://codes.example.com", host: "codes.example.com", email: "alice@example.com" },
  ...{ isSignedIn: true, counting: "vault", invitation: null },
};

addMessages(TEAM_MESSAGES);

let end: (outcome: Result<void, ActRefusal>) => void;
const said: string[] = [];

beforeEach(() => {
  said.length = 0;
  const underWay = () =>
    new Promise<Result<void, ActRefusal>>((resolve) => {
      end = resolve;
    });
  vi.mocked(rotateIfDue).mockImplementation(underWay);
  vi.mocked(removeMember).mockImplementation(underWay);
});
afterEach(async () => {
  saySyncProgress("g", null);
  allowNewKey("g");
  await act(() => render(null, document.body));
  vi.restoreAllMocks();
});

/** A group's page as far as it is about new keys, after what the person has opened there. */
function Page({ isRemoving, isDue }: { isRemoving: boolean; isDue: boolean }) {
  const newKeyShown = useNewKeyShown();
  const say = ({ sentence }: { sentence: string }) => void said.push(sentence);
  const common = { group: CLOUD, server: SERVER, say, newKeyShown };
  return (
    <>
      <GroupState
        group={CLOUD}
        waiting={0}
        host={SERVER.host}
        saysNewKey={!isDue && !newKeyShown.isElsewhere}
      />
      {isDue && <NewKey {...common} />}
      {isRemoving && <RemovePerson {...common} person={BOB} name={BOB.email} onClose={() => {}} />}
    </>
  );
}

const show = (isRemoving: boolean, isDue: boolean) =>
  act(() => render(<Page isRemoving={isRemoving} isDue={isDue} />, document.body));
const buttons = () => [...document.querySelectorAll("button")].map((button) => button.textContent);
const press = (name: string) =>
  act(() => [...document.querySelectorAll("button")].find((each) => each.textContent === name)?.click());
const progress = (done: number) => act(() => saySyncProgress("g", { what: "sending", done, total: 400 }));
const ends = (outcome: Result<void, ActRefusal>) =>
  act(async () => {
    saySyncProgress("g", null);
    end(outcome);
    await new Promise((resolve) => setTimeout(resolve));
  });
/** All that a page says of it: name and value of each bar. */
const bars = () =>
  [...document.querySelectorAll("progress")].map((bar) => `${bar.ariaLabel} ${bar.value}/${bar.max}`);
const bar = (done: number) => `${t("groups.progress.sending", { done, total: 400 })} ${done}/400`;

test("a key that is due says how far it is, can be stopped, then says that nothing has changed, and goes on", async () => {
  await show(false, true);
  await press(t("groups.key-make"));
  expect(buttons()).toEqual([t("groups.working")]);
  await progress(100);
  expect(bars()).toEqual([bar(100)]);
  expect(document.body.textContent).toContain(t("groups.progress.sending", { done: 100, total: 400 }));
  await progress(150);
  expect(bars()).toEqual([bar(150)]);
  await press(t("groups.progress.stop"));
  expect(isNewKeyStopped("g")).toBe(true);
  expect(document.querySelector("button")?.ariaDisabled).toBe("true");
  await ends(err("key-stopped"));
  expect(bars()).toEqual([]);
  expect(document.body.textContent).toContain(t("groups.trouble.key-stopped"));
  expect(document.querySelector("[role=alert]")).toBeNull();
  await press(t("groups.progress.go-on"));
  expect(rotateIfDue).toHaveBeenCalledTimes(2);
  await ends(ok(undefined));
  expect(said).toEqual([t("groups.key-made", { group: "Cloud" })]);
});

test("a removal says it where the person is asked about, and nowhere else; stopped, they are still in the group", async () => {
  for (const isDue of [false, true]) {
    await show(true, isDue);
    await press(t("groups.remove-sure", { name: BOB.email }));
    await progress(200);
    expect(bars()).toEqual([bar(200)]);
    expect(document.querySelector(".notice.danger progress")).not.toBeNull();
    // Whoever goes on with something else in the page sees it there.
    await show(false, isDue);
    expect(bars()).toEqual([bar(200)]);
    await ends(ok(undefined));
  }
  said.length = 0;
  await show(true, false);
  await press(t("groups.remove-sure", { name: BOB.email }));
  await progress(200);
  await press(t("groups.progress.stop"));
  expect(isNewKeyStopped("g")).toBe(true);
  await ends(err("key-stopped"));
  expect(document.querySelector("[role=alert]")?.textContent).toBe(
    t("groups.remove-stopped", { name: BOB.email, group: "Cloud" }),
  );
  expect(buttons()).toEqual([t("groups.remove-sure", { name: BOB.email }), t("action.cancel")]);
  expect(said).toEqual([]);
});

test("one that a sync makes, after new keys of one's own, is said where it is due, and stays stopped there", async () => {
  await show(false, true);
  await progress(50);
  expect(bars()).toEqual([bar(50)]);
  await act(() => stopNewKey("g"));
  await act(() => saySyncProgress("g", null));
  expect(buttons()).toEqual([t("groups.progress.go-on")]);
});
