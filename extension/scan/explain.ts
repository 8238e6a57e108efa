import type { PageKind } from "./explain-tab-url.ts";
import type { ForeignPayload } from "./foreign-payload.ts";
import type { LiveFailure } from "./live-source.ts";
import type { ScanFailure } from "./scan-outcome.ts";

/** What went wrong, as one sentence each in the catalogues; "refused" is worded by the refusal's own reason. */
export type ScanMessage =
  | Exclude<PageKind, "web" | "unknown">
  | Exclude<ScanFailure["reason"], "not-otp" | "stopped">
  | ForeignPayload;

/** What was looked at: it decides what helps. */
export type ScanWay = "page" | "area" | "picture" | "live";

/** What the person may do about it, the likeliest first. */
export type NextStep =
  | "scan-again"
  /** Draw a frame around the code, on a picture of the page. */
  | "choose-area"
  /** Draw the frame closer or wider. */
  | "draw-again"
  /** Take the photo from closer, or cut the picture down to the code. */
  | "picture-closer"
  /** Let another window, or the whole screen, be looked at. */
  | "share-screen"
  /** Allow the camera at the sign in the address bar. */
  | "allow-camera"
  /** Allow the browser the camera, or the recording of the screen, in the settings of the system. */
  | "allow-in-system"
  /** Plug a camera in. */
  | "connect-camera"
  /** Close the program that has the camera. */
  | "free-camera"
  /** Keep our window in front, beside what it looks at. */
  | "keep-in-sight"
  /** Make the page larger (Ctrl and +), so that the code is drawn larger, and scan again. */
  | "zoom-in"
  /** Bring the tab with the code to the front. */
  | "show-tab"
  /** Reload or click into the page, then press the button again: the browser's permission is for one visit. */
  | "ask-again"
  /** Switch on "Allow access to file URLs" for the extension. */
  | "allow-files"
  /** Save or photograph the code and open the picture here. */
  | "open-image"
  /** At the site choose "another authenticator app", "can't use the app", "set up without the app". */
  | "choose-other-app"
  /** Read it in the section Teams instead. */
  | "to-teams"
  /** Look for the secret or setup key beside the code and type it in. */
  | "type-in";

export type ScanExplanation = { readonly message: ScanMessage; readonly next: readonly NextStep[] };

const OWN: ReadonlySet<ForeignPayload> = new Set([
  "countersign-kit",
  "countersign-device",
  "countersign-code",
]);
const PUSH: ReadonlySet<ForeignPayload> = new Set(["microsoft-push", "duo-push", "okta-push", "rsa-securid"]);

/** Why a scan gave nothing and what next; null where the person stopped it and needs no explanation. */
export function explainScan(why: ScanFailure, way: ScanWay): ScanExplanation | null {
  switch (why.reason) {
    case "stopped":
      return null;
    case "page-not-allowed":
      return explainPage(why.page);
    case "not-otp":
      return { message: why.what, next: afterForeign(why.what) };
    case "no-permission":
      return { message: why.reason, next: ["ask-again", "open-image"] };
    case "no-tab":
    case "tab-not-visible":
      return { message: why.reason, next: ["show-tab"] };
    case "image-too-small":
    case "nothing-found":
    case "code-unreadable":
      return { message: why.reason, next: closerLook(why.reason, way) };
    case "timed-out":
      return { message: why.reason, next: ["scan-again", "choose-area", "open-image", "type-in"] };
    case "too-many-captures":
      return { message: why.reason, next: ["scan-again", "open-image"] };
    case "refused":
      return { message: why.reason, next: ["scan-again", "type-in"] };
    case "capture-failed":
      return { message: why.reason, next: ["share-screen", "open-image", "type-in"] };
    case "camera-denied":
    case "camera-not-answered":
    case "camera-off-in-system":
    case "no-camera":
    case "camera-busy":
    case "camera-ended":
    case "camera-out-of-sight":
    case "screen-not-chosen":
    case "screen-off-in-system":
    case "screen-failed":
    case "screen-ended":
    case "screen-out-of-sight":
      return { message: why.reason, next: AFTER_LIVE_FAILURE[why.reason] };
    case "forbidden-by-policy":
    case "decoder-failed":
    case "not-an-image":
    case "too-large":
      return { message: why.reason, next: ["open-image", "type-in"] };
  }
}

function afterForeign(what: ForeignPayload): readonly NextStep[] {
  if (OWN.has(what)) return ["to-teams"];
  return PUSH.has(what) ? ["choose-other-app"] : ["scan-again", "type-in"];
}

const AFTER_LIVE_FAILURE: Readonly<Record<LiveFailure["reason"], readonly NextStep[]>> = {
  "camera-denied": ["allow-camera", "scan-again", "open-image"],
  "camera-not-answered": ["scan-again", "open-image"],
  "camera-off-in-system": ["allow-in-system", "scan-again", "open-image"],
  "no-camera": ["connect-camera", "scan-again", "open-image"],
  "camera-busy": ["free-camera", "scan-again", "open-image"],
  "camera-ended": ["connect-camera", "scan-again", "open-image"],
  "camera-out-of-sight": ["keep-in-sight", "scan-again"],
  "screen-not-chosen": ["scan-again", "open-image"],
  "screen-off-in-system": ["allow-in-system", "scan-again", "open-image"],
  "screen-failed": ["scan-again", "open-image"],
  "screen-ended": ["scan-again"],
  "screen-out-of-sight": ["keep-in-sight", "scan-again"],
};

/** Where something was looked at and no code could be read: how to look closer, by what it was. */
function closerLook(
  reason: "image-too-small" | "nothing-found" | "code-unreadable",
  way: ScanWay,
): readonly NextStep[] {
  if (way === "area") return reason === "image-too-small" ? ["zoom-in"] : ["draw-again", "zoom-in"];
  if (way === "picture" || way === "live") return ["picture-closer"];
  if (reason === "image-too-small") return ["zoom-in", "choose-area", "type-in"];
  return ["choose-area", "zoom-in", "open-image", "type-in"];
}

function explainPage(page: PageKind): ScanExplanation {
  const around = ["share-screen", "open-image", "type-in"] as const;
  if (page === "web" || page === "unknown") return { message: "page-not-allowed", next: around };
  return { message: page, next: page === "file" ? ["allow-files", "share-screen", "open-image"] : around };
}
