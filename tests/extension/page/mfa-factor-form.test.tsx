import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FactorForm } from "../../../extension/entrypoints/page/teams/factor-form.tsx";
import { addMessages, t } from "../../../extension/ui/i18n.ts";
import { TEAM_MESSAGES } from "../../../extension/ui/messages/teams.ts";
import type { Field, Input } from "../../../shared/mfa/form.ts";
import { err, ok } from "../../../shared/result.ts";

addMessages(TEAM_MESSAGES);

const MARKUP = "<img src=x onerror=alert(1)><b>Code</b>";
const words = (text: string) => ({ en: text, "zh-CN": text });
const field = (patch: Partial<Field> & Pick<Field, "name">): Field => ({
  ...{ kind: "code", label: words(patch.name), hint: null, longest: 20 },
  ...patch,
});

let sent: Input[];
let answer: string | null;

beforeEach(() => {
  sent = [];
  answer = null;
});
afterEach(() => act(() => render(null, document.body)));

const submit = async (input: Input) => {
  sent.push(input);
  return answer;
};
const show = (props: Omit<Parameters<typeof FactorForm>[0], "action" | "onSubmit">) =>
  act(() => render(<FactorForm action="Check" onSubmit={submit} {...props} />, document.body));
const inputs = () => [...document.querySelectorAll("input")];
const button = (name: string) =>
  [...document.querySelectorAll("button")].find(({ textContent }) => textContent === name);
const type = (at: number, text: string) =>
  act(() => {
    const input = inputs()[at];
    if (!input) throw Error("no such field");
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
const press = (name: string) =>
  act(async () => {
    button(name)?.click();
    // What comes of it is asked for first.
    await new Promise((resolve) => setTimeout(resolve));
  });

test("each kind of field is one that browsers and people know, and the first has the keyboard", async () => {
  await show({
    form: [
      field({ name: "code" }),
      field({ name: "mail", kind: "email" }),
      field({ name: "phone", kind: "phone" }),
      field({ name: "other", kind: "text", hint: words("say something") }),
    ],
  });
  expect(inputs().map(({ autocomplete, inputMode }) => `${autocomplete} ${inputMode}`)).toEqual([
    "one-time-code text",
    "email email",
    "tel tel",
    "off text",
  ]);
  // What is too long is said, and not cut off: half a passphrase is not known for one.
  expect(inputs().map(({ maxLength }) => maxLength)).toEqual([-1, -1, -1, -1]);
  expect(document.activeElement).toBe(inputs()[0]);
  const described = inputs()[3]?.getAttribute("aria-describedby") ?? "";
  expect(document.getElementById(described)?.textContent).toBe("say something");
});

test("what a server says of a field is text and nothing else", async () => {
  await show({ form: [field({ name: "code", label: words(MARKUP), hint: words(MARKUP) })] });
  expect(document.querySelector("img, b")).toBeNull();
  expect(document.body.textContent).toContain(MARKUP);
});

test("nothing is sent before every field is filled in; then all of it, without blanks around it", async () => {
  await show({ form: [field({ name: "code" }), field({ name: "phone", kind: "phone" })] });
  await type(0, " 123 456 ");
  expect(button("Check")?.disabled).toBe(true);
  await type(1, "  ");
  expect(button("Check")?.disabled).toBe(true);
  await type(1, "+1 555");
  await press("Check");
  expect(sent).toEqual([{ code: "123 456", phone: "+1 555" }]);
});

test("a wrong one is said beside its field, stays there to be typed over, and goes when it is", async () => {
  answer = "Not that one.";
  await show({ form: [field({ name: "code" })] });
  await type(0, "000000");
  await press("Check");
  const alert = document.querySelector("[role=alert]");
  expect(alert?.textContent).toBe("Not that one.");
  expect(inputs()[0]?.getAttribute("aria-describedby")).toContain(alert?.id ?? "none");
  expect(inputs()[0]?.value).toBe("000000");
  expect(button("Check")?.disabled).toBe(false);
  await type(0, "1");
  expect(document.querySelector("[role=alert]")).toBeNull();
});

test("what is refused from outside is said beside its field too, and goes when it is typed over", async () => {
  const form = [field({ name: "phone", kind: "phone" })];
  await show({ form, busy: true });
  expect(button("Checking …")?.disabled).toBe(true);
  await show({ form, refused: "No number." });
  const alert = document.querySelector("[role=alert]");
  expect(alert?.textContent).toBe("No number.");
  expect(inputs()[0]?.getAttribute("aria-describedby")).toContain(alert?.id ?? "none");
  expect(inputs()[0]?.ariaInvalid).toBe("true");
  await type(0, "+1 555 555 0100");
  expect(document.querySelector("[role=alert]")).toBeNull();
  // The same once more is said once more.
  await press("Check");
  await show({ form, refused: null });
  await show({ form, refused: "No number." });
  expect(document.querySelector("[role=alert]")?.textContent).toBe("No number.");
});

test("an answer that fails altogether leaves a form that can be sent again", async () => {
  const failing = vi.fn(() => Promise.reject(Error("gone")));
  const unheard = vi.fn((event: PromiseRejectionEvent) => event.preventDefault());
  addEventListener("unhandledrejection", unheard);
  await act(() =>
    render(<FactorForm form={[field({ name: "code" })]} action="Check" onSubmit={failing} />, document.body),
  );
  await type(0, "1");
  await press("Check");
  await vi.waitFor(() => expect(button("Check")?.disabled).toBe(false));
  await vi.waitFor(() => expect(unheard).toHaveBeenCalled());
  removeEventListener("unhandledrejection", unheard);
});

test("what only the browser can give is asked of it in the press, and why it gave nothing is said", async () => {
  const form = [field({ name: "credential", kind: "credential", longest: 16_384 })];
  const isGiven = vi.fn().mockResolvedValueOnce(err("Nothing was chosen.")).mockResolvedValueOnce(ok("{}"));
  await show({ form, credential: isGiven });
  expect(inputs()).toEqual([]);
  expect(document.activeElement).toBe(button("Check"));
  await press("Check");
  expect(document.querySelector("[role=alert]")?.textContent).toBe("Nothing was chosen.");
  expect(sent).toEqual([]);
  await press("Check");
  expect(sent).toEqual([{ credential: "{}" }]);
});

test("a code that is here already is put in by a press", async () => {
  await show({
    form: [field({ name: "code" })],
    offer: { label: t("factors.keep.fill"), text: () => "287082" },
  });
  await press(t("factors.keep.fill"));
  expect(inputs()[0]?.value).toBe("287082");
  expect(document.activeElement).toBe(inputs()[0]);
  await press("Check");
  expect(sent).toEqual([{ code: "287082" }]);
});
