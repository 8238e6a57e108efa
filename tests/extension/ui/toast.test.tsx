import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Toast, type ToastContent } from "../../../extension/ui/toast.tsx";

let root: HTMLElement;
let closed: ReturnType<typeof vi.fn<() => void>>;

beforeEach(() => {
  vi.useFakeTimers();
  root = document.body.appendChild(document.createElement("div"));
  closed = vi.fn<() => void>();
});
afterEach(() => {
  render(null, root);
  root.remove();
  vi.useRealTimers();
});

function show(content: ToastContent): void {
  act(() => render(<Toast content={content} onClose={closed} />, root));
}
const done: ToastContent = { tone: "done", sentence: "Harbour is in the trash." };

test("what was done is said for four seconds", () => {
  show(done);
  expect(root.textContent).toContain("Harbour is in the trash.");
  vi.advanceTimersByTime(3_900);
  expect(closed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  expect(closed).toHaveBeenCalledOnce();
});

test("a reason to read stays until it is closed", () => {
  show({ tone: "warn", sentence: "No field was found." });
  vi.advanceTimersByTime(60_000);
  expect(closed).not.toHaveBeenCalled();
  root.querySelector<HTMLElement>(".toast-close")?.click();
  expect(closed).toHaveBeenCalledOnce();
});

test("what can be taken back is offered for twelve seconds", () => {
  show({ ...done, action: { label: "Undo", onChoose: () => {} } });
  vi.advanceTimersByTime(11_900);
  expect(closed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  expect(closed).toHaveBeenCalledOnce();
});

test("it waits for whoever has walked to its button", () => {
  const undo = vi.fn<() => void>();
  show({ ...done, action: { label: "Undo", onChoose: undo } });
  const button = root.querySelector("button");
  button?.focus();
  vi.advanceTimersByTime(20_000);
  expect(closed).not.toHaveBeenCalled();
  button?.click();
  expect(undo).toHaveBeenCalledOnce();
  button?.blur();
  vi.advanceTimersByTime(4_000);
  expect(closed).toHaveBeenCalledOnce();
});

test("another sentence gets its own four seconds", () => {
  show(done);
  vi.advanceTimersByTime(3_000);
  show({ ...done, sentence: "It is back in the list." });
  vi.advanceTimersByTime(3_000);
  expect(closed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_000);
  expect(closed).toHaveBeenCalledOnce();
});
