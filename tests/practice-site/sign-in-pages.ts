import { type Html, html, page } from "./html.ts";

type Asked = { readonly account: string; readonly otherOrigin: string; readonly framed: "framed" | null };

type Variant = {
  readonly title: string;
  /** What the page itself says above the form. */
  readonly heading?: string;
  readonly language?: string;
  readonly scripts?: readonly string[];
  /** The part between the heading and the result. */
  body(asked: Asked): Html;
};

const submit = html`<button>Sign in</button>`;

function form(account: string, fields: Html, button: Html = submit): Html {
  return html`<form data-account="${account}">${fields}${button}</form>`;
}

function codeField(account: string, label: string, field: Html): Html {
  return form(account, html`<label for="code">${label}</label>${field}`);
}

/** The ways in which sites ask for a code; the key is the last part of the address. */
export const SIGN_IN_VARIANTS: Readonly<Record<string, Variant>> = {
  single: {
    title: "A single field",
    body: ({ account }) =>
      codeField(
        account,
        "Authentication code",
        html`<input id="code" name="code" autocomplete="one-time-code" inputmode="numeric" maxlength="10">`,
      ),
  },
  "six-boxes": {
    title: "Six boxes of one digit each",
    scripts: ["six-boxes.js"],
    body: ({ account }) =>
      form(
        account,
        html`<fieldset class="boxes"><legend>Enter the 6-digit code</legend>${[1, 2, 3, 4, 5, 6].map(
          (place) => html`<input data-box maxlength="1" inputmode="numeric" aria-label="Digit ${place}">`,
        )}</fieldset>`,
      ),
  },
  react: {
    title: "A field controlled by React",
    scripts: ["react-sign-in.js"],
    body: ({ account }) => html`<div id="react-root" data-account="${account}"></div>`,
  },
  "shadow-root": {
    title: "A field in an open shadow root",
    scripts: ["shadow-root.js"],
    body: ({ account }) => form(account, html`<code-field label="Verification code"></code-field>`),
  },
  "login-form": {
    title: "Login, password and code on one form",
    heading: "Sign in",
    body: ({ account }) =>
      form(
        account,
        html`<label for="user">Email</label><input id="user" name="user" type="email" autocomplete="username">
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password">
<label for="code">Two-factor code</label><input id="code" name="code" inputmode="numeric">`,
      ),
  },
  chinese: {
    title: "A field labelled only in Chinese",
    heading: "安全验证",
    language: "zh-CN",
    body: ({ account }) =>
      html`<p>为保护您的账号安全，请完成身份验证。</p>${form(
        account,
        html`<div class="ant-form-item"><div class="ant-row ant-form-item-row">
  <div class="ant-col ant-form-item-control"><div class="ant-form-item-control-input">
    <span class="ant-input-affix-wrapper"><span class="ant-input-prefix" aria-hidden="true">✓</span>
      <input class="ant-input" type="text" placeholder="请输入验证码" value=""></span>
  </div></div>
</div></div>`,
        html`<button class="ant-btn ant-btn-primary"><span>登 录</span></button>`,
      )}`,
  },
  tel: {
    title: "A field of type tel",
    body: ({ account }) =>
      codeField(account, "Security code", html`<input id="code" name="otp" type="tel" maxlength="8">`),
  },
  number: {
    title: "A field of type number",
    body: ({ account }) =>
      codeField(account, "Enter your 2FA code", html`<input id="code" name="token" type="number">`),
  },
  "password-type": {
    title: "A code field that hides what is typed",
    body: ({ account }) =>
      codeField(
        account,
        "One-time code",
        html`<input id="code" name="totp" type="password" autocomplete="one-time-code" inputmode="numeric" maxlength="6">`,
      ),
  },
  "same-origin-frame": {
    title: "A field in a frame of the same site",
    body: ({ account }) =>
      html`<iframe class="form-frame" title="Sign in" src="/sign-in/single?framed&account=${encodeURIComponent(account)}"></iframe>`,
  },
  "cross-origin-frame": {
    title: "A field in a frame of another site",
    body: ({ account, otherOrigin }) =>
      html`<iframe class="form-frame" title="Sign in" src="${otherOrigin}/sign-in/single?framed&account=${encodeURIComponent(account)}"></iframe>`,
  },
  "never-fill": {
    title: "A password and a card, no code",
    heading: "Confirm your payment",
    body: ({ account }) =>
      form(
        account,
        html`<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password">
<label for="card">Card number</label><input id="card" name="cardnumber" inputmode="numeric" autocomplete="cc-number">
<label for="cvc">Security code (CVC)</label><input id="cvc" name="cvc" inputmode="numeric" maxlength="4" autocomplete="cc-csc">`,
        html`<button>Pay</button>`,
      ),
  },
  late: {
    title: "A field that comes after a step",
    scripts: ["late-code.js"],
    body: ({ account }) =>
      html`<button type="button" data-continue data-account="${account}">Continue</button>`,
  },
  watched: {
    title: "A page that watches itself",
    scripts: ["watch.js"],
    body: ({ account }) =>
      codeField(
        account,
        "Authentication code",
        html`<input id="code" name="code" autocomplete="one-time-code" inputmode="numeric">`,
      ),
  },
};

/** The page that asks for a code; `framed` leaves out the head of the site. */
export function signInPage(variant: Variant, asked: Asked): Html {
  const heading = variant.heading ?? "Two-step verification";
  return page({
    title: heading,
    ...(variant.language && { language: variant.language }),
    ...(variant.scripts && { scripts: variant.scripts }),
    ...(asked.framed && { frame: asked.framed }),
    body: html`<section class="card"><h1>${heading}</h1>${variant.body(asked)}
<p class="result" data-testid="result" role="status"></p>
${asked.framed ? html`` : html`<p class="hint" lang="en">${variant.title}</p>`}</section>`,
  });
}
