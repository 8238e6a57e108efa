import { render, type VNode } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FactorStep } from "../../../extension/entrypoints/page/factor-step/factor-step.tsx";
import { LackingFactor } from "../../../extension/entrypoints/page/factor-step/lacking-factor.tsx";
import { WithStep } from "../../../extension/entrypoints/page/factor-step/with-step.tsx";
import type { FactorSession } from "../../../extension/servers/factor-session.ts";
import { addMessages, t } from "../../../extension/ui/i18n.ts";
import { TEAM_MESSAGES } from "../../../extension/ui/messages/teams.ts";
import type { ListedFactor, OfferedModule } from "../../../shared/mfa/answers.ts";
import { ok } from "../../../shared/result.ts";

addMessages(TEAM_MESSAGES);

const module = (id: string, name: string): OfferedModule => ({
  ...({ id, names: { en: name, "zh-CN": name }, strength: "weak", isSpare: false } as const),
  ...{ countsForSignIn: true, setUpForm: [] },
  proofForm: [
    { name: "code", kind: "code", label: { en: `Code by ${name}`, "zh-CN": name }, hint: null, longest: 9 },
  ],
});
const factor = (id: string, usedAt: number): ListedFactor => ({
  ...{ id, module: id, name: id, status: "verified", strength: "weak", isSpare: false },
  ...{ countsForSignIn: true, madeAt: 1, usedAt },
});
const LEVEL = {
  ...{ currentLevel: "aal1", nextLevel: "aal1", currentAuthenticationMethods: [], lacks: null },
  ...{ dueAt: null, reset: null, isAdministrator: false },
};

/** To whom a message was sent, one after the other. */
let sent: string[];
/** What the server waits for before it answers that a message is sent. */
let slow = Promise.resolve();
let answered: { factorId: string; challengeId: string }[];
const api = {
  mfa: {
    modules: {
      query: async () => ({ modules: [module("email", "Mail"), module("sms", "Text")], recommended: null }),
    },
    listFactors: { query: async () => ({ all: [factor("email", 2), factor("sms", 1)], byModule: {} }) },
    getAuthenticatorAssuranceLevel: { query: async () => LEVEL },
    challenge: {
      mutate: async ({ factorId }: { factorId: string }) => {
        sent.push(factorId);
        const count = sent.length;
        await slow;
        const until = Date.now() + 600_000;
        const challengeId = `challenge ${count}`;
        return { factorId, challengeId, until, shown: [{ kind: "sent", to: `to ${challengeId}`, until }] };
      },
    },
    verify: {
      mutate: async (given: { factorId: string; challengeId: string }) => {
        answered.push(given);
        return { token: "next", device: null, shown: [], isNew: false };
      },
    },
  },
};
const call = async (work: (given: never, session: never) => Promise<unknown>) =>
  ok(await work(api as never, { token: "token", device: null } as never));
const session = {
  ...{ serverId: "s", origin: "https://codes.example.com", userId: "alice", email: "alice@example.com" },
  ...{ ask: call, askForNext: call, isPassphrase: async () => false },
} as unknown as FactorSession;

const button = (name: string) =>
  [...document.querySelectorAll("button")].find((each) => (each.ariaLabel ?? each.textContent) === name);
const press = (name: string) =>
  act(() => {
    const found = button(name);
    if (found === undefined) throw Error(`no button ${name}: ${document.body.textContent}`);
    found.click();
  });
/** Whatever would be asked for has been by now. */
const settled = () => act(() => new Promise((resolve) => setTimeout(resolve, 50)));
const field = () => document.querySelector<HTMLInputElement>("input[autocomplete=one-time-code]");
let isShown: boolean;

const step = (isWholeOnly = false) => (
  <FactorStep
    session={session}
    isForChange={false}
    isWholeOnly={isWholeOnly}
    onShown={() => {
      isShown = true;
    }}
    onCancel={() => {}}
  />
);

beforeEach(async () => {
  [sent, answered, isShown] = [[], [], false];
  await act(async () => {
    render(step(), document.body);
  });
  await expect.poll(field).not.toBeNull();
  expect(sent).toEqual(["email"]);
});
afterEach(() => act(() => render(null, document.body)));

