import type { MigrationRefusal } from "../../shared/formats/google-migration.ts";
import type { UriRefusal } from "../../shared/otp/uri-refusal.ts";
import type { CaptureFailure } from "./capture-tab.ts";
import type { ForeignPayload } from "./foreign-payload.ts";
import type { ImageFailure } from "./image-pixels.ts";
import type { LiveFailure } from "./live-source.ts";
import type { ElementKind } from "./page-reading.ts";
import type { Box } from "./pixels.ts";
import { type QrPayload, readQrPayload } from "./read-qr-payload.ts";

/** The text of a code and where it was seen. */
export type Sighting = {
  readonly text: string;
  /** What showed it; "screen" where it was seen on the screenshot and belongs to no element that could be listed. */
  readonly shownBy: ElementKind | "screen" | "file";
  /** CSS pixels of what is seen of the tab, or pixels of the file; null where the place is not known. */
  readonly box: Box | null;
  /** The site whose page or frame shows it (see siteOfUrl); null where no site can be bound. */
  readonly site: string | null;
};

/** A code that was found, read, and what it comes to. */
export type FoundCode = Omit<Sighting, "text"> & { readonly payload: QrPayload };

export type ScanFailure =
  | CaptureFailure
  | LiveFailure
  | { readonly reason: ImageFailure }
  /** Nothing looks like a QR code. */
  | { readonly reason: "nothing-found" }
  /** Something looks like one, drawn so small that its squares run into each other. */
  | { readonly reason: "image-too-small" }
  /** Something looks like one, large enough, but covered, cut or blurred. */
  | { readonly reason: "code-unreadable" }
  | { readonly reason: "not-otp"; readonly what: ForeignPayload }
  | { readonly reason: "refused"; readonly refusal: UriRefusal | MigrationRefusal }
  | { readonly reason: "timed-out" }
  /** The caller's signal; nobody waits for an explanation. */
  | { readonly reason: "stopped" }
  /** The worker that reads codes did not run. */
  | { readonly reason: "decoder-failed" };

export type ScanOutcome =
  /** At least one account or part of an export; codes of other kinds stand after them. */
  | { readonly kind: "found"; readonly found: readonly FoundCode[]; readonly isComplete: boolean }
  | { readonly kind: "nothing"; readonly why: ScanFailure };

/** Accounts first, then what is wrong with one, then codes for other things. */
const ORDER = ["entries", "migration-part", "refused", "not-otp"] as const;

/**
 * Turns what was seen into what the person is told.
 *
 * @param otherwise why there is nothing, if nothing was seen at all
 * @param isComplete false if time ran out before everything was looked at
 */
export function outcomeOf(
  sightings: readonly Sighting[],
  otherwise: ScanFailure,
  { isComplete }: { readonly isComplete: boolean },
): ScanOutcome {
  const byText = new Map<string, FoundCode>();
  for (const { text, ...where } of sightings) {
    if (!byText.has(text)) byText.set(text, asFound(readQrPayload(text), where));
  }
  const found = ORDER.flatMap((kind) => [...byText.values()].filter(({ payload }) => payload.kind === kind));
  const first = found[0]?.payload;
  if (first === undefined) return { kind: "nothing", why: otherwise };
  if (first.kind === "refused")
    return { kind: "nothing", why: { reason: "refused", refusal: first.refusal } };
  if (first.kind === "not-otp")
    return { kind: "nothing", why: { reason: "not-otp", what: tellingOf(found) } };
  return { kind: "found", found, isComplete };
}

/** The site that shows an export of an app is where somebody put a picture, not where its accounts sign in. */
function asFound(payload: QrPayload, where: Omit<Sighting, "text">): FoundCode {
  if (payload.kind === "migration-part") return { ...where, payload, site: null };
  if (payload.kind !== "entries" || where.site === null) return { ...where, payload };
  const sites = [where.site];
  return { ...where, payload: { ...payload, drafts: payload.drafts.map((draft) => ({ ...draft, sites })) } };
}

/** Of several codes for other things the one that says most: a push code explains more than a link beside it. */
function tellingOf(found: readonly FoundCode[]): ForeignPayload {
  const all = found.flatMap(({ payload }) => (payload.kind === "not-otp" ? [payload.what] : []));
  const plain: readonly ForeignPayload[] = ["web-link", "app-store", "text"];
  return all.find((what) => !plain.includes(what)) ?? all[0] ?? "text";
}
