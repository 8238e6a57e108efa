import { type ComponentChildren, render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import "../../../extension/ui/theme.css";
import "../../../extension/entrypoints/popup/popup.css";
import "../../../extension/entrypoints/page/page.css";
import { FactorShown } from "../../../extension/entrypoints/page/teams/factor-shown.tsx";
import { addMessages } from "../../../extension/ui/i18n.ts";
import { TEAM_MESSAGES } from "../../../extension/ui/messages/teams.ts";
import { Toast } from "../../../extension/ui/toast.tsx";

addMessages(TEAM_MESSAGES);

let root: HTMLElement;
beforeEach(async () => {
  document.body.className = "page";
  root = document.body.appendChild(document.createElement("div"));
  await page.viewport(400, 700);
});
afterEach(() => {
  act(() => render(null, root));
  root.remove();
  document.body.className = "";
});

/** The page as page.tsx draws it, with a toast that stays until it is closed. */
function draw(children: ComponentChildren): void {
  const content = { tone: "warn", sentence: "The server could not be told. ".repeat(3) } as const;
  act(() =>
    render(
      <div class="page-frame alone">
        <main class="page-main">
          <h1>Second factors</h1>
          {children}
          <div class="toast-space">
            <Toast content={content} onClose={() => {}} />
          </div>
        </main>
      </div>,
      root,
    ),
  );
}

const OF = { host: "codes.example.com", email: "alice@example.com" };
const codes = Array.from({ length: 10 }, (_, at) => `ABCDE-FGHJK-LMNP${at}`);

function isUnderToast(element: Element): boolean {
  const toast = document.querySelector(".toast")?.getBoundingClientRect();
  if (toast === undefined) throw Error("there is no toast");
  const { top, bottom, left, right } = element.getBoundingClientRect();
  return top < toast.bottom && bottom > toast.top && left < toast.right && right > toast.left;
}

test("no toast lies over recovery codes or what is done with them, wherever the page is scrolled to", () => {
  draw(
    <section class="page-section">
      <div style={{ blockSize: "240px" }} />
      <FactorShown shown={[{ kind: "recovery-codes", codes }]} of={OF} />
      <div style={{ blockSize: "600px" }} />
    </section>,
  );
  const read = [...document.querySelectorAll(".recovery-codes li, .page-section button")];
  expect(read.length).toBeGreaterThanOrEqual(13);
  for (let top = 0; top <= document.documentElement.scrollHeight; top += 50) {
    scrollTo(0, top);
    expect(read.filter(isUnderToast)).toEqual([]);
  }
});

test("nor over the last button of a page that is scrolled to its end, nor over what the keyboard comes to", () => {
  const button = (name: string) => <button type="button">{name}</button>;
  draw(
    <section class="page-section">
      <div style={{ blockSize: "640px" }} />
      {button("middle")}
      <div style={{ blockSize: "300px" }} />
      {button("last")}
    </section>,
  );
  const [middle, last] = document.querySelectorAll<HTMLElement>(".page-section button");
  scrollTo(0, 0);
  middle?.focus();
  expect([middle].filter((each) => each === undefined || isUnderToast(each))).toEqual([]);
  scrollTo(0, document.documentElement.scrollHeight);
  expect([last].filter((each) => each === undefined || isUnderToast(each))).toEqual([]);
});
