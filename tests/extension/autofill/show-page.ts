import { onTestFinished } from "vitest";

/** A page drawn in a frame of the test's own, with the elements that were marked data-otp, their marks taken off. */
export interface ShownPage {
  readonly document: Document;
  readonly window: Window;
  readonly marked: readonly Element[];
}

/** Draws HTML (declarative shadow roots included) in a frame of 1000 by 800 pixels, gone when the test has finished. */
export async function showPage(html: string, { css = "" }: { css?: string } = {}): Promise<ShownPage> {
  const frame = document.createElement("iframe");
  frame.style.cssText = "width:1000px;height:800px";
  const page = html.includes("<body") ? html : `<body><main>${html}</main></body>`;
  frame.srcdoc = `<!doctype html><html><style>${css}</style>${page}</html>`;
  const loaded = new Promise((done) => frame.addEventListener("load", done, { once: true }));
  document.body.append(frame);
  onTestFinished(() => frame.remove());
  await loaded;
  const shown = frame.contentDocument!;
  return { document: shown, window: frame.contentWindow!, marked: takeMarks(shown) };
}

function takeMarks(root: Document | ShadowRoot): Element[] {
  const marked: Element[] = [];
  for (const element of root.querySelectorAll("*")) {
    if (element.hasAttribute("data-otp")) {
      element.removeAttribute("data-otp");
      marked.push(element);
    }
    if (element.shadowRoot !== null) marked.push(...takeMarks(element.shadowRoot));
  }
  return marked;
}
