import { afterEach, expect, test, vi } from "vitest";
import { followPointer } from "../../../extension/ui/follow-pointer.ts";

/** A pointer in the hand of a test: what it does reaches the document as the browser's own events do. */
const PRESS = { pointerId: 7, clientY: 100 };
let holder: HTMLElement;
let stop: () => void = () => {};
afterEach(async () => {
  stop();
  holder.remove();
  // Whatever waits for the pointer to be let go would swallow the clicks of the next tests.
  point("pointerup", 0);
  await new Promise((resolve) => setTimeout(resolve));
});

function follow({ mayMove = true } = {}) {
  holder = document.body.appendChild(document.createElement("div"));
  // The browser knows no pointer of this number.
  vi.spyOn(holder, "setPointerCapture").mockImplementation(() => {});
  const on = {
    view: () => ({ top: 0, bottom: 1000 }),
    scrollBy: vi.fn(),
    onBegin: vi.fn(() => mayMove),
    onMove: vi.fn(),
    onEnd: vi.fn(),
  };
  stop = followPointer(PRESS, holder, on);
  return on;
}
const point = (type: string, clientY: number, pointerId = PRESS.pointerId) =>
  document.dispatchEvent(new PointerEvent(type, { clientY, pointerId, bubbles: true }));
/** @returns whether somebody hears of it */
function click(): boolean {
  const heard = vi.fn();
  holder.addEventListener("click", heard, { once: true });
  holder.click();
  return heard.mock.calls.length > 0;
}

test("a press that trembles and is let go is a click, and no drag", () => {
  const on = follow();
  point("pointermove", 103);
  point("pointerup", 103);
  expect(on.onBegin).not.toHaveBeenCalled();
  expect(on.onEnd).not.toHaveBeenCalled();
  expect(click()).toBe(true);
});

test("one that moves is a drag that ends where it is let go, and the click after it is nobody's", async () => {
  const on = follow();
  point("pointermove", 110);
  point("pointermove", 300);
  point("pointerup", 300);
  expect(on.onMove.mock.calls).toEqual([[110], [300]]);
  expect(on.onEnd.mock.calls).toEqual([["dropped"]]);
  expect(click()).toBe(false);
  await new Promise((resolve) => setTimeout(resolve));
  expect(click()).toBe(true);
});

test("Escape cancels it, and reaches nobody else; other keys wait", () => {
  const on = follow();
  const heard = vi.fn();
  const press = (key: string) => {
    document.addEventListener("keydown", heard, { once: true });
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  };
  point("pointermove", 200);
  press("Enter");
  press("Escape");
  expect(heard).not.toHaveBeenCalled();
  expect(on.onEnd.mock.calls).toEqual([["cancelled"]]);
  press("Escape");
  expect(heard).toHaveBeenCalledOnce();
});

test.each(["pointercancel", "contextmenu"])("%s cancels it", (ending) => {
  const on = follow();
  point("pointermove", 200);
  point(ending, 200);
  expect(on.onEnd.mock.calls).toEqual([["cancelled"]]);
});

test("a second finger cancels it, and a finger that was there before moves nothing", () => {
  const on = follow();
  point("pointermove", 500, 8);
  expect(on.onBegin).not.toHaveBeenCalled();
  point("pointermove", 200);
  point("pointerdown", 300, 8);
  expect(on.onEnd.mock.calls).toEqual([["cancelled"]]);
});

test("what may not be moved is not followed, and letting it go is no click", () => {
  const on = follow({ mayMove: false });
  point("pointermove", 200);
  point("pointermove", 300);
  point("pointerup", 300);
  expect(on.onMove).not.toHaveBeenCalled();
  expect(click()).toBe(false);
});

test("near an edge the list scrolls towards it, faster the longer it lasts, and not in the middle", async () => {
  const on = follow();
  point("pointermove", 500);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(on.scrollBy).not.toHaveBeenCalled();
  point("pointermove", 999);
  await vi.waitFor(() => expect(on.scrollBy.mock.calls.length).toBeGreaterThan(5));
  expect(on.scrollBy.mock.calls.every(([by]) => by >= 0)).toBe(true);
  point("pointermove", 1);
  on.scrollBy.mockClear();
  await vi.waitFor(() => expect(on.scrollBy.mock.calls.length).toBeGreaterThan(5));
  expect(on.scrollBy.mock.calls.every(([by]) => by <= 0)).toBe(true);
});
