import { describe, expect, it } from "vitest";
import { findBareField } from "../../../extension/autofill/bare-field.ts";
import { findOtpField } from "../../../extension/autofill/find-otp-field.ts";
import { readyField } from "../../../extension/autofill/ready-field.ts";
import { type ShownPage, showPage } from "./show-page.ts";

const SVG = (side: number, height = side): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${height}"></svg>`;
const PICTURE = `<img src='data:image/svg+xml,${encodeURIComponent(SVG(200))}'>`;
const BUTTONS = `<div><input type="button" value="Enable"></div><div><input type="button" value="Cancel"></div>`;
const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/** Draws a page and says what of it takes a code, by the element that was marked. */
async function look(html: string, focusOn?: string): Promise<{ page: ShownPage; sign: string | null }> {
  const page = await showPage(html);
  if (focusOn !== undefined) page.document.querySelector<HTMLElement>(focusOn)!.focus();
  const bare = findBareField(page.document);
  if (bare !== null && page.marked.length > 0) expect(page.marked).toEqual([bare.element]);
  return { page, sign: bare?.sign ?? null };
}

describe("a page that sets an authenticator up without a word about codes", () => {
  it.for([
    ["picture", "a picture", `${PICTURE}<input type="text" data-otp>${BUTTONS}`],
    ["picture", "an SVG of the page's own", `${SVG(128)}<input data-otp>${BUTTONS}`],
    ["picture", "a canvas", `<canvas width="160" height="160"></canvas><input data-otp>${BUTTONS}`],
    [
      "picture",
      "a search in the head of the page",
      `<header><input name="q" placeholder="Search"></header><section>${PICTURE}<input data-otp></section>`,
    ],
    ["picture", "a name drawn by chance", `${PICTURE}<input id=":r3:" name="input-42" data-otp>`],
    ["picture", "a word that may mean a code", `${PICTURE}<label>Code <input data-otp></label>`],
    ["picture", "a code in it that was refused", `${PICTURE}<input value="604281" data-otp>`],
    ["secret", "the secret as text", `<p>Key: <code>${SECRET}</code></p><input data-otp>`],
    ["secret", "the secret in small groups of four", `<p>jbsw y3dp ehpk 3pxp</p><input data-otp>`],
    ["secret", "the secret in a box to copy from", `<input readonly value="${SECRET}"><input data-otp>`],
    [
      "secret",
      "a link for authenticators",
      `<a href="otpauth://totp/a?secret=${SECRET}">Open</a><input data-otp>`,
    ],
  ])("by %s: %s", async ([sign, , html]) => {
    const { page, sign: found } = await look(html!);
    expect(found).toBe(sign);
    expect(findOtpField(page.document).verdict).not.toBe("sure");
    expect(readyField(page.document).kind).toBe("none");
  });

  it("in open shadow roots, the picture in one and the field in another", async () => {
    const root = (html: string): string => `<div><template shadowrootmode="open">${html}</template></div>`;
    expect((await look(root(root(PICTURE) + root(`<input data-otp>`)))).sign).toBe("picture");
  });

  it("in a modal dialog's slot, before a page with a password to change", async () => {
    const dialog = `<div id="host"><template shadowrootmode="open"><dialog><slot></slot></dialog></template>${PICTURE}<input data-otp></div>`;
    const page = await showPage(`<label>Password <input type="password"></label>${dialog}`);
    expect(findBareField(page.document)).toBe(null);
    page.document.getElementById("host")!.shadowRoot!.querySelector("dialog")!.showModal();
    expect(findBareField(page.document)?.element).toBe(page.marked[0]);
  });
});

describe("a field without words", () => {
  it("in focus is what the person means", async () => {
    expect((await look(`<input><input id="b" data-otp><button>Go</button>`, "#b")).sign).toBe("focus");
  });

  it.for([
    ["nothing to set up beside it", `<input><button>Go</button>`],
    ["a round portrait of a person, small", `${SVG(40)}<input>`],
    ["a banner", `${SVG(600, 120)}<input>`],
    ["another field between it and the picture", `<div>${PICTURE}<input value="x"></div><div><input></div>`],
    ["two of them at two pictures", `<div>${PICTURE}<input></div><div>${PICTURE}<input></div>`],
    ["something in it already", `${PICTURE}<input value="draft">`],
    ["a label of another thing", `${PICTURE}<label>Company <input></label>`],
    [
      "a label of another thing in a slot",
      `${PICTURE}<div><template shadowrootmode="open"><label for="i"><slot></slot></label><input id="i"></template>Company</div>`,
    ],
    ["a name of another thing", `${PICTURE}<input name="nickname">`],
    ["a placeholder of another thing", `${PICTURE}<input placeholder="Search">`],
    ["suggestions", `${PICTURE}<input list="l"><datalist id="l"></datalist>`],
    ["an autocomplete of another thing", `${PICTURE}<input autocomplete="username">`],
    ["a password", `${PICTURE}<input type="password">`],
    [
      "letters of a picture to type",
      `<div><img alt="captcha" style="width:120px;height:40px"><input></div>${PICTURE}`,
    ],
    ["a code that is sent", `${PICTURE}<p>We sent a code to your phone.</p><input name="code">`],
    ["a recovery code", `${PICTURE}<label>Recovery code <input></label>`],
    ["room for four characters", `${PICTURE}<input maxlength="4">`],
    ["four boxes for a PIN", `${PICTURE}${`<input style="width:30px">`.repeat(4)}`],
    ["an editable text", `${PICTURE}<div contenteditable="true">&nbsp;</div>`],
    ["words in capitals beside it", `<p>PLEASE READ THIS TEXT WITH CARE</p><input>`],
    ["a long id beside it", `<p>commit 9f8e7d6c5b4a39281706f5e4d3c2b1a0</p><input>`],
  ])("is left alone with %s", async ([, html]) => {
    expect((await look(html!)).sign).toBe(null);
  });

  it.for([
    ["a label of another thing", `<label>Company <input></label>`],
    ["what looks for something", `<input name="q" type="search">`],
    ["a password", `<input type="password">`],
    ["a password beside it", `<input><input type="password">`],
    ["a user's code", `<label>User code <input name="codUser"></label>`],
    ["an address", `<input type="email">`],
    ["a search by its one letter", `<input name="q">`],
    ["a comment", `<input name="comment">`],
  ])("is left alone in focus too with %s", async ([, html]) => {
    expect((await look(html!, "input")).sign).toBe(null);
  });
});
