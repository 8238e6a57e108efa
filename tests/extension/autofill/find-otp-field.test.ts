import { describe, expect, it } from "vitest";
import { findOtpField, type OtpTarget } from "../../../extension/autofill/find-otp-field.ts";
import { TAKES_CODE, TAKES_TWO_CODES } from "../../fixtures/fields/takes-code.ts";
import { TAKES_NO_CODE } from "../../fixtures/fields/takes-no-code.ts";
import { showPage } from "./show-page.ts";

const elementsOf = (target: OtpTarget): readonly Element[] =>
  target.kind === "field" ? [target.element] : target.elements;

describe("a page with a field for the code", () => {
  it.for(Object.entries(TAKES_CODE))("%s", async ([, html]) => {
    const page = await showPage(html);
    const { verdict, targets } = findOtpField(page.document);
    expect(verdict).toBe("sure");
    expect(targets.map(elementsOf)).toEqual([page.marked]);
  });
});

describe("a page that wants two codes that follow each other", () => {
  it.for(Object.entries(TAKES_TWO_CODES))("%s", async ([, html]) => {
    const page = await showPage(html);
    const { verdict, targets } = findOtpField(page.document);
    expect(verdict).toBe("sure");
    expect(targets.flatMap(elementsOf)).toEqual(page.marked);
    expect(targets).toHaveLength(2);
  });

  it("is not one that asks for a code and its confirmation", async () => {
    const page = await showPage(`<label>MFA code <input></label><label>Confirm MFA code <input></label>`);
    expect(findOtpField(page.document).targets).toHaveLength(1);
  });
});

describe("a page without a field for the code", () => {
  it.for(Object.entries(TAKES_NO_CODE))("%s", async ([, html]) => {
    const page = await showPage(html);
    expect(findOtpField(page.document).verdict).not.toBe("sure");
  });

  it.for([
    ["captcha", `<form><input placeholder="请输入图形验证码"></form>`],
    ["sent-code", `<form><input placeholder="短信验证码"></form>`],
    ["recovery-code", `<form><label>Recovery code <input></label></form>`],
    ["other-code", `<form><label>Coupon code <input></label></form>`],
    ["wrong-length", `<form><label>Verification code <input maxlength="4"></label></form>`],
    ["no-digits", `<form><label>Verification code <input pattern="[a-z]{8}"></label></form>`],
    ["card", `<form><label>Code <input autocomplete="cc-csc"></label></form>`],
    ["password", `<form><label>Password <input type="password"></label></form>`],
  ])("says %s where that is the reason", async ([reason, html]) => {
    const page = await showPage(html!);
    expect(findOtpField(page.document)).toMatchObject({ verdict: "none", refusal: reason });
  });
});

describe("detection", () => {
  it("says unsure where as much speaks for another kind of code", async () => {
    const page = await showPage(
      `<form><label>Code <input name="code"></label><button>Continue</button></form>`,
    );
    expect(findOtpField(page.document).verdict).toBe("unsure");
  });

  it("takes a field behind a dialog that has none of its own", async () => {
    const page = await showPage(
      `<label>MFA code <input data-otp></label><input name="other"><dialog>Cookies?</dialog>`,
    );
    page.document.querySelector("dialog")!.showModal();
    const [target] = findOtpField(page.document).targets;
    expect(elementsOf(target!)).toEqual(page.marked);
  });

  it("prefers the field in focus between two that look alike", async () => {
    const page = await showPage(
      `<form><input name="totp"></form><form><input name="totp" id="second"></form>`,
    );
    page.document.getElementById("second")!.focus();
    const [target] = findOtpField(page.document).targets;
    expect(elementsOf(target!)).toEqual([page.document.getElementById("second")]);
  });

  it("reads a document that is not drawn", () => {
    const document = new DOMParser().parseFromString(
      `<div hidden><input name="totp"></div><label>Two-factor code <input id="real"></label>`,
      "text/html",
    );
    const [target] = findOtpField(document).targets;
    expect(elementsOf(target!)).toEqual([document.getElementById("real")]);
  });

  it("changes nothing in the page", async () => {
    const page = await showPage(TAKES_CODE["open shadow roots, two deep"]!);
    const before = page.document.documentElement.outerHTML;
    findOtpField(page.document);
    expect(page.document.documentElement.outerHTML).toBe(before);
  });

  it("finds the field among ten thousand in seconds, where looking at each pair would take minutes", async () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, n) => `<tr><td><input name="code_${n}" placeholder="Item code"></td></tr>`,
    );
    const page = await showPage(
      `<table>${rows.join("")}</table><form><label>Authenticator code <input data-otp></label></form>`,
    );
    const started = performance.now();
    const { targets } = findOtpField(page.document);
    const took = performance.now() - started;
    expect(targets.flatMap(elementsOf)).toEqual(page.marked);
    console.log(`10,000 inputs: ${Math.round(took)} ms`);
    expect(took).toBeLessThan(20_000);
  });
});
