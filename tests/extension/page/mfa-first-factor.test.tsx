import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, test } from "vitest";
import type { StepFacts } from "../../../extension/entrypoints/page/factor-step/factor-step.tsx";
import { FirstFactor } from "../../../extension/entrypoints/page/factor-step/first-factor.tsx";
import type { FactorSession } from "../../../extension/servers/factor-session.ts";
import { addMessages, t } from "../../../extension/ui/i18n.ts";
import { TEAM_MESSAGES } from "../../../extension/ui/messages/teams.ts";
import type { OfferedModule } from "../../../shared/mfa/answers.ts";
import { browser } from "../../support/fake-extension-api.ts";

addMessages(TEAM_MESSAGES);
afterEach(() => {
  Reflect.deleteProperty(browser.runtime, "getBrowserInfo");
  return act(() => render(null, document.body));
});

const moduleOf = (id: string, kind: "code" | "credential"): OfferedModule => ({
  ...{
    id,
    names: { en: id, "zh-CN": id },
    strength: "strong",
    isSpare: false,
    countsForSignIn: true,
    setUpForm: [],
  },
  proofForm: [{ name: kind, kind, label: { en: id, "zh-CN": id }, hint: null, longest: 20 }],
});

function show() {
  const session = { origin: "https://codes.example.com", email: "alice@example.com" } as FactorSession;
  const facts = {
    ...{ factors: [], recommended: null },
    modules: [moduleOf("webauthn", "credential"), moduleOf("totp", "code")],
  } as unknown as StepFacts;
  const nothing = () => {};
  return act(() =>
    render(
      <FirstFactor session={session} facts={facts} onSetUp={nothing} onCancel={nothing} />,
      document.body,
    ),
  );
}
const kinds = () => [...document.querySelectorAll("li strong")].map(({ textContent }) => textContent);

test("who has to set one up in Firefox is offered no passkey, and told why", async () => {
  Object.assign(browser.runtime, { getBrowserInfo: async () => ({ name: "Firefox" }) });
  await show();
  expect(kinds()).toEqual(["totp"]);
  expect(document.body.textContent).toContain(t("factors.passkey.firefox"));
});

test("where the browser takes passkeys they are offered, and nothing is said of other browsers", async () => {
  await show();
  expect(kinds()).toEqual(["webauthn", "totp"]);
  expect(document.body.textContent).not.toContain(t("factors.passkey.firefox"));
});
