import { drawBoxes } from "./authing-boxes.js";
import { accept, app, ask, element, refuse, sending, show, signInForm } from "./systems.js";

// The words are all in Chinese; the boxes for the code are React's.
const MFA = "/systems/authing/api/v2/mfa/totp";
const { page, email, token } = app.dataset;

if (page === "bind") bind();
else signIn();

async function bind() {
  const { data } = await ask("POST", `${MFA}/associate`, { authenticator_type: "totp" }, token);
  const confirm = async (totp) => {
    const { code, message } = await ask(
      "POST",
      `${MFA}/associate/confirm`,
      { authenticator_type: "totp", totp },
      token,
    );
    if (code !== 200) return refuse(message);
    showRecoveryCode(data.recovery_code);
    accept();
  };
  show(
    element("h1", {}, "绑定 OTP 口令"),
    element("p", {}, "请使用身份验证器扫描下方二维码，获取 6 位数字安全码"),
    element("img", { class: "qr", src: data.qrcode_data_url, alt: "qrcode" }),
    element("p", {}, "无法扫码？请手动输入密钥：", element("code", { "data-testid": "secret" }, data.secret)),
    codeForm("请输入 6 位数字安全码", confirm),
  );
}

function signIn() {
  const words = { name: "账号", password: "密码", button: "登录" };
  const form = signInForm(words, email, async (account, password) => {
    const { code, message, data } = await ask("POST", "/systems/authing/api/v2/login/account", {
      account,
      password,
    });
    if (code === 1636) return askForCode(data.mfaToken);
    if (code !== 200) return refuse(message);
    accept();
  });
  show(element("h1", {}, "登录"), form);
}

function askForCode(mfaToken) {
  const verify = async (totp) => answer(await ask("POST", `${MFA}/verify`, { totp }, mfaToken));
  show(
    element("h1", {}, "多因素认证"),
    codeForm("请输入绑定的 6 位数字安全码", verify, true),
    element("button", { type: "button", onclick: () => askForRecoveryCode(mfaToken) }, "使用恢复代码"),
  );
}

function askForRecoveryCode(mfaToken) {
  const input = element("input", {
    type: "text",
    id: "recoveryCode",
    autocomplete: "off",
    placeholder: "请输入恢复代码",
  });
  const form = element("form", {}, input, element("button", { type: "submit" }, "确定"));
  onSubmit(form, async () =>
    answer(await ask("POST", `${MFA}/recovery`, { recoveryCode: input.value.trim() }, mfaToken)),
  );
  show(element("h1", {}, "使用恢复代码"), element("p", {}, "如果你没有恢复代码，请联系管理员"), form);
}

/** What comes of a code or a recovery code; a token that counts no more leads back to the first step. */
function answer({ ok, code, message, recoveryCode }) {
  if (code === 200) {
    if (recoveryCode) showRecoveryCode(recoveryCode);
    return accept();
  }
  if (!ok) signIn();
  refuse(message);
}

function showRecoveryCode(recoveryCode) {
  show(
    element("h1", {}, "请妥善保存恢复代码"),
    element("p", {}, "无法使用身份验证器时，可以用它登录一次"),
    element("code", { "data-testid": "recovery-code" }, recoveryCode),
  );
}

/** The page that verifies sends the code off at its last digit; the one that binds waits for the button. */
function codeForm(prompt, then, sendsByItself = false) {
  const row = element("div");
  const code = drawBoxes(row, () => sendsByItself && form.requestSubmit());
  const form = element(
    "form",
    {},
    element("p", {}, prompt),
    row,
    element("button", { type: "submit" }, "确定"),
  );
  onSubmit(form, () => then(code()));
  return form;
}

function onSubmit(form, then) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sending();
    then();
  });
}
