import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, test } from "vitest";
import { choicesOf } from "../../../extension/entrypoints/page/factor-step/choose-factor.ts";
import { FactorList } from "../../../extension/entrypoints/page/factors/factor-list.tsx";
import type { KnownFactors } from "../../../extension/servers/read-factors.ts";
import { kindText } from "../../../extension/ui/factor-list-text.ts";
import { addMessages, t } from "../../../extension/ui/i18n.ts";
import { TEAM_MESSAGES } from "../../../extension/ui/messages/teams.ts";
import type { ListedFactor, OfferedModule } from "../../../shared/mfa/answers.ts";

/** Factors whose kind the server has switched off: they are listed, and no way in. */
addMessages(TEAM_MESSAGES);

const HOST = "codes.example.com";
const factor = (id: string, patch: Partial<ListedFactor> = {}): ListedFactor => ({
  ...{ id, module: "totp", name: id, status: "verified", strength: "strong", isSpare: false },
  ...{ countsForSignIn: true, madeAt: 1, usedAt: null },
  ...patch,
});
const OFF = factor("phone", { strength: null, countsForSignIn: false });
const PAPER = factor("paper", { module: "recovery", isSpare: true });
const MODULES: OfferedModule[] = ["webauthn", "recovery"].map((id) => ({
  ...{ id, names: { en: `Kind ${id}`, "zh-CN": id }, strength: "strong", isSpare: id === "recovery" },
  ...{ setUpForm: [], proofForm: [] },
}));

const draw = (factors: ListedFactor[], level: Partial<KnownFactors["level"]> = {}) =>
  act(() =>
    render(
      <FactorList
        known={{
          ...{ modules: MODULES, recommended: null, factors, activity: [] },
          level: {
            ...{ currentLevel: "aal1", nextLevel: "aal1", currentAuthenticationMethods: [], lacks: null },
            ...{ dueAt: null, reset: null, isAdministrator: false },
            ...level,
          },
        }}
        server={{
          ...{ id: "s", origin: `https://${HOST}`, host: HOST, email: "alice@example.com" },
          ...{ isSignedIn: true, counting: "vault", invitation: null },
        }}
        say={() => {}}
        onChanged={() => {}}
      />,
      document.body,
    ),
  );
afterEach(() => act(() => render(null, document.body)));
const text = () => document.body.textContent ?? "";
const press = (name: string) =>
  act(() =>
    [...document.querySelectorAll("button")]
      .find((each) => (each.ariaLabel ?? each.textContent) === name)
      ?.click(),
  );

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
