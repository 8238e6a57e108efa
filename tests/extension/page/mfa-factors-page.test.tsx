import { afterEach, expect, test } from "vitest";
import { ActivityLines } from "../../../extension/entrypoints/page/factors/activity-lines.tsx";
import { ChooseKind } from "../../../extension/entrypoints/page/factors/choose-kind.tsx";
import { FactorList } from "../../../extension/entrypoints/page/factors/factor-list.tsx";
import { FactorNews } from "../../../extension/entrypoints/page/factors/factor-news.tsx";
import { FactorOffer, isToBeOffered } from "../../../extension/entrypoints/page/factors/factor-offer.tsx";
import type { GroupView } from "../../../extension/groups/group-view.ts";
import type { KnownServer } from "../../../extension/servers/connection.ts";
import type { KnownFactors } from "../../../extension/servers/read-factors.ts";
import type { ServerSecrets } from "../../../extension/servers/stored-server.ts";
import { newFactorName } from "../../../extension/ui/factor-list-text.ts";
import { addMessages, formatDate, formatSpan, t } from "../../../extension/ui/i18n.ts";
import { TEAM_MESSAGES } from "../../../extension/ui/messages/teams.ts";
import type { FactorActivity, ListedFactor } from "../../../shared/mfa/answers.ts";
import {
  button,
  clear,
  DAY,
  draw,
  factor,
  HOST,
  known,
  LEVEL,
  lines,
  MODULES,
  module,
  NOW,
  press,
  propsOf,
  STORED,
  text,
} from "./drawn-factors.ts";

addMessages(TEAM_MESSAGES);

afterEach(clear);

test("each factor says what it is, what it is good for, since when, and when it was used last", async () => {
  await draw(
    <FactorList
      {...propsOf(
        known([
          factor("phone", { usedAt: NOW }),
          factor("mail", { module: "email", strength: "weak" }),
          factor("old mail", { module: "email", strength: "weak", countsForSignIn: false }),
          factor("chat", { module: "provider-chat", strength: null }),
          factor("begun", { status: "unverified" }),
          factor("paper", { module: "recovery", isSpare: true }),
        ]),
      )}
    />,
  );
  const [phone, mail, oldMail, chat, begun, paper] = lines();
  for (const said of ["phone", "Kind totp", t("factors.is.strong"), t("factors.recommended")])
    expect(phone).toContain(said);
  expect(phone).toContain(t("factors.used", { date: formatDate(NOW) }));
  for (const said of [t("factors.weak.email"), t("factors.is.weak-good-for"), t("factors.never-used")])
    expect(mail).toContain(said);
  expect(mail).toContain(t("factors.since", { date: formatDate(NOW - 3 * DAY) }));
  expect(oldMail).toContain(t("factors.is.weak-uncounted", { host: HOST }));
  expect(chat).toContain(t("factors.is.off", { host: HOST }));
  expect(chat).toContain(t("factors.kind-other", { id: "provider-chat" }));
  expect(begun).toContain(t("factors.is.unverified", { date: formatDate(NOW - 3 * DAY) }));
  expect(begun).toContain(t("factors.unfinished.totp"));
  for (const name of ["finish-named", "again-named", "drop-named"] as const)
    expect(button(t(`factors.${name}`, { kind: "Kind totp" }))).toBeDefined();
  // Whoever has begun one goes on there.
  expect(document.querySelector(".button.primary")?.textContent).toBe(t("factors.finish"));
  expect(button(t("factors.rename-named", { name: "begun" }))).toBeUndefined();
  expect(button(t("factors.remove-named", { name: "begun" }))).toBeUndefined();
  expect(paper).toContain(t("factors.is.spare"));
});

test("before the last one is removed it is said that the passphrase alone lets in, and that codes go along", async () => {
  const paper = factor("paper", { module: "recovery", isSpare: true });
  await draw(<FactorList {...propsOf(known([factor("phone"), paper]))} />);
  const name = t("factors.remove-named", { name: "phone" });
  await press(name);
  expect(text()).toContain(t("factors.remove-last", { host: HOST }));
  expect(text()).toContain(t("factors.remove-spare"));
  // Whoever has opened it goes on where they were.
  expect(document.activeElement?.textContent).toBe(t("action.cancel"));
  await press(t("action.cancel"));
  expect(document.activeElement).toBe(button(name));
  await draw(<FactorList {...propsOf(known([factor("phone"), factor("tablet"), paper]))} />);
  await press(name);
  expect(text()).toContain(t("factors.remove-what", { name: "phone" }));
  expect(text()).not.toContain(t("factors.remove-last", { host: HOST }));
});

