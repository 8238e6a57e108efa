import type { PageKind } from "./explain-tab-url.ts";
import type { ForeignPayload } from "./foreign-payload.ts";
import type { ScanFailure } from "./scan-outcome.ts";

/** What went wrong, as one sentence each in the catalogues; "refused" is worded by the refusal's own reason. */
export type ScanMessage =
  | Exclude<PageKind, "web" | "unknown">
  | Exclude<ScanFailure["reason"], "not-otp" | "stopped">
  | ForeignPayload;

/** What the person may do about it, the likeliest first. */
export type NextStep =
  | "scan-again"
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
  /** Look for the secret or setup key beside the code and type it in. */
  | "type-in";

export type ScanExplanation = { readonly message: ScanMessage; readonly next: readonly NextStep[] };

const PUSH: ReadonlySet<ForeignPayload> = new Set(["microsoft-push", "duo-push", "okta-push", "rsa-securid"]);

/** Why a scan gave nothing and what next; null where the person stopped it and needs no explanation. */
export function explainScan(why: ScanFailure): ScanExplanation | null {
  switch (why.reason) {
    case "stopped":
      return null;
    case "page-not-allowed":
      return explainPage(why.page);
    case "not-otp":
      return {
        message: why.what,
        next: PUSH.has(why.what) ? ["choose-other-app"] : ["scan-again", "type-in"],
      };
    case "no-permission":
      return { message: why.reason, next: ["ask-again", "open-image"] };
    case "no-tab":
    case "tab-not-visible":
      return { message: why.reason, next: ["show-tab"] };
    case "image-too-small":
      return { message: why.reason, next: ["zoom-in", "type-in"] };
    case "nothing-found":
    case "code-unreadable":
      return { message: why.reason, next: ["zoom-in", "open-image", "type-in"] };
    case "timed-out":
      return { message: why.reason, next: ["scan-again", "open-image", "type-in"] };
    case "too-many-captures":
      return { message: why.reason, next: ["scan-again", "open-image"] };
    case "refused":
      return { message: why.reason, next: ["scan-again", "type-in"] };
    case "forbidden-by-policy":
    case "capture-failed":
    case "decoder-failed":
    case "not-an-image":
    case "too-large":
      return { message: why.reason, next: ["open-image", "type-in"] };
  }
}

function explainPage(page: PageKind): ScanExplanation {
  if (page === "web" || page === "unknown")
    return { message: "page-not-allowed", next: ["open-image", "type-in"] };
  return { message: page, next: page === "file" ? ["allow-files", "open-image"] : ["open-image", "type-in"] };
}
