import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, test, vi } from "vitest";
import { AnswerFactor } from "../../../extension/entrypoints/page/factor-step/answer-factor.tsx";
import type { FactorSession } from "../../../extension/servers/factor-session.ts";
import { addMessages, t } from "../../../extension/ui/i18n.ts";
import { TEAM_MESSAGES } from "../../../extension/ui/messages/teams.ts";
import type { OfferedModule } from "../../../shared/mfa/answers.ts";

addMessages(TEAM_MESSAGES);

const HOST = "codes.example.com";
const words = { en: "Passkey", "zh-CN": "通行密钥" };
const module: OfferedModule = {
  ...({
    id: "webauthn",
    names: words,
    strength: "strong",
    isSpare: false,
    countsForSignIn: true,
    setUpForm: [],
  } as const),
  proofForm: [{ name: "credential", kind: "credential", label: words, hint: null, longest: 10_000 }],
};
const options = JSON.stringify({
  rp: { id: HOST, name: HOST },
  user: { id: "AAAA", name: "alice", displayName: "alice" },
  challenge: "AAAA",
  pubKeyCredParams: [{ type: "public-key", alg: -7 }],
});
const begun = {
  ...{ factorId: "factor", challengeId: "challenge", until: 0 },
  shown: [{ kind: "credential", for: "create", options }] as const,
};

afterEach(() => {
  render(null, document.body);
  vi.restoreAllMocks();
});

test("whoever goes away while the browser asks for a passkey is asked no longer, so that it can ask again", async () => {
  const signals: (AbortSignal | undefined)[] = [];
  const asked = Promise.withResolvers<void>();
  vi.spyOn(navigator.credentials, "create").mockImplementation((question) => {
    signals.push(question?.signal);
    asked.resolve();
    return new Promise(() => {});
  });
  // Nothing of the session but where it is gets used before the browser has answered.
  const session = { origin: `https://${HOST}`, email: "alice@example.com" } as FactorSession;
  const { fakeApi } = await import("../../support/fake-extension-api.ts");
  fakeApi.answer("permissions.contains", () => true);
  const drawn = { session, module, begun };
  await act(() =>
    render(
      <AnswerFactor {...drawn} factorId="factor" action="Go on" onShown={() => {}} onCancel={() => {}} />,
      document.body,
    ),
  );
  const go = [...document.querySelectorAll("button")].find(
    ({ textContent }) => textContent === t("factors.set-up.passkey-action"),
  );
  go?.click();
  await asked.promise;
  expect(signals.map((signal) => signal?.aborted)).toEqual([false]);
  await act(() => render(null, document.body));
  expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
});

test("what stands on the button of another factor is part of what it is called to who can't see it", () => {
  for (const messages of Object.values(TEAM_MESSAGES))
    expect(messages["factors.step.use-named"]).toContain(messages["factors.step.use"]);
});
