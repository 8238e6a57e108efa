import { render } from "preact";
import { useState } from "preact/hooks";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useKeptFocus } from "../../../extension/ui/use-kept-focus.ts";

/** What has the focus once a control that had it is gone. */
let root: HTMLElement;

beforeEach(() => {
  root = document.body.appendChild(document.createElement("div"));
});
afterEach(() => {
  render(null, root);
  root.remove();
});

function Rows() {
  const [rows, setRows] = useState(["alice", "bob", "eve"]);
  return (
    <section>
      <h2>People</h2>
      <ul>
        {rows.map((name) => (
          <li key={name}>
            <button type="button">open {name}</button>
            <button type="button" onClick={() => setRows(rows.filter((each) => each !== name))}>
              remove {name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Question() {
  const [asking, setAsking] = useState(false);
  return (
    <section>
      <h2>Trash</h2>
      {asking ? (
        <p>
          <button type="button" onClick={() => setAsking(false)}>
            no
          </button>
        </p>
      ) : (
        <button type="button" onClick={() => setAsking(true)}>
          empty it
        </button>
      )}
    </section>
  );
}

function Toast() {
  const [open, setOpen] = useState(true);
  return (
    <p>
      {open && (
        <button type="button" onClick={() => setOpen(false)}>
          undo
        </button>
      )}
    </p>
  );
}

function Slow({ done }: { done: Promise<void> }) {
  const [state, setState] = useState<"idle" | "busy" | "none-left">("idle");
  return (
    <section aria-busy={state === "busy"}>
      <h2>Slow</h2>
      <button
        type="button"
        disabled={state !== "idle"}
        onClick={() => {
          setState("busy");
          void done.then(() => setState("idle"));
        }}
      >
        work
      </button>
      <button type="button" disabled={state === "none-left"} onClick={() => setState("none-left")}>
        use up
      </button>
    </section>
  );
}

function Page({ done = Promise.resolve() }: { done?: Promise<void> }) {
  useKeptFocus();
  return (
    <main>
      <h1 tabIndex={-1}>Title</h1>
      <Rows />
      <Question />
      <Toast />
      <Slow done={done} />
    </main>
  );
}

const focused = () => document.activeElement?.textContent;
const show = async (done?: Promise<void>) => {
  render(<Page {...(done && { done })} />, root);
  await vi.waitFor(() => expect(root.querySelectorAll("li")).toHaveLength(3));
  // Effects come after the picture.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
};
function press(name: string): void {
  const button = [...root.querySelectorAll("button")].find((each) => each.textContent === name);
  button?.focus();
  expect(focused()).toBe(name);
  button?.click();
}
const becomes = (name: string) => vi.waitFor(() => expect(focused()).toBe(name));

test("it goes on to the same control of the next row, then of the one above, then to the heading", async () => {
  await show();
  press("remove bob");
  await becomes("remove eve");
  press("remove eve");
  await becomes("remove alice");
  press("remove alice");
  await becomes("People");
});

test("it goes into a question that takes a button's place, and back", async () => {
  await show();
  press("empty it");
  await becomes("no");
  press("no");
  await becomes("empty it");
});

test("beside every section it goes to the list of the page, and without one to the title", async () => {
  await show();
  press("undo");
  await becomes("Title");
});

test("a button that waits for its own work has it again afterwards; one that can do no more gives it up", async () => {
  let finish = () => {};
  await show(new Promise((resolve) => (finish = resolve)));
  press("work");
  await vi.waitFor(() => expect(document.activeElement).toBe(document.body));
  finish();
  await becomes("work");
  press("use up");
  await becomes("Slow");
});

test("whoever left by a click beside everything is left alone", async () => {
  await show();
  const button = [...root.querySelectorAll("button")].find((each) => each.textContent === "undo");
  button?.focus();
  root.querySelector("h2")?.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  button?.blur();
  button?.click();
  await vi.waitFor(() => expect(root.textContent).not.toContain("undo"));
  expect(document.activeElement).toBe(document.body);
});

test("a key that is held down presses nothing more", async () => {
  await show();
  press("remove alice");
  await becomes("remove bob");
  const held = new KeyboardEvent("keydown", { key: "Enter", repeat: true, bubbles: true, cancelable: true });
  document.activeElement?.dispatchEvent(held);
  expect(held.defaultPrevented).toBe(true);
});