test("where weak ones don't count, none is offered, and the last one that does is known for the last", async () => {
  const mail = factor("mail", { module: "email", strength: "weak", countsForSignIn: false });
  const of = known([factor("phone"), mail]);
  const modules = MODULES.map((each) => ({ ...each, countsForSignIn: each.strength === "strong" }));
  await draw(<ChooseKind {...propsOf({ ...of, modules })} hasPasskeys onChoose={() => {}} />);
  expect(button(t("factors.set-up.named", { kind: "Kind email" }))).toBeUndefined();
  expect(text()).toContain(t("factors.is.weak-uncounted", { host: HOST }));
  await draw(<FactorList {...propsOf(of)} />);
  await press(t("factors.remove-named", { name: "phone" }));
  expect(text()).toContain(t("factors.remove-last", { host: HOST }));
});

test("where the server wants one the last one can't be removed, and why not is said", async () => {
  const others = [
    factor("begun", { status: "unverified", countsForSignIn: false }),
    factor("paper", { isSpare: true }),
  ];
  await draw(<FactorList {...propsOf(known([factor("phone"), ...others], NOW + DAY))} />);
  await press(t("factors.remove-named", { name: "phone" }));
  expect(text()).toContain(t("factors.remove-wanted", { host: HOST }));
  expect(document.querySelector(".button.danger")).toBeNull();
  await press(t("action.close"));
  // Spare ones may go, and what was never proven.
  await press(t("factors.remove-named", { name: "paper" }));
  expect(document.querySelector(".button.danger")).not.toBeNull();
});

test("kinds come in the server's sequence, the recommended one first to the eye; some are not for now", async () => {
  const choices: string[] = [];
  const choose = (of: KnownFactors, hasPasskeys: boolean) =>
    draw(
      <ChooseKind {...propsOf(of)} hasPasskeys={hasPasskeys} onChoose={({ id }) => void choices.push(id)} />,
    );
  await choose(known([]), true);
  expect([...document.querySelectorAll("li strong")].map((each) => each.textContent)).toEqual([
    ...["Kind webauthn", "Kind totp", "Kind email", "Kind recovery"],
  ]);
  expect(document.querySelector(".button.primary")?.getAttribute("data-sets-up")).toBe("totp");
  expect(lines()[2]).toContain(t("factors.weak.email"));
  expect(lines()[3]).toContain(t("factors.set-up.needs-other"));
  expect(document.querySelector("[data-sets-up=recovery]")).toBeNull();
  await choose(known([factor("begun", { status: "unverified" })]), true);
  expect(document.querySelector(".button.primary")).toBeNull();
  await press(t("factors.set-up.named", { kind: "Kind totp" }));
  expect(choices).toEqual(["totp"]);
  await choose(known([factor("phone"), factor("paper", { module: "recovery", isSpare: true })]), false);
  expect(lines()[0]).toContain(t("factors.no-passkeys"));
  expect(document.querySelector("[data-sets-up=webauthn]")).toBeNull();
  expect(button(`Kind recovery: ${t("factors.set-up.fresh")}`)).toBeDefined();
});

test("a new factor is called by its kind, and counted where that name is taken", () => {
  const totp = module("totp");
  expect(newFactorName(totp, [])).toBe("Kind totp");
  expect(newFactorName(totp, [factor("Kind totp"), factor("Kind totp 2")])).toBe("Kind totp 3");
  // A fresh set is called as the one that it takes the place of.
  const recovery = module("recovery", { isSpare: true });
  const set = (name: string, status: ListedFactor["status"]) => factor(name, { module: "recovery", status });
  expect(newFactorName(recovery, [set("in the safe", "verified")])).toBe("in the safe");
  expect(newFactorName(recovery, [set("Kind recovery", "unverified")])).toBe("Kind recovery");
});

