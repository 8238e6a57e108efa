import { describe, expect, it } from "vitest";
import { type FillResult, fillField } from "../../../extension/autofill/fill-field.ts";
import { findOtpField } from "../../../extension/autofill/find-otp-field.ts";
import { showPage } from "./show-page.ts";

const CODE = "012345";
const ROW = `<div>${`<input maxlength="1" inputmode="numeric">`.repeat(6)}</div>`;

async function fillFound(document: Document, code: string = CODE): Promise<FillResult> {
  const [target] = findOtpField(document).targets;
  if (target === undefined) throw Error("the page has no field");
  return fillField(target, code);
}
const inputsOf = (document: Document): HTMLInputElement[] => [...document.querySelectorAll("input")];
const valuesOf = (document: Document): string =>
  inputsOf(document)
    .map(({ value }) => value)
    .join("");

describe("a single field", () => {
  it.for(["text", "tel", "number", "password"])(
    "of type %s holds the code, its leading zero included",
    async (type) => {
      const { document } = await showPage(`<label>2FA code <input type="${type}" name="mfa"></label>`);
      expect(await fillFound(document)).toBe("filled");
      expect(valuesOf(document)).toBe(CODE);
    },
  );

  it("has its old code replaced", async () => {
    const { document } = await showPage(
      `<label>2FA code <input name="mfa" value="999999" maxlength="6"></label>`,
    );
    await fillFound(document);
    expect(valuesOf(document)).toBe(CODE);
  });

  it("that takes fewer characters is left alone", async () => {
    const { document } = await showPage(`<label>2FA code <input name="mfa" value="1" maxlength="6"></label>`);
    expect(await fillFound(document, "12345678")).toBe("does-not-fit");
    expect(valuesOf(document)).toBe("1");
  });

  it("for numbers is not given the letters of Steam", async () => {
    const { document } = await showPage(`<label>2FA code <input name="mfa" type="number"></label>`);
    expect(await fillFound(document, "2BCDF")).toBe("does-not-fit");
  });

  it("tells its page with input and change, and has the focus afterwards", async () => {
    const { document } = await showPage(`<label>2FA code <input name="mfa"></label>`);
    const [input] = inputsOf(document);
    const events: string[] = [];
    for (const type of ["input", "change", "keydown"]) input!.addEventListener(type, () => events.push(type));
    await fillFound(document);
    expect(events).toEqual(["input", "change"]);
    expect(document.activeElement).toBe(input);
  });

  it("in a shadow root is filled", async () => {
    const { document } = await showPage(
      `<x-a><template shadowrootmode="open"><label>2FA code <input></label></template></x-a>`,
    );
    expect(await fillFound(document)).toBe("filled");
    expect(document.querySelector("x-a")!.shadowRoot!.querySelector("input")!.value).toBe(CODE);
  });

  it("that groups digits as they come is filled", async () => {
    const { document } = await showPage(`<label>2FA code <input name="mfa"></label>`);
    const [input] = inputsOf(document);
    input!.addEventListener("input", () => {
      input!.value = input!.value.replace(/^(\d{3})(\d{3})$/, "$1 $2");
    });
    expect(await fillFound(document)).toBe("filled");
    expect(valuesOf(document)).toBe("012 345");
  });

  it("that takes only trusted input is filled", async () => {
    const { document } = await showPage(`<label>2FA code <input name="mfa"></label>`);
    const [input] = inputsOf(document);
    let state = "";
    input!.addEventListener("input", (event) => {
      if (event.isTrusted) state = input!.value;
      else input!.value = state;
    });
    expect(await fillFound(document)).toBe("filled");
    expect(state).toBe(CODE);
  });

  it("whose page takes the code out again is said not to have kept it", async () => {
    const { document } = await showPage(`<label>2FA code <input name="mfa"></label>`);
    const [input] = inputsOf(document);
    input!.addEventListener("input", () => setTimeout(() => (input!.value = ""), 5));
    expect(await fillFound(document)).toBe("did-not-stick");
  });

  it("that vanishes as the page takes the code was filled", async () => {
    const { document } = await showPage(`<label>2FA code <input name="mfa"></label>`);
    const [input] = inputsOf(document);
    input!.addEventListener("input", () => setTimeout(() => document.body.replaceChildren("Welcome"), 5));
    expect(await fillFound(document)).toBe("filled");
  });

  it("unseen over painted boxes is filled", async () => {
    const { document } = await showPage(
      `<div style="position:relative;width:240px;height:40px"><input autocomplete="one-time-code" maxlength="6" style="position:absolute;inset:0;opacity:0"></div>`,
    );
    expect(await fillFound(document)).toBe("filled");
    expect(valuesOf(document)).toBe(CODE);
  });
});

