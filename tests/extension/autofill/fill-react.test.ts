import {
  type ChangeEvent,
  createElement,
  type KeyboardEvent,
  type ReactElement,
  useRef,
  useState,
} from "react";
import { createRoot } from "react-dom/client";
import { describe, expect, it, onTestFinished } from "vitest";
import { fillField } from "../../../extension/autofill/fill-field.ts";
import { findOtpField } from "../../../extension/autofill/find-otp-field.ts";
import { showPage } from "./show-page.ts";

async function renderAndFill(component: () => ReactElement): Promise<{ result: string; values: string[] }> {
  const { document } = await showPage(`<h1>Two-factor authentication</h1><div id="root"></div>`);
  const root = createRoot(document.getElementById("root")!);
  onTestFinished(() => root.unmount());
  root.render(createElement(component));
  await expect.poll(() => document.querySelector("input")).not.toBeNull();
  const [target] = findOtpField(document).targets;
  const result = await fillField(target!, "604281");
  return { result, values: [...document.querySelectorAll("input")].map(({ value }) => value) };
}

describe("a field whose value React holds", () => {
  it("keeps the code in the component's state", async () => {
    let state = "";
    const { result } = await renderAndFill(() => {
      const [code, setCode] = useState("111111");
      state = code;
      const onChange = (event: ChangeEvent<HTMLInputElement>) => setCode(event.target.value);
      return createElement("input", { name: "code", maxLength: 6, value: code, onChange });
    });
    expect(result).toBe("filled");
    expect(state).toBe("604281");
  });

  it("that throws away what it is given is said not to keep it", async () => {
    const { result } = await renderAndFill(() => {
      const [code] = useState("");
      return createElement("input", { name: "code", maxLength: 6, value: code, onChange: () => undefined });
    });
    expect(result).toBe("did-not-stick");
  });

  it("in six boxes, each with a listener that reads the last rendering's digits", async () => {
    let state: string[] = [];
    const { result, values } = await renderAndFill(() => {
      const [digits, setDigits] = useState<string[]>(Array(6).fill(""));
      const inputs = useRef<(HTMLInputElement | null)[]>([]);
      state = digits;
      const onChange = (at: number) => (event: ChangeEvent<HTMLInputElement>) => {
        const next = [...digits];
        next[at] = event.target.value.slice(-1);
        setDigits(next);
        if (event.target.value !== "") inputs.current[at + 1]?.focus();
      };
      const onKeyDown = (at: number) => (event: KeyboardEvent) => {
        if (event.key === "Backspace" && digits[at] === "") inputs.current[at - 1]?.focus();
      };
      return createElement(
        "div",
        null,
        digits.map((digit, at) =>
          createElement("input", {
            key: at,
            maxLength: 1,
            value: digit,
            onChange: onChange(at),
            onKeyDown: onKeyDown(at),
            ref: (input: HTMLInputElement | null) => {
              inputs.current[at] = input;
            },
          }),
        ),
      );
    });
    expect(result).toBe("filled");
    expect(values.join("")).toBe("604281");
    expect(state.join("")).toBe("604281");
  });
});