test("the keyboard goes to the step, to its field, to the first of the others, and back into the form", async () => {
  const draw = (step: VNode | null) =>
    act(() =>
      render(
        <WithStep step={step}>
          <form>
            <input id="passphrase" />
            <button type="button" disabled={step === null}>
              Sign in
            </button>
          </form>
        </WithStep>,
        document.body,
      ),
    );
  await draw(null);
  document.querySelector<HTMLElement>("#passphrase")?.focus();
  await draw(step());
  expect(document.activeElement?.textContent).toBe(t("factors.step.title", { host: "codes.example.com" }));
  await expect.poll(() => field() !== null && document.activeElement === field()).toBe(true);
  await press(t("factors.step.another"));
  expect(document.activeElement).toBe(button(t("factors.step.use-named", { name: "sms" })));
  await draw(null);
  expect(document.activeElement?.id).toBe("passphrase");
  // Whoever pressed the button finds it waiting.
  await draw(step());
  document.querySelector("form button")?.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
  await draw(null);
  expect(document.activeElement?.id).toBe("passphrase");
});

test("whoever comes back from the page of lost factors is sent no other message, and answers the first one", async () => {
  await press(t("factors.step.lost-all"));
  expect(document.body.textContent).toContain(t("factors.lost.title"));
  await press(t("factors.step.back"));
  await settled();
  expect(sent).toEqual(["email"]);
  expect(document.body.textContent).toContain("to challenge 1");
  const code = field();
  expect(document.activeElement).toBe(code);
  await act(() => {
    if (code === null) return;
    code.value = "123456";
    code.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await press(t("factors.step.go-on"));
  await expect.poll(() => isShown).toBe(true);
  expect(answered).toMatchObject([{ factorId: "email", challengeId: "challenge 1" }]);
});

test("nor whoever looks what else there is, or goes to another factor and comes back; that one is there again", async () => {
  await press(t("factors.step.another"));
  await press(t("factors.step.back"));
  await press(t("factors.step.another"));
  await press(t("factors.step.use-named", { name: "sms" }));
  await expect.poll(() => document.body.textContent).toContain("to challenge 2");
  expect(sent).toEqual(["email", "sms"]);
  await press(t("factors.step.lost-all"));
  await press(t("factors.step.back"));
  await settled();
  expect(field()?.closest("label")?.textContent).toContain("Code by Text");
  await press(t("factors.step.another"));
  await press(t("factors.step.use-named", { name: "email" }));
  await settled();
  expect(sent).toEqual(["email", "sms"]);
  expect(document.body.textContent).toContain("to challenge 1");
});

test("whoever has answered with another one is sent no message by the first while it is asked what is left", async () => {
  await act(() => render(null, document.body));
  sent = [];
  await act(() => render(step(true), document.body));
  await expect.poll(field).not.toBeNull();
  await press(t("factors.step.another"));
  await press(t("factors.step.use-named", { name: "sms" }));
  await expect.poll(field).not.toBeNull();
  await act(() => {
    const code = field();
    if (code === null) return;
    code.value = "123456";
    code.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await press(t("factors.step.go-on"));
  await expect.poll(() => isShown).toBe(true);
  await settled();
  expect(sent).toEqual(["email", "sms"]);
});

test("where the server may write to somebody who has asked for nothing, it waits for a press", async () => {
  const draw = (isClosedFirst: boolean) =>
    act(() =>
      render(
        <LackingFactor
          key={String(isClosedFirst)}
          {...{ server: { id: "s" }, isForChange: false, isClosedFirst }}
          onShown={() => {}}
        />,
        document.body,
      ),
    );
  await draw(true);
  expect(button(t("factors.step.show"))).toBeDefined();
  await draw(false);
  expect(button(t("factors.step.show"))).toBeUndefined();
});

test("whoever has chosen another one before the first was begun is not taken back to it", async () => {
  await act(() => render(null, document.body));
  sent = [];
  let answer = () => {};
  slow = new Promise((resolve) => {
    answer = resolve;
  });
  await act(() => render(step(), document.body));
  await expect.poll(() => sent).toEqual(["email"]);
  // The second is answered at once, the first after it.
  slow = Promise.resolve();
  await press(t("factors.step.another"));
  await press(t("factors.step.use-named", { name: "sms" }));
  await expect.poll(() => document.body.textContent).toContain("to challenge 2");
  answer();
  await settled();
  expect(field()?.closest("label")?.textContent).toContain("Code by Text");
});
