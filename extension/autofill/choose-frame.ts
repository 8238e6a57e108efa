import type { ForbiddenField } from "./forbidden-field.ts";
import type { FrameProbe } from "./frame-scripts.ts";
import { matchSite, siteOfUrl } from "./match-site.ts";
import type { FillSpot } from "./page-fill.ts";
import type { Refusal } from "./refuse-field.ts";

/** Where in its frame a code goes that was asked for just now. */
export type AskedSpot = Exclude<FillSpot, "second">;

/** Where a code goes, or why it goes nowhere. */
export type FrameChoice =
  | { readonly kind: "fill"; readonly frame: FrameProbe; readonly host: string; readonly spot: AskedSpot }
  | { readonly kind: "not-bound"; readonly host: string; readonly frameId: number }
  | { readonly kind: "needs-permission"; readonly origin: string; readonly host: string }
  /** Nothing takes a code in what could be looked at, and one part of the page belongs to another site. */
  | { readonly kind: "maybe-in-frame"; readonly origin: string; readonly host: string }
  | { readonly kind: "no-field"; readonly because: Refusal | null }
  | { readonly kind: "refused-field"; readonly what: ForbiddenField }
  | { readonly kind: "unsure" }
  | { readonly kind: "insecure-page" }
  | { readonly kind: "unreachable" };

interface Asked {
  readonly frameId: number | null;
  readonly target: "detected" | "focused";
  readonly isNew: boolean;
}

/**
 * Chooses the frame a code is filled into: one whose own host the entry is bound to, never a guess from the tab's
 * address. Pure, so that each rule can be tested.
 *
 * @param probes the frames that could be entered
 * @param sites of the entry
 * @param frameId the frame the person pointed at; null looks at all
 * @param isNew the entry was kept just now: a page that shows a picture and a bare field is most likely where
 */
export function chooseFrame(
  probes: readonly FrameProbe[],
  sites: readonly string[],
  { frameId, target, isNew }: Asked,
): FrameChoice {
  if (probes.length === 0) return { kind: "unreachable" };
  const frames = frameId === null ? topFirst(probes) : probes.filter((probe) => probe.frameId === frameId);
  if (frames.length === 0) return pointedAtClosedFrame(probes, sites);
  const isBound = (frame: FrameProbe): boolean => matchSite(sites, frame.origin) !== null;
  const bound = frames.filter(isBound);

  const spots = target === "focused" ? (["focused"] as const) : (["detected", "bare"] as const);
  for (const spot of spots) {
    const ready = bound.find((frame) => isReady(frame, spot, isNew));
    if (ready !== undefined) return { kind: "fill", frame: ready, host: siteOfUrl(ready.origin)!, spot };
  }
  if (target === "focused") {
    const forbidden = frames
      .map(({ focused }) => focused)
      .find((focused) => focused === "password" || focused === "card");
    if (forbidden === "password" || forbidden === "card") return { kind: "refused-field", what: forbidden };
  }
  // Nobody is asked about a site for a field that may be none: there the code is copied.
  const stranger = frames.find(
    (frame) => !isBound(frame) && isReady(frame, target, isNew) && frame.origin !== "null",
  );
  if (stranger !== undefined) {
    const host = siteOfUrl(stranger.origin);
    return host === null ? { kind: "insecure-page" } : { kind: "not-bound", host, frameId: stranger.frameId };
  }
  const closed = frames
    .flatMap((frame) => frame.closedFrames)
    .find((origin) => matchSite(sites, origin) !== null);
  if (closed !== undefined) return needsPermission(closed);
  if (frames.some(({ verdict }) => verdict === "unsure")) return { kind: "unsure" };
  const because = frames.find(({ refusal }) => refusal !== null)?.refusal ?? null;
  return (because === null && maybeInFrame(frames)) || { kind: "no-field", because };
}

/** Which closed frame a person may mean: the one that has the focus, or the only one. Among several it is a guess. */
function maybeInFrame(frames: readonly FrameProbe[]): FrameChoice | null {
  const focused = frames.map(({ focusedFrame }) => focusedFrame).find((origin) => origin !== null);
  const closed = [...new Set(frames.flatMap(({ closedFrames }) => closedFrames))];
  const origin = focused ?? (closed.length === 1 ? closed[0] : undefined);
  const host = origin === undefined ? null : siteOfUrl(origin);
  return origin === undefined || host === null ? null : { kind: "maybe-in-frame", origin, host };
}

function isReady(frame: FrameProbe, spot: AskedSpot, isNew: boolean): boolean {
  if (spot === "focused") return frame.focused === "field";
  if (spot === "detected") return frame.verdict === "sure";
  return frame.bare === "picture" ? isNew : frame.bare !== null;
}

/** A menu on a field of a frame that cannot be entered: the frame above knows which of its frames has the focus. */
function pointedAtClosedFrame(probes: readonly FrameProbe[], sites: readonly string[]): FrameChoice {
  const focused = probes.map(({ focusedFrame }) => focusedFrame).find((origin) => origin !== null);
  const closed = [...new Set(probes.flatMap(({ closedFrames }) => closedFrames))];
  const bound = closed.find((origin) => matchSite(sites, origin) !== null);
  const origin = focused ?? bound ?? (closed.length === 1 ? closed[0] : undefined);
  return origin === undefined ? { kind: "unreachable" } : needsPermission(origin);
}

function needsPermission(origin: string): FrameChoice {
  const host = siteOfUrl(origin);
  return host === null ? { kind: "unreachable" } : { kind: "needs-permission", origin, host };
}

function topFirst(probes: readonly FrameProbe[]): FrameProbe[] {
  return [...probes].sort((one, two) => one.frameId - two.frameId);
}
