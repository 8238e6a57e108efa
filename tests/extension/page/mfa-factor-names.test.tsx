import { act } from "preact/test-utils";
import { afterEach, expect, test } from "vitest";
import { FactorList } from "../../../extension/entrypoints/page/factors/factor-list.tsx";
import { factorNames, newFactorName } from "../../../extension/ui/factor-list-text.ts";
import { addMessages, setLanguage, t } from "../../../extension/ui/i18n.ts";
import { TEAM_MESSAGES } from "../../../extension/ui/messages/teams.ts";
import type { ListedFactor } from "../../../shared/mfa/answers.ts";
import {
  button,
  clear,
  draw,
  factor,
  HOST,
  known,
  lines,
  MODULES,
  module,
  press,
  propsOf,
  text,
} from "./drawn-factors.ts";

addMessages(TEAM_MESSAGES);

afterEach(clear);

test("what nobody has named is called by its kind, in the language of whoever reads it, and counted in sequence", async () => {
  const unnamed = (id: string, madeAt: number, patch: Partial<ListedFactor> = {}) =>
    factor(id, { name: null, madeAt, ...patch });
  const factors = [
    unnamed("begun", 1, { status: "unverified" }),
    unnamed("second", 3),
    unnamed("first", 2),
    factor("my phone"),
    unnamed("mail", 4, { module: "email", strength: "weak" }),
    // As somebody may call one, and earlier versions called those that nobody had named.
    factor("Kind email 2", { module: "email" }),
    unnamed("more mail", 5, { module: "email" }),
    unnamed("gone", 6, { module: "chat" }),
  ];
  expect(Object.fromEntries(factorNames(factors, MODULES))).toEqual({
    ...{ first: "Kind totp", second: "Kind totp 2", begun: "Kind totp 3", "my phone": "my phone" },
    ...{ mail: "Kind email", "Kind email 2": "Kind email 2", "more mail": "Kind email 3" },
    gone: t("factors.kind-other", { id: "chat" }),
  });
  expect(newFactorName(module("totp"), factors)).toBe("Kind totp 3");
  const names = () => [...document.querySelectorAll("li strong")].map(({ textContent }) => textContent);
  await draw(<FactorList {...propsOf(known(factors.slice(1, 4)))} />);
  expect(names()).toEqual(["Kind totp 2", "Kind totp", "my phone"]);
  // A name that is the kind's says it once.
  expect(lines()[1]?.split("Kind totp")).toHaveLength(2);
  setLanguage("zh-CN");
  try {
    await draw(<FactorList {...propsOf(known(factors.slice(1, 4)))} />);
    expect(names()).toEqual(["totp 2", "totp", "my phone"]);
  } finally {
    setLanguage("en");
  }
});

test("whoever renames what has no name begins with none, and can take a name back", async () => {
  await draw(<FactorList {...propsOf(known([factor("phone", { name: null }), factor("tablet")]))} />);
  await press(t("factors.rename-named", { name: "Kind totp" }));
  const field = () => document.querySelector<HTMLInputElement>("form input");
  const isOff = () => button(t("factors.rename-action"))?.disabled;
  expect([field()?.value, isOff()]).toEqual(["", true]);
  await press(t("action.cancel"));
  await press(t("factors.rename-named", { name: "tablet" }));
  expect([field()?.value, isOff()]).toEqual(["tablet", true]);
  await act(() => {
    const input = field();
    if (input === null) throw Error("there is no field");
    input.value = "";
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  expect(isOff()).toBe(false);
});

test("of a factor that another system has, it is said that it comes back as long as one is bound there", async () => {
  const company = factor("company", { module: "provider-company" });
  await draw(<FactorList {...propsOf(known([factor("phone"), company]))} />);
  await press(t("factors.remove-named", { name: "company" }));
  expect(text()).toContain(t("factors.remove-outside", { host: HOST }));
  await press(t("action.cancel"));
  await press(t("factors.remove-named", { name: "phone" }));
  expect(text()).not.toContain(t("factors.remove-outside", { host: HOST }));
});