test("an offer says until when, can be put off, and comes back before the server wants one", async () => {
  const stored = (isFactorPutOff: boolean): KnownServer => ({
    ...STORED,
    secrets: { isFactorPutOff } as ServerSecrets,
  });
  const offered = (dueAt: number | null, isPutOff: boolean) =>
    isToBeOffered(stored(isPutOff), known([], dueAt), NOW);
  expect(offered(null, false)).toBe(true);
  expect(offered(null, true)).toBe(false);
  expect(offered(NOW + 7 * DAY, true)).toBe(false);
  expect(offered(NOW + DAY, true)).toBe(true);
  expect(isToBeOffered(stored(false), { ...known([]), modules: [] }, NOW)).toBe(false);
  const show = (dueAt: number | null) =>
    draw(
      <FactorOffer stored={stored(false)} known={known([], dueAt)} host={HOST} address="#/factors?of=s" />,
    );
  await show(null);
  expect(button(t("factors.offer.skip"))).toBeDefined();
  await show(NOW + 7 * DAY);
  expect(text()).toContain(
    t("factors.offer.until", { host: HOST, date: formatDate(NOW + 7 * DAY), span: formatSpan(7 * DAY) }),
  );
  expect(button(t("factors.offer.skip"))).toBeDefined();
  await show(NOW - 1);
  expect(text()).toContain(t("factors.offer.now", { host: HOST }));
  expect(document.querySelector(".notice.warn")).not.toBeNull();
  expect(button(t("factors.offer.skip"))).toBeUndefined();
});

test("of guesses it is said once what to do, and as a warning; of the rest below them all", async () => {
  const line = (what: string): FactorActivity => ({
    ...{ id: what, at: NOW, userId: "alice", byUser: null, what, module: null, name: null },
  });
  let reset: KnownFactors["level"]["reset"] = null;
  const show = (...news: string[]) => {
    const of = { ...known([]), activity: news.map(line), level: { ...LEVEL, reset } };
    return draw(<FactorNews stored={STORED} known={of} host={HOST} />);
  };
  await show("guessed");
  expect(text()).toContain(t("factors.did.guessed"));
  expect(text()).not.toContain(t("factors.lately.not-you"));
  expect(document.querySelector(".notice.warn")).not.toBeNull();
  await show("added", "guessed");
  expect(text()).toContain(t("factors.lately.not-you"));
  await show("added");
  expect(document.querySelector(".notice.warn")).toBeNull();
  // A removal that can still be stopped is said by its own notice, and only there.
  await show("reset-asked");
  expect(document.querySelector(".notice")).not.toBeNull();
  reset = { askedAt: NOW, dueAt: NOW + 3 * DAY };
  await show("reset-asked");
  expect(document.querySelector(".notice")).toBeNull();
});

test("what was done is said of oneself and of others, with names from groups, and of nobody more than is known", async () => {
  const done = (what: string, patch: Partial<FactorActivity> = {}): FactorActivity => ({
    ...{ id: `${what}${JSON.stringify(patch)}`, at: NOW, userId: "alice", byUser: "alice", what },
    ...{ module: null, name: null },
    ...patch,
  });
  const people = [{ id: "bob", email: "bob@example.com" }];
  await draw(
    <ActivityLines
      activity={[
        done("added", { module: "totp", name: "my phone" }),
        done("removed", { module: "totp", name: "Kind totp" }),
        done("renamed", { module: "totp", name: null }),
        done("guessed", { byUser: null }),
        done("reset-by-administrator", { byUser: "bob" }),
        done("reset-by-administrator", { byUser: null }),
        done("reset-asked", { userId: "bob", byUser: "bob" }),
        done("reset-by-administrator", { userId: "eve", byUser: "alice" }),
        done("added", { userId: "eve", module: "totp", name: "<b>x</b>" }),
        done("moved-to-the-moon"),
      ]}
      modules={MODULES}
      userId="alice"
      groups={[{ people } as unknown as GroupView]}
    />,
  );
  const said = [...document.querySelectorAll("li")].map((line) => line.firstChild?.textContent);
  const [bob, eve] = ["bob@example.com", t("factors.somebody")];
  expect(said).toEqual([
    t("factors.did.added", { what: t("factors.did.named", { name: "my phone", kind: "Kind totp" }) }),
    t("factors.did.removed", { what: "Kind totp" }),
    t("factors.did.renamed", { what: "Kind totp" }),
    t("factors.did.guessed"),
    t("factors.did.reset-by-administrator", { by: bob }),
    t("factors.did.reset-by-administrator", { by: t("factors.by.server") }),
    t("factors.saw.reset-asked", { who: bob }),
    t("factors.saw.reset-by-administrator", { by: t("factors.you"), who: eve }),
    t("factors.did.unknown"),
    t("factors.did.unknown"),
  ]);
});
