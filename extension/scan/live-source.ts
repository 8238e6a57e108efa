import { err, ok, type Result } from "../../shared/result.ts";

/** Why a camera, or what another window shows, is not or no longer to be seen. */
export type LiveFailure = {
  readonly reason:
    | "camera-denied"
    | "camera-not-answered"
    | "camera-off-in-system"
    | "no-camera"
    | "camera-busy"
    | "camera-ended"
    | "camera-out-of-sight"
    | "screen-not-chosen"
    | "screen-off-in-system"
    | "screen-failed"
    | "screen-ended"
    | "screen-out-of-sight";
};

export type LiveKind = "camera" | "screen";

export type Camera = { readonly id: string; readonly label: string };

/** Something that shows moving pictures, until it is released. */
export type LiveSource = {
  readonly kind: LiveKind;
  readonly stream: MediaStream;
  /** Its pictures are drawn mirrored, as people know themselves from mirrors; they are never read so. */
  readonly isMirrored: boolean;
  /** Which camera this is; null for a screen. */
  readonly cameraId: string | null;
};

/**
 * Switches a camera on; the browser may ask the person first.
 *
 * @param cameraId one of an earlier source's; null for the browser's choice, one that faces away if there is any
 */
export async function openCamera(cameraId: string | null): Promise<Result<LiveSource, LiveFailure>> {
  const which =
    cameraId === null ? { facingMode: { ideal: "environment" } } : { deviceId: { exact: cameraId } };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      // Enough for a code that fills a third of the picture; more only takes longer to look through.
      video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 } },
      audio: false,
    });
    const [track] = stream.getVideoTracks();
    const settings = track?.getSettings() ?? {};
    const isMirrored = facesPerson(settings.facingMode ?? null, track?.label ?? "");
    // Nothing is waited for here: whoever left meanwhile wants it off at once.
    return ok({ kind: "camera", stream, isMirrored, cameraId: settings.deviceId ?? null });
  } catch (error) {
    return err(cameraFailure(error));
  }
}

/** All cameras of this computer. Their names are told only once one of them was allowed. */
export async function listCameras(): Promise<Camera[]> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return devices
    .filter(({ kind, deviceId }) => kind === "videoinput" && deviceId !== "")
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

type DisplayOptions = DisplayMediaStreamOptions & {
  readonly controller?: object;
  readonly selfBrowserSurface?: "exclude";
  readonly monitorTypeSurfaces?: "include";
};
type FocusController = { setFocusBehavior(behavior: "no-focus-change"): void };

/** Has the person choose a window, a tab or the screen, in the browser's own dialog. Needs a press just before. */
export async function openScreen(): Promise<Result<LiveSource, LiveFailure>> {
  const Controller = (globalThis as { CaptureController?: new () => FocusController }).CaptureController;
  const controller = Controller === undefined ? null : new Controller();
  const options: DisplayOptions = {
    // A pointer would lie over the code, and a code does not move: few pictures a second are enough.
    video: { displaySurface: "window", frameRate: 10, cursor: "never" } as MediaTrackConstraints,
    audio: false,
    selfBrowserSurface: "exclude",
    monitorTypeSurfaces: "include",
    ...(controller !== null && { controller }),
  };
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia(options);
    // This window stays in front: what lies behind others counts as out of sight, and ends the looking.
    try {
      controller?.setFocusBehavior("no-focus-change");
    } catch {
      // It can't be said of a whole screen.
    }
    return ok({ kind: "screen", stream, isMirrored: false, cameraId: null });
  } catch (error) {
    return err(screenFailure(error));
  }
}

/** Switches the device off, or ends the sharing, at once. */
export function release({ stream }: LiveSource): void {
  for (const track of stream.getTracks()) track.stop();
}

/**
 * Whether a camera looks at whoever sits before the screen. Most cameras of computers say nothing of it, and stand above
 * the screen.
 *
 * @param facing the facingMode of Media Capture and Streams, section 4.3.5; null where it is not said
 */
export function facesPerson(facing: string | null, label: string): boolean {
  if (facing !== null && facing !== "") return facing === "user";
  return !/\b(back|rear|environment|world)\b|后置|背面/i.test(label);
}

/** Chromium tells a no from a question that was closed, and from the system's own no, in its words alone. */
export function cameraFailure(error: unknown): LiveFailure {
  const { name, message } = asError(error);
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      if (/dismiss/i.test(message)) return { reason: "camera-not-answered" };
      return { reason: /system/i.test(message) ? "camera-off-in-system" : "camera-denied" };
    case "NotReadableError":
    case "AbortError":
      return { reason: "camera-busy" };
    default:
      // NotFoundError, a chosen camera that was pulled out (OverconstrainedError), a browser without cameras (TypeError).
      return { reason: "no-camera" };
  }
}

export function screenFailure(error: unknown): LiveFailure {
  const { name, message } = asError(error);
  if (name !== "NotAllowedError") return { reason: "screen-failed" };
  return { reason: /system/i.test(message) ? "screen-off-in-system" : "screen-not-chosen" };
}

function asError(error: unknown): { name: string; message: string } {
  return error instanceof Error ? error : { name: "", message: "" };
}
