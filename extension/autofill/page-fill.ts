import { type BareFieldSign, findBareField } from "./bare-field.ts";
import { findRows } from "./boxes.ts";
import {
  collectFields,
  collectFrames,
  type FieldElement,
  fieldValue,
  focusedElement,
  isEditable,
  isTextField,
} from "./field-element.ts";
import { type FillResult, fillField } from "./fill-field.ts";
import { type Detection, elementsOf, findOtpField, type OtpTarget } from "./find-otp-field.ts";
import { type ForbiddenField, forbiddenField } from "./forbidden-field.ts";
import { siteOfUrl } from "./match-site.ts";
import type { Refusal } from "./refuse-field.ts";
import { isShown } from "./visibility.ts";

/** What one frame tells about itself. Nothing in it comes from outside the frame, and no secret goes in. */
export interface PageProbe {
  /** As the browser says it, "null" for a sandboxed frame. A frame of srcdoc has the origin of its parent. */
  readonly origin: string;
  readonly verdict: Detection["verdict"];
  /** How many codes the page wants, two where they follow each other. */
  readonly codes: 0 | 1 | 2;
  readonly refusal: Refusal | null;
  /** Where nothing is sure: why a field that says nothing of itself may be meant. */
  readonly bare: BareFieldSign | null;
  /** What the focus stands in. */
  readonly focused: "field" | ForbiddenField | "none";
  /** Origins of visible frames that no script may enter without a permission of their own. */
  readonly closedFrames: readonly string[];
  /** The one of them that has the focus. */
  readonly focusedFrame: string | null;
}

export type PageFill =
  | { readonly kind: FillResult | "no-field" | "unsure" | "moved" | "not-empty" }
  | { readonly kind: "refused-field"; readonly what: ForbiddenField };

/** Where in the frame a code goes: the field that was found, one without words, the one in focus, or the second of two. */
export type FillSpot = "detected" | "bare" | "focused" | "second";

/** Looks at the frame this runs in; changes nothing. */
export function probePage(): PageProbe {
  const detection = findOtpField(document);
  const frames = closedFrames();
  const focused = focusedElement(document);
  return {
    origin: self.origin,
    verdict: detection.verdict,
    codes: detection.targets.length > 1 ? 2 : detection.targets.length === 1 ? 1 : 0,
    refusal: detection.refusal,
    bare: detection.verdict === "sure" ? null : (findBareField(document)?.sign ?? null),
    focused: focused !== null && isField(focused) ? (forbiddenField(focused) ?? "field") : "none",
    closedFrames: [...new Set(frames.map(({ origin }) => origin))],
    focusedFrame: frames.find(({ element }) => element === focused)?.origin ?? null,
  };
}

/**
 * Fills one code into the frame this runs in. Everything is looked up again: between looking and filling the page may
 * have become another.
 *
 * @param expectHost as in URL.host; any other and nothing is filled ("moved")
 */
export async function fillPage(code: string, spot: FillSpot, expectHost: string): Promise<PageFill> {
  if (siteOfUrl(self.origin) !== expectHost) return { kind: "moved" };
  const chosen = targetAt(spot, code.length);
  if ("kind" in chosen && !("element" in chosen) && !("elements" in chosen)) return chosen;
  const result = await fillField(chosen, code);
  if (result === "filled" && isGone(chosen) && isAskedAgain(code)) return { kind: "did-not-stick" };
  return { kind: result };
}

function targetAt(spot: FillSpot, codeLength: number): OtpTarget | PageFill {
  switch (spot) {
    case "focused":
      return focusedTarget(codeLength);
    case "bare":
      return bareTarget();
    default:
      return detectedTarget(spot);
  }
}

function bareTarget(): OtpTarget | PageFill {
  const bare = findBareField(document);
  return bare === null ? { kind: "no-field" } : { kind: "field", element: bare.element };
}

function detectedTarget(spot: "detected" | "second"): OtpTarget | PageFill {
  const { verdict, targets } = findOtpField(document);
  if (verdict !== "sure") return { kind: verdict === "unsure" ? "unsure" : "no-field" };
  const target = spot === "second" ? targets[1] : targets[0];
  if (target === undefined) return { kind: "no-field" };
  const isEmpty = elementsOf(target).every((element) => fieldValue(element) === "");
  return spot === "second" && !isEmpty ? { kind: "not-empty" } : target;
}

/** The person pointed at the field: no word has to speak for it, but a password's or a card's stays closed. */
function focusedTarget(codeLength: number): OtpTarget | PageFill {
  const focused = focusedElement(document);
  if (focused === null || !isField(focused)) return { kind: "no-field" };
  const what = forbiddenField(focused);
  if (what !== null) return { kind: "refused-field", what };
  const fields = collectFields(document).filter(isEditable);
  const row = findRows(fields).find((boxes) => boxes.includes(focused) && boxes.length === codeLength);
  return row === undefined ? { kind: "field", element: focused } : { kind: "boxes", elements: row };
}

function isField(element: Element): element is FieldElement {
  return isTextField(element) && isEditable(element);
}

function isGone(target: OtpTarget): boolean {
  return elementsOf(target).every((element) => !element.isConnected);
}

/** The fields were replaced by others just like them, and those do not hold the code. */
function isAskedAgain(code: string): boolean {
  const target = findOtpField(document).targets[0];
  return target !== undefined && elementsOf(target).map(fieldValue).join("") !== code;
}

/** Frames too small to sign in through hold advertisements and counters. */
const SMALLEST_FRAME = { width: 100, height: 40 };

function closedFrames(): { element: Element; origin: string }[] {
  const frames: { element: Element; origin: string }[] = [];
  for (const frame of collectFrames(document)) {
    const { width, height } = frame.getBoundingClientRect();
    if (width < SMALLEST_FRAME.width || height < SMALLEST_FRAME.height || !isShown(frame)) continue;
    if (frame.contentDocument !== null || frame.src === "" || !URL.canParse(frame.src)) continue;
    const { origin } = new URL(frame.src);
    if (origin !== self.origin && siteOfUrl(origin) !== null) frames.push({ element: frame, origin });
  }
  return frames;
}
