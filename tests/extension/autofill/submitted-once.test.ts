import { describe, expect, it } from "vitest";
import { fillField } from "../../../extension/autofill/fill-field.ts";
import { findOtpField } from "../../../extension/autofill/find-otp-field.ts";
import { showPage } from "./show-page.ts";

const CODE = "012345";
const BOXES = `<div>${`<input maxlength="1" inputmode="numeric">`.repeat(6)}</div>`;

describe("a page that sends the code off at its last digit and empties the field", () => {
  it.for([
    ["one field", `<label>2FA code <input name="mfa" autocomplete="one-time-code"></label>`],
    ["a row of boxes", `<p>Enter the 6-digit code from your authenticator app</p>${BOXES}`],
  ])("gets the code once from %s: a second time counts as a wrong code", async ([, field]) => {
    const { document } = await showPage(field ?? "");
    const fields = [...document.querySelectorAll("input")];
    const sent: string[] = [];
    document.addEventListener("input", () => {
      const value = fields.map((input) => input.value).join("");
      if (value.length !== CODE.length) return;
      sent.push(value);
      setTimeout(() => {
        for (const input of fields) input.value = "";
      });
    });
    const [target] = findOtpField(document).targets;
    if (target === undefined) throw Error("the page has no field");
    await fillField(target, CODE);
    expect(sent).toEqual([CODE]);
  });
});
