import type { Session } from "../browser/devtools.ts";
import { evaluate, evaluateScript } from "../browser/evaluate.ts";
import { withPatience } from "../browser/patience.ts";
import { type Spread, spreadOf } from "../statistics.ts";
import { formatRatio, formatSpread, formatTable } from "../table.ts";
import type { BenchBrowser } from "./bench-browser.ts";
import { PASSPHRASE } from "./seed-vaults.ts";
import type { BenchVault } from "./vault-in-page.ts";

const ROUNDS = 9;

export type Unlocks = {
  /** From Enter to the first code painted, in milliseconds. */
  readonly unlock: Spread;
  /** One bare Argon2id with the same parameters in the same page. */
  readonly argon2id: Spread;
};

/** Locks the vault, opens the popup, types the passphrase, presses Enter; then stretches once more for comparison. */
export async function measureUnlocks(
  browser: BenchBrowser,
  entries: number,
  vaultScript: string,
): Promise<Unlocks> {
  const id = browser.idsByCount.get(entries);
  if (id === undefined) throw Error(`no popup has ${entries} entries`);
  const unlocks: number[] = [];
  const stretches: number[] = [];
  const first = await browser.openTab(`chrome-extension://${id}/page.html`);
  await evaluateScript(first.session, vaultScript);
  await evaluate(first.session, lockVault);
  for (let round = 0; round < ROUNDS; round++) {
    const popup = await browser.open("popup", id);
    await popup.loaded;
    unlocks.push(await unlock(popup.session));
    await evaluateScript(popup.session, vaultScript);
    stretches.push(await evaluate(popup.session, stretch));
    // The last one is left open, as it was found.
    if (round < ROUNDS - 1) await evaluate(popup.session, lockVault);
    await popup.close();
  }
  return { unlock: spreadOf(unlocks), argon2id: spreadOf(stretches) };
}

export function unlocksTable({ unlock, argon2id }: Unlocks): string {
  return formatTable(
    "Unlocking, Enter to first code painted",
    ["", "median (quartiles)", "of one Argon2id"],
    [
      ["one bare Argon2id", formatSpread(argon2id), formatRatio(argon2id.median, argon2id.median)],
      ["unlocking", formatSpread(unlock), formatRatio(unlock.median, argon2id.median)],
    ],
  );
}

async function unlock(session: Session): Promise<number> {
  await withPatience("the popup was not locked", evaluate(session, passphraseField));
  await evaluate(session, watchEnter);
  await session.send("Input.insertText", { text: PASSPHRASE });
  const enter = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13, text: "\r" };
  await session.send("Input.dispatchKeyEvent", { type: "keyDown", ...enter });
  const ms = await withPatience("the vault was not unlocked", evaluate(session, unlocked));
  await session.send("Input.dispatchKeyEvent", { type: "keyUp", key: "Enter" });
  return ms;
}

type InPage = { benchVault: BenchVault; benchUnlock: Promise<number> };

function lockVault(): Promise<void> {
  return (globalThis as unknown as InPage).benchVault.lock();
}
function stretch(): Promise<number> {
  return (globalThis as unknown as InPage).benchVault.stretch();
}
function unlocked(): Promise<number> {
  return (globalThis as unknown as InPage).benchUnlock;
}

/** Runs in the page: waits for the field that has the focus. */
async function passphraseField(): Promise<void> {
  while (!document.activeElement?.matches("input[type=password]")) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Runs in the page: waits for Enter, then for the first code, then for the frame that shows it. */
function watchEnter(): void {
  const benchUnlock = new Promise<number>((resolve) => {
    const onKey = ({ key, timeStamp }: KeyboardEvent) => {
      if (key !== "Enter") return;
      const observer = new MutationObserver(() => {
        if (document.querySelector("[data-code]") === null) return;
        observer.disconnect();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - timeStamp);
          port2.postMessage(null);
        });
      });
      observer.observe(document, { childList: true, subtree: true });
    };
    document.addEventListener("keydown", onKey, { capture: true });
  });
  Object.assign(globalThis, { benchUnlock });
}