describe("a row of boxes", () => {
  it("gets one digit in each", async () => {
    const { document } = await showPage(ROW);
    expect(await fillFound(document)).toBe("filled");
    expect(inputsOf(document).map(({ value }) => value)).toEqual([...CODE]);
  });

  it("with an old code gets the new one", async () => {
    const { document } = await showPage(ROW);
    for (const input of inputsOf(document)) input.value = "9";
    await fillFound(document);
    expect(valuesOf(document)).toBe(CODE);
  });

  it("of another length than the code is left alone", async () => {
    const { document } = await showPage(ROW);
    expect(await fillFound(document, "12345678")).toBe("does-not-fit");
    expect(valuesOf(document)).toBe("");
  });

  it("that moves the focus by itself gets no digit twice", async () => {
    const { document } = await showPage(ROW);
    const inputs = inputsOf(document);
    for (const [at, input] of inputs.entries()) {
      input.addEventListener("input", () => input.value !== "" && inputs[at + 1]?.focus());
      input.addEventListener("keyup", () => input.value !== "" && inputs[at + 1]?.focus());
    }
    expect(await fillFound(document)).toBe("filled");
    expect(valuesOf(document)).toBe(CODE);
  });

  it("that spreads a whole code from its first box, and keeps single digits out, is filled", async () => {
    const { document } = await showPage(
      `<div><input maxlength="6" style="width:40px">${`<input maxlength="1" style="width:40px">`.repeat(5)}</div>`,
    );
    const inputs = inputsOf(document);
    for (const input of inputs) {
      input.addEventListener("input", () => {
        const text = input.value;
        if (text.length === inputs.length) for (const [at, one] of inputs.entries()) one.value = text[at]!;
        else if (input !== inputs[0]) input.value = "";
      });
    }
    expect(await fillFound(document)).toBe("filled");
    expect(valuesOf(document)).toBe(CODE);
  });

  it("that takes a code only by pasting is filled, and the clipboard is not touched", async () => {
    const { document } = await showPage(ROW);
    const inputs = inputsOf(document);
    for (const input of inputs) {
      input.addEventListener("input", () => (input.value = ""));
      input.addEventListener("paste", (event) => {
        event.preventDefault();
        const text = event.clipboardData?.getData("text/plain") ?? "";
        for (const [at, one] of inputs.entries()) one.value = text[at] ?? "";
      });
    }
    expect(await fillFound(document)).toBe("filled");
    expect(valuesOf(document)).toBe(CODE);
  });

  it("that looks only at keys is filled", async () => {
    const { document } = await showPage(ROW);
    const inputs = inputsOf(document);
    for (const [at, input] of inputs.entries()) {
      input.addEventListener("input", () => (input.value = ""));
      input.addEventListener("keydown", (event) => {
        if (!/^\d$/.test(event.key)) return;
        event.preventDefault();
        input.value = event.key;
        inputs[at + 1]?.focus();
      });
    }
    expect(await fillFound(document)).toBe("filled");
    expect(valuesOf(document)).toBe(CODE);
  });

  it("that keeps nothing is said not to", async () => {
    const { document } = await showPage(ROW);
    for (const input of inputsOf(document)) {
      input.addEventListener("input", () => (input.value = "0"));
    }
    expect(await fillFound(document)).toBe("did-not-stick");
  });

  it("of editable elements gets one digit in each", async () => {
    const { document, marked } = await showPage(
      `<h2>Two-factor authentication</h2><div>${`<span contenteditable="true" style="display:inline-block;width:30px;height:40px" data-otp></span>`.repeat(6)}</div>`,
    );
    expect(await fillFound(document)).toBe("filled");
    expect(marked.map((element) => element.textContent)).toEqual([...CODE]);
  });

  it("that vanishes with its last digit was filled", async () => {
    const { document } = await showPage(ROW);
    const inputs = inputsOf(document);
    inputs[5]!.addEventListener("input", () => document.body.replaceChildren("Welcome"));
    expect(await fillFound(document)).toBe("filled");
  });
});

describe("filling", () => {
  it.for([
    ["a field", `<form><label>2FA code <input name="mfa"></label><button>Verify</button></form>`],
    ["boxes", `<form>${ROW}<button>Verify</button></form>`],
  ])("submits nothing: %s", async ([, html]) => {
    const { document } = await showPage(html!);
    const done: string[] = [];
    document.querySelector("form")!.addEventListener("submit", (event) => {
      event.preventDefault();
      done.push("submit");
    });
    document.addEventListener("keydown", ({ key }) => done.push(key));
    document.addEventListener("click", () => done.push("click"));
    await fillFound(document);
    expect(done).toEqual([]);
  });

  it("leaves nothing behind in the page but the value", async () => {
    const { document } = await showPage(`<form>${ROW}</form><label>x <input name="other"></label>`);
    const before = document.documentElement.outerHTML;
    await fillFound(document);
    expect(document.documentElement.outerHTML).toBe(before);
  });
});
