import type { Session } from "../browser/devtools.ts";
import { evaluate } from "../browser/evaluate.ts";
import { pause, withPatience } from "../browser/patience.ts";
import { type Spread, spreadOf } from "../statistics.ts";
import { formatRatio, formatSpread, formatTable } from "../table.ts";
import type { BenchBrowser, OpenedPage } from "./bench-browser.ts";

const ROUNDS = 3;
/** Each leaves another number of rows than the one before. Backspace after each brings all of them back. */
const LETTERS = ["g", "7", "w"];

export type Keystrokes = {
  /** From the key to the painted list, in milliseconds. */
  readonly list: Spread;
  /** The same until each row in sight has its code. */
  readonly codes: Spread;
  /** The same key in a plain page that changes one line of text. */
  readonly plain: Spread;
};

/** Types into the search field of a popup with that many entries, by turns with a field in the empty extension. */
export async function measureKeystrokes(browser: BenchBrowser, entries: number): Promise<Keystrokes> {
  const id = browser.idsByCount.get(entries);
  if (id === undefined) throw Error(`no popup has ${entries} entries`);
  const product: KeyTimes[] = [];
  const plain: KeyTimes[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const popup = await browser.open("popup", id);
    await popup.firstCode;
    // What the popup does after its first painting is not the key's.
    await pause(1000);
    product.push(...(await typeLetters(popup)));
    await popup.close();

    const empty = await browser.open("popup", browser.emptyId);
    await empty.firstCode;
    await evaluate(empty.session, addPlainSearch);
    plain.push(...(await typeLetters(empty)));
    await empty.close();
  }
  return {
    list: spreadOf(product.map(({ list }) => list)),
    codes: spreadOf(product.map(({ codes }) => codes)),
    plain: spreadOf(plain.map(({ list }) => list)),
  };
}

export function keystrokesTable(entries: number, { list, codes, plain }: Keystrokes): string {
  return formatTable(
    `A key in the search field to the painted list, at ${entries.toLocaleString("en")} entries`,
    ["", "median (quartiles)", "of a plain page"],
    [
      ["a plain page", formatSpread(plain), formatRatio(plain.median, plain.median)],
      ["the filtered list", formatSpread(list), formatRatio(list.median, plain.median)],
      ["with a code in each row", formatSpread(codes), formatRatio(codes.median, plain.median)],
    ],
  );
}

async function typeLetters({ session }: OpenedPage): Promise<KeyTimes[]> {
  const times: KeyTimes[] = [];
  for (const letter of LETTERS) {
    times.push(await typeKey(session, { key: letter, text: letter }));
    times.push(await typeKey(session, { key: "Backspace", code: "Backspace", windowsVirtualKeyCode: 8 }));
  }
  return times;
}

type Key = { key: string; text?: string; code?: string; windowsVirtualKeyCode?: number };

async function typeKey(session: Session, key: Key): Promise<KeyTimes> {
  await evaluate(session, watchNextKey);
  await session.send("Input.dispatchKeyEvent", { type: key.text ? "keyDown" : "rawKeyDown", ...key });
  const times = await withPatience(
    `no list was painted after ${key.key}`,
    evaluate(session, () => (globalThis as unknown as Watched).benchKey),
  );
  await session.send("Input.dispatchKeyEvent", { type: "keyUp", key: key.key });
  await pause(100);
  return times;
}

type KeyTimes = { readonly list: number; readonly codes: number };
type Watched = { benchKey: Promise<KeyTimes> };

/** Runs in the page: waits for a key, then for the list to have another length, then for the frames that show it. */
function watchNextKey(): void {
  const list = document.querySelector("#codes");
  if (list === null) throw Error("there is no list");
  const painted = () =>
    new Promise<number>((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      }),
    );
  const changed = (options: MutationObserverInit, isDone: () => boolean) =>
    new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!isDone()) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(list, options);
    });
  const allHaveCodes = () =>
    [...list.querySelectorAll("[role=row][aria-selected]")].every((row) => row.querySelector("[data-code]"));
  const benchKey = new Promise<{ list: number; codes: number }>((resolve) => {
    const onKey = async ({ timeStamp }: KeyboardEvent) => {
      await changed({ attributeFilter: ["aria-rowcount"] }, () => true);
      const hadCodes = allHaveCodes();
      const opened = hadCodes ? null : changed({ subtree: true, childList: true }, allHaveCodes);
      const shown = await painted();
      await opened;
      resolve({ list: shown - timeStamp, codes: (hadCodes ? shown : await painted()) - timeStamp });
    };
    document.addEventListener("keydown", (event) => void onKey(event), { capture: true, once: true });
  });
  Object.assign(globalThis, { benchKey });
}

/** Runs in the empty popup: a field and a line of text that follows it. */
function addPlainSearch(): void {
  const [field, line] = [document.createElement("input"), document.createElement("p")];
  line.id = "codes";
  let keys = 0;
  field.addEventListener("input", () => {
    line.textContent = field.value;
    line.setAttribute("aria-rowcount", String(++keys));
  });
  document.body.append(field, line);
  field.focus();
}
