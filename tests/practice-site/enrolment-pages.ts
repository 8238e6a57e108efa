import QRCode from "qrcode";
import type { ShownEnrolment } from "./enrolment.ts";
import { type Html, html, page, trusted } from "./html.ts";

/** What a variant of the enrolment page may use to show a code. */
export type Showing = {
  /** Keeps a text for the picture routes and returns its token. */
  keep(text: string): string;
  /** The site under its other origin, e.g. "http://localhost:4321". */
  readonly otherOrigin: string;
};

type Variant = { readonly title: string; show(uri: string, showing: Showing): Promise<Html> | Html };

const SIZE = 220;
const ALT = "Set-up code";

/** The ways in which sites show a set-up code; the key is the last part of the address. */
export const ENROLMENT_VARIANTS: Readonly<Record<string, Variant>> = {
  png: {
    title: "PNG picture in the page",
    show: async (uri) =>
      html`<img class="qr" width="${SIZE}" height="${SIZE}" alt="${ALT}" src="${await pngDataUrl(uri)}">`,
  },
  "svg-image": {
    title: "SVG picture in the page",
    show: async (uri) => {
      const url = `data:image/svg+xml;base64,${Buffer.from(await svg(uri)).toString("base64")}`;
      return html`<img class="qr" width="${SIZE}" height="${SIZE}" alt="${ALT}" src="${url}">`;
    },
  },
  "inline-svg": {
    title: "Inline SVG",
    show: async (uri) =>
      html`<div class="qr" role="img" aria-label="${ALT}">${trusted(await svg(uri))}</div>`,
  },
  canvas: {
    title: "Canvas",
    show: (uri) => {
      const { modules } = QRCode.create(uri, { errorCorrectionLevel: "M" });
      const dark = [...modules.data].map((bit) => (bit ? "1" : "0")).join("");
      return html`<canvas class="qr" width="${SIZE}" height="${SIZE}" data-modules="${dark}"
        data-size="${modules.size}" aria-label="${ALT}"></canvas>`;
    },
  },
  "image-file": {
    title: "Picture file of the same site",
    show: (uri, { keep }) =>
      html`<img class="qr" width="${SIZE}" height="${SIZE}" alt="${ALT}" src="/qr/${keep(uri)}.png">`,
  },
  "css-background": {
    title: "CSS background",
    show: async (uri) =>
      html`<div class="qr" role="img" aria-label="${ALT}"
        style="background: url('${await pngDataUrl(uri)}') center / contain no-repeat"></div>`,
  },
  "cross-origin-image": {
    title: "Picture file of another site",
    show: (uri, { keep, otherOrigin }) =>
      html`<img class="qr" width="${SIZE}" height="${SIZE}" alt="${ALT}" src="${otherOrigin}/qr/${keep(uri)}.png">`,
  },
  "same-origin-frame": {
    title: "Frame of the same site",
    show: (uri, { keep }) =>
      html`<iframe class="qr-frame" title="${ALT}" src="/qr-frame/${keep(uri)}"></iframe>`,
  },
  "cross-origin-frame": {
    title: "Frame of another site",
    show: (uri, { keep, otherOrigin }) =>
      html`<iframe class="qr-frame" title="${ALT}" src="${otherOrigin}/qr-frame/${keep(uri)}"></iframe>`,
  },
  tiny: {
    title: "Very small code",
    show: async (uri) => {
      const url = await QRCode.toDataURL(uri, { errorCorrectionLevel: "L", margin: 2, scale: 2 });
      return html`<img class="qr-tiny" alt="${ALT}" src="${url}">`;
    },
  },
};

/** The page on which a person sets up a second factor, with a field for the first code. */
export function enrolmentPage(
  title: string,
  enrolment: ShownEnrolment,
  picture: Html,
  extra: Html = html``,
): Html {
  return page({
    title: "Set up two-step verification",
    scripts: ["canvas.js"],
    body: html`<section class="card">
  <h1>Set up two-step verification</h1>
  <p>Scan this code with your authenticator app, then enter the code that it shows.</p>
  <div class="picture">${picture}</div>
  ${extra}
  <details><summary>Can't scan it?</summary>
    <p>Enter this key for <b>${enrolment.account}</b>:</p><code data-testid="secret">${enrolment.secret}</code>
  </details>
  <form data-account="${enrolment.account}">
    <label for="code">Code from your app</label>
    <input id="code" name="code" autocomplete="one-time-code" inputmode="numeric" autofocus>
    <button>Turn on</button>
  </form>
  <p class="result" data-testid="result" role="status"></p>
  <p class="hint">${title}</p>
</section>`,
  });
}

/** As some cloud services do it: two different codes, one after the other. */
export function consecutiveCodesPage(enrolment: ShownEnrolment, picture: Html): Html {
  return page({
    title: "Set up virtual MFA device",
    body: html`<section class="card">
  <h1>Set up virtual MFA device</h1>
  <ol class="steps">
    <li>Install an authenticator on your computer or phone.</li>
    <li>Scan the code: <div class="picture">${picture}</div></li>
    <li>Type two consecutive MFA codes below.</li>
  </ol>
  <form data-account="${enrolment.account}" data-codes="2">
    <label for="mfa-code-1">MFA code 1</label>
    <input id="mfa-code-1" name="code" maxlength="6" autocomplete="off">
    <label for="mfa-code-2">MFA code 2</label>
    <input id="mfa-code-2" name="code2" maxlength="6" autocomplete="off">
    <button>Add MFA</button>
  </form>
  <p class="result" data-testid="result" role="status"></p>
</section>`,
  });
}

/** A page with codes that set nothing up, or with none. */
export async function otherCodePage(title: string, text: string | null): Promise<Html> {
  const picture =
    text === null
      ? html`<p>There is no code on this page.</p>`
      : html`<img class="qr" width="${SIZE}" height="${SIZE}" alt="Code" src="${await pngDataUrl(text)}">`;
  return page({
    title,
    body: html`<section class="card"><h1>${title}</h1><div class="picture">${picture}</div></section>`,
  });
}

/** The document inside a frame. */
export async function framedCodePage(text: string): Promise<Html> {
  const url = await pngDataUrl(text);
  return page({
    title: ALT,
    frame: "framed",
    body: html`<img class="qr" width="${SIZE}" height="${SIZE}" alt="${ALT}" src="${url}">`,
  });
}

/** The bytes of a picture file. */
export function pngFile(text: string): Promise<Buffer> {
  return QRCode.toBuffer(text, { errorCorrectionLevel: "M", margin: 4, width: 2 * SIZE });
}

function pngDataUrl(text: string): Promise<string> {
  return QRCode.toDataURL(text, { errorCorrectionLevel: "M", margin: 4, width: 2 * SIZE });
}

function svg(text: string): Promise<string> {
  return QRCode.toString(text, { type: "svg", errorCorrectionLevel: "M", margin: 4, width: SIZE });
}
