import { describe, expect, it, onTestFinished } from "vitest";
import { fillByItself, lookByItself } from "../../../extension/autofill/page-own-fill.ts";
import { areTouched, noteTouches } from "../../../extension/autofill/touched-fields.ts";

const FIELD = `<label>Authentication code <input name="code" inputmode="numeric" maxlength="6"></label>`;

/** Puts a form into the test's own page. @returns its field, and how often it was sent off */
function openForm(html: string, action?: string): { field: HTMLInputElement; sent: () => number } {
  const form = document.createElement("form");
  if (action !== undefined) form.setAttribute("action", action);
  form.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  let sent = 0;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sent += 1;
  });
  document.body.append(form);
  onTestFinished(() => form.remove());
  return { field: form.querySelector("input")!, sent: () => sent };
}
const fill = (then: "submit" | "leave", host = location.host) => fillByItself("123456", host, then);

describe("a code that nobody asked for just now", () => {
  it("goes into the field and is not sent off", async () => {
    const { field, sent } = openForm(`${FIELD}<button>Sign in</button>`);
    expect(lookByItself()).toEqual({ origin: location.origin, kind: "ready", mark: expect.any(String) });
    expect(await fill("leave")).toEqual({ kind: "filled", submitted: false });
    expect(field.value).toBe("123456");
    expect(sent()).toBe(0);
  });

  it("is sent off by the form's own button where that is wanted, once", async () => {
    const { sent } = openForm(`${FIELD}<button type="button">Help</button><button>Sign in</button>`);
    expect(await fill("submit")).toEqual({ kind: "filled", submitted: true });
    expect(sent()).toBe(1);
  });

  it.each([
    ["a button that is disabled", `${FIELD}<button disabled>Sign in</button>`],
    ["no button", FIELD],
  ])("is left to the person where there is %s", async (_, html) => {
    const { sent } = openForm(html);
    expect(await fill("submit")).toEqual({ kind: "filled", submitted: false });
    expect(sent()).toBe(0);
  });

  const BUTTON = "<button>Sign in</button>";
  const EVIL = "https://evil.example/take";
  it.each([
    ["the form goes", FIELD + BUTTON, EVIL],
    ["the form goes, without naming the scheme,", FIELD + BUTTON, "//evil.example/take"],
    ["the button goes", `${FIELD}<button formaction="${EVIL}">Sign in</button>`, "/sign-in"],
    [
      "the form goes behind a field of that name",
      `${FIELD}<input type="hidden" name="action">${BUTTON}`,
      EVIL,
    ],
    ["a form without encryption goes", FIELD + BUTTON, `ftp://${location.host}/`],
    ["a script goes", FIELD + BUTTON, "javascript:void 0"],
    ["what can't be read goes", FIELD + BUTTON, "https://[/"],
  ])("is not sent off to where it was not meant for: %s elsewhere", async (_, html, action) => {
    const { field, sent } = openForm(html, action);
    expect(await fill("submit")).toEqual({ kind: "filled", submitted: false });
    expect([field.value, sent()]).toEqual(["123456", 0]);
  });

  it("is not sent off where the page's base was moved to another origin", async () => {
    const base = document.createElement("base");
    base.href = "https://evil.example/";
    document.head.prepend(base);
    onTestFinished(() => base.remove());
    const { sent } = openForm(FIELD + BUTTON, "sign-in");
    expect((await fill("submit")).submitted).toBe(false);
    expect(sent()).toBe(0);
  });

  it.each([
    ["by its path", FIELD + BUTTON, "/sign-in"],
    ["in full", FIELD + BUTTON, `${location.origin}/sign-in`],
    ["not at all", FIELD + BUTTON, ""],
    ["on its button alone", `${FIELD}<button formaction="/sign-in">Sign in</button>`, EVIL],
  ])("is sent off where the form names the page's own origin, %s", async (_, html, action) => {
    const { sent } = openForm(html, action);
    expect((await fill("submit")).submitted).toBe(true);
    expect(sent()).toBe(1);
  });

  it("is not sent a second time where the page sends it off by itself", async () => {
    const { field, sent } = openForm(`${FIELD}<button>Sign in</button>`);
    field.addEventListener("input", () => field.form!.requestSubmit());
    expect(await fill("submit")).toEqual({ kind: "filled", submitted: false });
    expect(sent()).toBe(1);
  });

  it("is told from one in another document by a mark, which stays as long as the document does", async () => {
    const { mark } = lookByItself();
    expect(mark).toMatch(/^[0-9a-f-]{36}$/);
    // The script is put in anew for each look.
    const again = await import("../../../extension/autofill/page-own-fill.ts?again" as string);
    expect(again.lookByItself).not.toBe(lookByItself);
    expect(again.lookByItself().mark).toBe(mark);
  });

  it("goes nowhere at another host", async () => {
    const { field } = openForm(FIELD);
    expect(await fill("leave", "login.bank.example")).toEqual({ kind: "moved", submitted: false });
    expect(field.value).toBe("");
  });

  it("goes nowhere where the person has typed, or typed and emptied the field", async () => {
    const { field } = openForm(FIELD);
    const controller = new AbortController();
    onTestFinished(() => controller.abort());
    noteTouches(document, controller.signal);
    field.focus();
    document.execCommand("insertText", false, "12");
    expect((await fill("leave")).kind).toBe("none");
    expect(field.value).toBe("12");
    document.execCommand("selectAll");
    document.execCommand("delete");
    expect((await fill("leave")).kind).toBe("none");
    expect(field.value).toBe("");
  });

  it("does not count as the person's typing", async () => {
    const { field } = openForm(FIELD);
    const controller = new AbortController();
    onTestFinished(() => controller.abort());
    noteTouches(document, controller.signal);
    // A widget that takes nothing but the browser's own events of typing.
    field.addEventListener("input", (event) => {
      if (!event.isTrusted) field.value = "000000";
    });
    expect((await fill("leave")).kind).toBe("filled");
    expect(field.value).toBe("123456");
    expect(areTouched([field])).toBe(false);
  });
});
