import { accept, app, ask, element, refuse, sending, show, signInForm } from "./systems.js";

// Six boxes without a name, an id or a length of their own, which hand a digit on; the words are all in Chinese.
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
    codeForm("请输入绑定的 6 位数字安全码", verify),
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

function codeForm(prompt, then) {
  const boxes = Array.from({ length: 6 }, () =>
    element("input", { type: "text", class: "authing-code-input-item", style: "width:2.5em" }),
  );
  for (const [index, box] of boxes.entries()) {
    box.addEventListener("input", () => {
      const digits = [...box.value.replace(/\D/g, "")];
      for (const [offset, digit] of digits.entries())
        if (boxes[index + offset]) boxes[index + offset].value = digit;
      if (digits.length === 0) box.value = "";
      else boxes[Math.min(index + digits.length, boxes.length - 1)].focus();
    });
    box.addEventListener("keydown", ({ key }) => {
      if (key === "Backspace" && box.value === "") boxes[index - 1]?.focus();
    });
  }
  const row = element("div", { class: "boxes authing-code-input" }, ...boxes);
  const form = element(
    "form",
    {},
    element("p", {}, prompt),
    row,
    element("button", { type: "submit" }, "确定"),
  );
  onSubmit(form, () => then(boxes.map((box) => box.value).join("")));
  return form;
}

function onSubmit(form, then) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sending();
    then();
  });
}
