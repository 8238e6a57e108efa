import { afterEach, expect, test } from "vitest";
import { choicesOf } from "../../../extension/entrypoints/page/factor-step/choose-factor.ts";
import { FactorList } from "../../../extension/entrypoints/page/factors/factor-list.tsx";
import type { KnownFactors } from "../../../extension/servers/read-factors.ts";
import { kindText } from "../../../extension/ui/factor-list-text.ts";
import { addMessages, t } from "../../../extension/ui/i18n.ts";
import { TEAM_MESSAGES } from "../../../extension/ui/messages/teams.ts";
import type { ListedFactor } from "../../../shared/mfa/answers.ts";
import {
  clear,
  draw as drawNode,
  factor,
  HOST,
  known,
  module,
  press,
  propsOf,
  text,
} from "./drawn-factors.ts";

/** Factors whose kind the server has switched off: they are listed, and no way in. */
addMessages(TEAM_MESSAGES);

const OFF = factor("phone", { strength: null, countsForSignIn: false });
const PAPER = factor("paper", { module: "recovery", isSpare: true });
const MODULES = [module("webauthn"), module("recovery", { isSpare: true })];

const draw = (factors: ListedFactor[], level: Partial<KnownFactors["level"]> = {}) => {
  const of = known(factors);
  return drawNode(<FactorList {...propsOf({ ...of, modules: MODULES, level: { ...of.level, ...level } })} />);
};
afterEach(clear);

test("none that counts: the passphrase alone lets in, or the server wants one", async () => {
  await draw([OFF, PAPER]);
  expect(text()).toContain(t("factors.why-none-counts"));
  // By the name that it has here, as the server says none any more.
  expect(text()).toContain(t("factors.kind.totp"));
  await draw([OFF], { lacks: "factor-missing" });
  expect(text()).toContain(t("factors.none-counts-wanted", { host: HOST }));
  await draw([OFF, factor("key", { module: "webauthn" })]);
  expect(text()).not.toContain(t("factors.why-none-counts"));
});

test("it goes although one is wanted, and the one that counts beside it is the last one", async () => {
  await draw([OFF, PAPER], { dueAt: 1 });
  await press(t("factors.remove-named", { name: "phone" }));
  expect(text()).toContain(t("factors.remove-off", { host: HOST }));
  expect(text()).not.toContain(t("factors.remove-last", { host: HOST }));
  expect(document.querySelector(".button.danger")).not.toBeNull();
  await press(t("action.cancel"));
  await draw([OFF, factor("key", { module: "webauthn" })]);
  await press(t("factors.remove-named", { name: "key" }));
  expect(text()).toContain(t("factors.remove-last", { host: HOST }));
});

test("a step offers neither it nor recovery codes that stand for it", () => {
  const wish = { isForChange: false, hasPasskeys: true, recommended: null };
  expect(choicesOf([OFF, PAPER], MODULES, wish)).toEqual([]);
  const key = factor("key", { module: "webauthn" });
  expect(choicesOf([OFF, PAPER, key], MODULES, wish).map(({ factor: { id } }) => id)).toEqual([
    "key",
    "paper",
  ]);
});

test("a kind that the server has no name for any more has ours, and one that we don't know its id", () => {
  for (const id of ["totp", "recovery", "webauthn", "email", "sms"] as const)
    expect(kindText([], id)).toBe(t(`factors.kind.${id}`));
  expect(kindText([], "provider-chat")).toBe(t("factors.kind-other", { id: "provider-chat" }));
  expect(kindText([], "constructor")).toBe(t("factors.kind-other", { id: "constructor" }));
});
