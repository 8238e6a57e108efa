import { describe, expect, it, onTestFinished, vi } from "vitest";
import { readyField } from "../../../extension/autofill/ready-field.ts";
import { noteTouches } from "../../../extension/autofill/touched-fields.ts";
import { watchPage } from "../../../extension/autofill/watch-page.ts";
import { type ShownPage, showPage } from "./show-page.ts";

const FIELD = `<label>Authentication code <input name="code" inputmode="numeric"></label>`;
const SIGN_IN = `<form><label>Email <input type="email" name="user"></label>
<label>Password <input type="password" name="password"></label>
<label>Two-factor code <input name="code" inputmode="numeric"></label><button>Sign in</button></form>`;

/** Longer than a look takes to come; what has not rung by then does not ring. */
const pause = (ms = 700) => new Promise((done) => setTimeout(done, ms));

function watch(page: ShownPage, answer: "keep" | "stop" = "keep") {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const ring = vi.fn(async () => answer);
  watchPage(page.document, ring, controller);
  return { ring, controller };
}
const rung = (ring: { mock: { calls: unknown[] } }, times: number) =>
  expect.poll(() => ring.mock.calls.length, { timeout: 5_000 }).toBe(times);

function add(page: ShownPage, html: string): HTMLElement {
  const box = page.document.createElement("div");
  box.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  page.document.body.append(box);
  return box;
}

describe("a watched page", () => {
  it("rings for a field that is there, once", async () => {
    const { ring } = watch(await showPage(FIELD));
    await rung(ring, 1);
    await pause();
    expect(ring).toHaveBeenCalledTimes(1);
  });

  it("rings for a field that is added later, or shown later", async () => {
    const late = await showPage("<p>Loading</p>");
    const first = watch(late);
    await pause(100);
    add(late, FIELD);
    await rung(first.ring, 1);

    const hidden = await showPage(`<section class="step">${FIELD}</section>`, { css: ".step{display:none}" });
    const second = watch(hidden);
    await pause();
    expect(second.ring).not.toHaveBeenCalled();
    hidden.document.querySelector("section")!.className = "";
    await rung(second.ring, 1);
  });

  it("rings for a field that a component draws into its shadow root", async () => {
    const page = await showPage("<div id=host></div>");
    const { ring } = watch(page);
    await pause(300);
    const root = page.document.querySelector("#host")!.attachShadow({ mode: "open" });
    root.append(...add(page, FIELD).childNodes);
    await rung(ring, 1);
  });

  it("does not ring for what takes no code", async () => {
    const page = await showPage(`<input type="search" name="q"><input type="password" name="password">`);
    const { ring } = watch(page);
    add(page, `<label>Card number <input autocomplete="cc-number"></label>`);
    await pause();
    expect(ring).not.toHaveBeenCalled();
  });

  it("does not ring while somebody types elsewhere or a password is still to come, and rings at its turn", async () => {
    const page = await showPage(SIGN_IN);
    const [user, password, code] = page.document.querySelectorAll("input");
    user!.focus();
    const { ring } = watch(page);
    await pause();
    password!.focus();
    password!.value = "correct horse";
    await pause();
    expect(ring).not.toHaveBeenCalled();
    code!.focus();
    await rung(ring, 1);
  });

  it("does not ring again for a field that the person has emptied", async () => {
    const page = await showPage(FIELD);
    const { ring } = watch(page);
    await rung(ring, 1);
    const field = page.document.querySelector("input")!;
    field.value = "123456";
    field.focus();
    page.document.execCommand("selectAll");
    page.document.execCommand("delete");
    field.blur();
    // Whatever was rung for in vain is rung for anew when the page comes to the front: not this one.
    page.document.dispatchEvent(new Event("visibilitychange"));
    await pause();
    expect(field.value).toBe("");
    expect(ring).toHaveBeenCalledTimes(1);
  });

  it("that never rests is looked at a few times a second at most, and makes a record for each look alone", async () => {
    const page = await showPage("<div id=busy></div>");
    const observers = vi.spyOn(MutationObserver.prototype, "observe");
    onTestFinished(() => observers.mockRestore());
    const { ring } = watch(page);
    const until = performance.now() + 1_500;
    while (performance.now() < until) {
      for (let at = 0; at < 50; at += 1) add(page, "<p>another</p>");
      await new Promise((done) => setTimeout(done, 10));
    }
    expect(observers.mock.calls.length).toBeLessThanOrEqual(10);
    expect(ring).not.toHaveBeenCalled();
  });

  it("asks once whether it goes on when it was gone back to, and ends where it was to end meanwhile", async () => {
    const show = (page: ShownPage, persisted: boolean) =>
      page.document.defaultView!.dispatchEvent(new PageTransitionEvent("pageshow", { persisted }));
    const page = await showPage("<p>No field</p>");
    const kept = watch(page);
    show(page, false);
    expect(kept.ring).not.toHaveBeenCalled();
    show(page, true);
    await rung(kept.ring, 1);
    expect(kept.controller.signal.aborted).toBe(false);
    const ended = watch(page, "stop");
    show(page, true);
    await expect.poll(() => ended.controller.signal.aborted).toBe(true);
    show(page, true);
    expect(ended.ring).toHaveBeenCalledTimes(1);
  });

  it("leaves no observer, no listener and no timer once it has ended, by whichever way", async () => {
    const observe = vi.spyOn(MutationObserver.prototype, "observe");
    const disconnect = vi.spyOn(MutationObserver.prototype, "disconnect");
    onTestFinished(() => {
      observe.mockRestore();
      disconnect.mockRestore();
    });
    const stoppedByAnswer = await showPage(FIELD);
    const { ring } = watch(stoppedByAnswer, "stop");
    await rung(ring, 1);
    await pause(50);
    expect(disconnect).toHaveBeenCalled();
    const looks = observe.mock.calls.length;
    add(stoppedByAnswer, FIELD);
    stoppedByAnswer.document.querySelector("input")!.focus();
    stoppedByAnswer.document.dispatchEvent(new Event("visibilitychange"));
    await pause();
    expect(observe.mock.calls.length).toBe(looks);
    expect(ring).toHaveBeenCalledTimes(1);
  });
});

describe("a field is ready to be filled by itself", () => {
  const kindOf = async (html: string) => readyField((await showPage(html)).document).kind;

  it("where it is sure, alone and empty", async () => {
    expect(await kindOf(FIELD)).toBe("ready");
    expect(await kindOf(`<label>Code from your authenticator app <input name="x" value="12"></label>`)).toBe(
      "wait",
    );
    expect(await kindOf("<input name=q type=search>")).toBe("none");
  });

  it("not where two codes that follow each other are wanted", async () => {
    const two = `<form><label>MFA code 1 <input name="code1"></label><label>MFA code 2 <input name="code2"></label></form>`;
    expect(await kindOf(two)).toBe("none");
  });

  it("not where the person has typed, even if they emptied it again; a page that empties its own field asks again", async () => {
    const page = await showPage(FIELD);
    const field = page.document.querySelector("input")!;
    const controller = new AbortController();
    noteTouches(page.document, controller.signal);
    field.value = "123456";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    field.value = "";
    expect(readyField(page.document).kind).toBe("ready");
    field.focus();
    // The browser makes the same events for this as for a key.
    page.document.execCommand("insertText", false, "1");
    page.document.execCommand("delete");
    expect(field.value).toBe("");
    expect(readyField(page.document).kind).toBe("none");
    controller.abort();
    expect(readyField(page.document).kind).toBe("ready");
  });
});
