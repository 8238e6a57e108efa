import type { FillOutcome } from "../autofill/handle.ts";
import { browserNameOf } from "../platform/browser-name.ts";
import type { TabInfo } from "../platform/tabs.ts";
import { browserVersion, ownVersion } from "../platform/versions.ts";
import { explainTabUrl } from "../scan/explain-tab-url.ts";
import type { ScanFailure } from "../scan/scan-outcome.ts";
import { countPage, type PageCounts } from "./page-counts.ts";

/** What did not work. */
export type FailureSubject =
  | { readonly what: "scan"; readonly why: ScanFailure }
  | { readonly what: "fill"; readonly outcome: FillOutcome };

export type FailureFacts = {
  readonly subject: FailureSubject;
  readonly url: string | null;
  readonly ownUrl: string;
  readonly version: string;
  readonly browser: string;
  readonly frames: readonly PageCounts[];
};

/** Gathers and describes it. Nothing is sent: it is there to be read, and copied by whoever wants to. */
export async function describeFailure(subject: FailureSubject, tab: TabInfo | null): Promise<string> {
  return formatFailure({
    subject,
    url: tab?.url ?? null,
    ownUrl: location.href,
    version: ownVersion(),
    browser: browserVersion(),
    frames: tab === null ? [] : await countPage(tab.id),
  });
}

/**
 * Words for a failure that say what kind of page it was on and never which: no host, no path, no text, no code, no name.
 * In English, whatever the person's language, since it is for those who look for the fault.
 */
export function formatFailure(facts: FailureFacts): string {
  const { subject, frames } = facts;
  const [top] = frames;
  const lines = [
    `Countersign ${facts.version}`,
    `Browser: ${facts.browser}`,
    `Did not work: ${subject.what}, ${reasonOf(subject)}`,
    `Page: ${schemeOf(facts.url)}, ${explainTabUrl(facts.url, browserNameOf(facts.ownUrl))}`,
    ...(top ? [`Window: ${top.width} × ${top.height}`] : []),
    `Frames looked into: ${frames.length}`,
    ...frames.map(({ fields, pictures, frames: inside }, at) =>
      [`Frame ${at + 1}:`, countsOf(fields), countsOf(pictures), `frames ${inside}`]
        .filter(Boolean)
        .join(" "),
    ),
  ];
  return lines.join("\n");
}

/** Literals of ours alone: never the detail of a refusal, which is text from a code, nor a host. */
function reasonOf(subject: FailureSubject): string {
  if (subject.what === "fill") {
    const { outcome } = subject;
    switch (outcome.kind) {
      case "no-field":
        return outcome.because === null ? "no-field" : `no-field (${outcome.because})`;
      case "refused-field":
        return `refused-field (${outcome.what})`;
      case "not-allowed-here":
      case "no-code":
      case "unreadable":
        return `${outcome.kind} (${outcome.why})`;
      default:
        return outcome.kind;
    }
  }
  const { why } = subject;
  switch (why.reason) {
    case "page-not-allowed":
      return `page-not-allowed (${why.page})`;
    case "not-otp":
      return `not-otp (${why.what})`;
    case "refused":
      return `refused (${why.refusal.reason})`;
    default:
      return why.reason;
  }
}

function schemeOf(url: string | null): string {
  const scheme = url === null ? null : (URL.parse(url)?.protocol ?? null);
  return ["https:", "http:", "file:"].find((known) => known === scheme)?.slice(0, -1) ?? "another scheme";
}

function countsOf(counts: Readonly<Record<string, number>>): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.map(([name, count]) => `${name} ${count},`).join(" ");
}
