import { describe, expect, it } from "vitest";
import { fillField } from "../../../extension/autofill/fill-field.ts";
import { findOtpField } from "../../../extension/autofill/find-otp-field.ts";
import { showPage } from "./show-page.ts";

const CODE = "012345";
const BOXES = `<div>${`<input maxlength="1" inputmode="numeric">`.repeat(6)}</div>`;

describe("a page that moves the focus to its password field", () => {
  it.for([
    ["one field", `<label>2FA code <input name="mfa" autocomplete="one-time-code"></label>`],
    ["a row of boxes", `<p>Enter the 6-digit code from your authenticator app</p>${BOXES}`],
  ])("and keeps what is typed into %s away gets no code there", async ([, field]) => {
    const { document } = await showPage(
      `<label>Password <input type="password" name="password" autocomplete="current-password"></label>${field}`,
    );
    const [password, ...fields] = document.querySelectorAll("input");
    for (const input of fields) {
      input.addEventListener("focus", () => password?.focus());
      input.addEventListener("input", () => {
        input.value = "";
      });
    }
    const typed: string[] = [];
    password?.addEventListener("input", () => typed.push(password.value));
    const [target] = findOtpField(document).targets;
    if (target === undefined) throw Error("the page has no field");
    expect(await fillField(target, CODE)).toBe("did-not-stick");
    expect(typed).toEqual([]);
    expect(password?.value).toBe("");
  });
});
