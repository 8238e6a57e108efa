import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { QUIET_FLAGS, sandboxFlags } from "../support/browser-flags.ts";
import { CORPORA_ABSENT, corpusPath } from "../support/corpora.ts";
import type * as Detector from "../support/detector.ts";
import { findBrowser } from "../support/find-browser.ts";

interface PageFact {
  readonly id: string;
  readonly html: string;
}
interface Found {
  readonly id: string;
  readonly verdict: string;
  readonly refusal: string | null;
  readonly hasField: boolean;
  readonly isHit: boolean;
  /** Fields without a mark that a person's focus alone, or a sign beside them, would open to a code. */
  readonly bare: readonly string[];
}

const path = corpusPath("otp-pages.jsonl");
const ENTRY = resolve(import.meta.dirname, "../support/detector.ts");

/** Bundles the detection as the injected script carries it, for pages that are not part of a test run. */
async function bundleDetector(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, target: "es2024", lib: { entry: ENTRY, formats: ["iife"], name: "detector" } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const [chunk] = output !== undefined && "output" in output ? output.output : [];
  if (chunk?.type !== "chunk") throw Error("the detection was not bundled");
  return `${chunk.code}\n;globalThis.detector = detector;`;
}

/** Runs in the page: takes the marks off, detects, and says whether the first field found was marked. */
async function detect(fact: PageFact): Promise<Found> {
  const frame = document.createElement("iframe");
  frame.style.cssText = "width:1000px;height:800px";
  frame.srcdoc = fact.html;
  document.body.append(frame);
  await new Promise((done) => frame.addEventListener("load", done, { once: true }));
  const marked = new Set<Element>();
  const visit = (root: Document | ShadowRoot): void => {
    for (const element of root.querySelectorAll("*")) {
      if (element.hasAttribute("data-otp")) marked.add(element);
      element.removeAttribute("data-otp");
      if (element.shadowRoot !== null) visit(element.shadowRoot);
    }
  };
  visit(frame.contentDocument!);
  const { detector } = globalThis as unknown as { readonly detector: typeof Detector };
  const { verdict, refusal, targets } = detector.findOtpField(frame.contentDocument!);
  const [first] = targets.flatMap((target) => (target.kind === "field" ? [target.element] : target.elements));
  const bare: string[] = [];
  const lookBare = (): void => {
    const field = verdict === "sure" ? null : detector.findBareField(frame.contentDocument!);
    if (field !== null && !marked.has(field.element)) bare.push(`${field.sign} ${field.element.outerHTML}`);
  };
  lookBare();
  for (const field of frame.contentDocument!.querySelectorAll("input")) {
    field.focus();
    lookBare();
  }
  frame.remove();
  return {
    id: fact.id,
    verdict,
    refusal,
    hasField: marked.size > 0,
    isHit: first !== undefined && marked.has(first),
    bare,
  };
}

describe.skipIf(path === null)("detection over real products' pages", () => {
  let browser: Browser;
  let found: Found[];

  beforeAll(async () => {
    const executablePath = findBrowser()?.path;
    browser = await chromium.launch({
      args: [...QUIET_FLAGS, ...sandboxFlags()],
      ...(executablePath === undefined ? {} : { executablePath }),
    });
    const page = await browser.newPage();
    await page.addScriptTag({ content: await bundleDetector() });
    const facts = readFileSync(path!, "utf8")
      .trim()
      .split("\n")
      .map((line): PageFact => JSON.parse(line));
    found = [];
    for (const fact of facts) found.push(await page.evaluate(detect, fact));
  });
  afterAll(() => browser?.close());

  it("fills the right field in 95 of 100 pages, and is right in 95 of 100 fills", () => {
    const filled = found.filter(({ verdict }) => verdict === "sure");
    const hits = filled.filter(({ hasField, isHit }) => hasField && isHit);
    const withField = found.filter(({ hasField }) => hasField);
    const precision = hits.length / filled.length;
    const recall = hits.length / withField.length;
    console.log(
      `pages ${found.length}, with a field ${withField.length}, filled ${filled.length}, rightly ${hits.length}: ` +
        `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`,
    );
    const wrong = found.filter(
      (one) => (one.verdict === "sure") !== one.hasField || (one.hasField && !one.isHit),
    );
    console.log(
      "wrong or missed:",
      wrong.map(({ id, verdict, refusal }) => `${id} ${verdict} ${refusal}`).join(", ") || "none",
    );
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.95);
  });

  it("leaves every field of another kind alone that is in focus, or beside a sign", () => {
    expect(found.filter(({ hasField, bare }) => !hasField && bare.length > 0)).toEqual([]);
  });
});

if (path === null) describe.skip(CORPORA_ABSENT, () => it("is not run", () => undefined));
