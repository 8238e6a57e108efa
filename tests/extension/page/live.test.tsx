import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LivePage } from "../../../extension/entrypoints/page/live.tsx";
import { en } from "../../../extension/ui/messages/en.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";
import { pressEscape } from "../../support/press-escape.ts";
import { sheet } from "../scan/qr-picture.ts";

/** The section for the camera, with a canvas in place of the device: its tracks are real. */
let streams: MediaStream[] = [];

beforeEach(() => {
  streams = [];
});
afterEach(async () => {
  await act(() => render(null, document.body));
  vi.restoreAllMocks();
});

function aStream(): MediaStream {
  const stream = sheet(320, 240, []).captureStream(5);
  streams.push(stream);
  return stream;
}

const states = () => streams.flatMap((stream) => stream.getTracks().map(({ readyState }) => readyState));

async function begin(): Promise<void> {
  const page = <LivePage kind="camera" begin="at-once" vault={{ kind: "none" }} say={() => {}} />;
  await act(() => render(page, document.body));
}

test("a camera that is allowed after the section was left, or the vault locked, is released unseen", async () => {
  let allow: (stream: MediaStream) => void = () => {};
  vi.spyOn(navigator.mediaDevices, "getUserMedia").mockReturnValue(
    new Promise((resolve) => {
      allow = resolve;
    }),
  );
  await begin();
  expect(document.body.textContent).toContain(en["live.camera-asking"]);
  await act(() => render(null, document.body));
  allow(aStream());
  await vi.waitFor(() => expect(states()).toEqual(["ended"]));
});

test("leaving the page releases the camera", async () => {
  vi.spyOn(navigator.mediaDevices, "getUserMedia").mockImplementation(async () => aStream());
  await begin();
  await vi.waitFor(() => expect(document.querySelector("video")).not.toBeNull());
  expect(states()).toEqual(["live"]);
  await act(() => void dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  expect(states()).toEqual(["ended"]);
  expect(document.querySelector("video")).toBeNull();
});

test("a camera that is pulled out is said, and one that is busy too; the focus is on trying again", async () => {
  const ask = vi.spyOn(navigator.mediaDevices, "getUserMedia").mockImplementation(async () => aStream());
  await begin();
  await vi.waitFor(() => expect(document.querySelector("video")).not.toBeNull());
  await act(() => void streams[0]?.getTracks()[0]?.dispatchEvent(new Event("ended")));
  expect(document.body.textContent).toContain(en["scan.camera-ended"]);
  expect(document.activeElement?.textContent).toContain(en["scan-next.try-again"]);

  ask.mockRejectedValue(new DOMException("Could not start video source", "NotReadableError"));
  await act(() => (document.activeElement as HTMLElement).click());
  await vi.waitFor(() => expect(document.body.textContent).toContain(en["scan.camera-busy"]));
  expect(document.body.textContent).toContain(en["scan-next.free-camera"]);
});

const closed = () => fakeApi.callsOf("tabs.remove").length;

test("Escape ends the browser's question for the camera first, and closes the window the next time", async () => {
  vi.spyOn(navigator.mediaDevices, "getUserMedia").mockReturnValue(new Promise(() => {}));
  await begin();
  expect(document.body.textContent).toContain(en["live.camera-asking"]);
  await pressEscape();
  expect(document.body.textContent).toContain(en["live.camera-start"]);
  expect(closed()).toBe(0);
  await pressEscape();
  await vi.waitFor(() => expect(closed()).toBe(1));
});

test("Escape closes the window that is looking and has found nothing yet", async () => {
  vi.spyOn(navigator.mediaDevices, "getUserMedia").mockImplementation(async () => aStream());
  await begin();
  await vi.waitFor(() => expect(document.querySelector("video")).not.toBeNull());
  await pressEscape();
  await vi.waitFor(() => expect(closed()).toBe(1));
});
