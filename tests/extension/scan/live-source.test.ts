import { afterEach, expect, test, vi } from "vitest";
import {
  cameraFailure,
  facesPerson,
  openCamera,
  openScreen,
  release,
  screenFailure,
} from "../../../extension/scan/live-source.ts";
import { contextOf, sheet } from "./qr-picture.ts";

afterEach(() => void vi.restoreAllMocks());

const refusal = (name: string, message = "") => new DOMException(message, name);

test.each([
  [refusal("NotAllowedError", "Permission denied"), "camera-denied"],
  [refusal("NotAllowedError", "Permission dismissed"), "camera-not-answered"],
  [refusal("NotAllowedError", "Permission denied by system"), "camera-off-in-system"],
  // Firefox's words for a no and for a question that was closed are the same.
  [refusal("NotAllowedError", "The request is not allowed by the user agent."), "camera-denied"],
  [refusal("NotFoundError", "Requested device not found"), "no-camera"],
  [refusal("OverconstrainedError"), "no-camera"],
  [new TypeError("navigator.mediaDevices is undefined"), "no-camera"],
  [refusal("NotReadableError", "Could not start video source"), "camera-busy"],
  [refusal("AbortError", "Timeout starting video source"), "camera-busy"],
])("%s is the reason %s", (error, reason) => {
  expect(cameraFailure(error)).toEqual({ reason });
});

test.each([
  [refusal("NotAllowedError", "Permission denied by user"), "screen-not-chosen"],
  [refusal("NotAllowedError", "Permission denied by system"), "screen-off-in-system"],
  [refusal("NotReadableError"), "screen-failed"],
  [refusal("AbortError"), "screen-failed"],
])("of a screen %s is the reason %s", (error, reason) => {
  expect(screenFailure(error)).toEqual({ reason });
});

test("a camera faces the person unless it says otherwise", () => {
  expect(facesPerson("user", "Back Camera")).toBe(true);
  expect(facesPerson("environment", "")).toBe(false);
  expect(facesPerson(null, "HD Webcam (04f2:b6dd)")).toBe(true);
  expect(facesPerson(null, "Surface Camera Rear")).toBe(false);
  expect(facesPerson(null, "Feedback Cam")).toBe(true);
});

/** A stream of a canvas in place of a device: its tracks are real. */
function standInStream(): MediaStream {
  const canvas = sheet(640, 480, []);
  contextOf(canvas);
  return canvas.captureStream(1);
}

test("what was opened is released track by track, and a refusal opens nothing", async () => {
  const stream = standInStream();
  const ask = vi.spyOn(navigator.mediaDevices, "getUserMedia").mockResolvedValue(stream);
  const opened = await openCamera(null);
  if (!opened.ok) throw Error(opened.error.reason);
  expect(opened.value).toMatchObject({ kind: "camera", isMirrored: true });
  expect(ask.mock.calls[0]?.[0]).toMatchObject({
    audio: false,
    video: { facingMode: { ideal: "environment" } },
  });
  release(opened.value);
  expect(stream.getTracks().map(({ readyState }) => readyState)).toEqual(["ended"]);

  ask.mockRejectedValue(refusal("NotReadableError"));
  expect(await openCamera("second")).toEqual({ ok: false, error: { reason: "camera-busy" } });
  expect(ask.mock.calls[1]?.[0]).toMatchObject({ video: { deviceId: { exact: "second" } } });
});

test("a shared window is never mirrored, never this one, and comes without sound", async () => {
  const ask = vi.spyOn(navigator.mediaDevices, "getDisplayMedia").mockResolvedValue(standInStream());
  const opened = await openScreen();
  expect(opened).toMatchObject({ ok: true, value: { kind: "screen", isMirrored: false, cameraId: null } });
  expect(ask.mock.calls[0]?.[0]).toMatchObject({ audio: false, selfBrowserSurface: "exclude" });
});
