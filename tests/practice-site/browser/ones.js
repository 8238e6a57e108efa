import { accept, app, ask, element, refuse, sending, show, signInForm } from "./systems.js";

// One address, two layouts: a phone gets the code's field at the width of its screen, and no QR code, which it could not
// scan off itself.
const { page, email, session } = app.dataset;
const isPhone = matchMedia("(max-width: 600px)").matches;
app.dataset.layout = isPhone ? "h5" : "desktop";
const WORDS = {
  InvalidCode: "验证码错误，请重新输入",
  InvalidPassword: "邮箱或密码错误",
  SessionExpired: "会话已过期，请重新登录",
};
const call = (name, body) => ask("POST", `/systems/ones/${name}`, body);

if (page === "bind" && isPhone)
  show(
    element("h1", {}, "绑定 MFA 设备"),
    element("p", {}, "手机端暂不支持绑定，请在电脑端登录后绑定 MFA 设备"),
  );
else if (page === "bind") bind();
else signIn();

async function bind() {
  const { account, key, picture } = await call("device", { session_id: session });
  const finish = async (code) => {
    const { ok, reason, recovery_key } = await call("bind", { session_id: session, code });
    if (!ok) return refuse(WORDS[reason]);
    show(
      element("h1", {}, "绑定成功"),
      element("p", {}, "请妥善保存恢复密钥，无法使用手机时可用它通过一次验证："),
      element("code", { "data-testid": "recovery-code" }, recovery_key),
    );
    accept();
  };
  show(
    element("h1", {}, "绑定 MFA 设备"),
    element(
      "ol",
      { class: "steps" },
      element("li", {}, "在手机上安装支持 TOTP 协议的身份验证器"),
      element(
        "li",
        {},
        "扫描二维码，或手动输入账号和密钥",
        element(
          "div",
          { class: "picture" },
          element("img", { src: picture, width: "180", height: "180", alt: "二维码" }),
        ),
      ),
    ),
    element(
      "p",
      {},
      "账号：",
      element("code", {}, account),
      "　密钥：",
      element("code", { "data-testid": "secret" }, key),
    ),
    codeForm("下一步", finish),
  );
}

function signIn() {
  const words = { name: "邮箱", password: "密码", button: "登录" };
  const form = signInForm(words, email, async (typed, password) => {
    const { ok, reason, session_id } = await call("login", { email: typed, password });
    if (!ok) return refuse(WORDS[reason]);
    const { has_bound } = await call("hasBound", { session_id });
    if (!has_bound) return accept();
    askForCode(session_id);
  });
  show(element("h1", {}, "登录 ONES"), form);
}

function askForCode(session_id) {
  const verify = async (code) => {
    const { ok, reason } = await call("isCodeValid", { session_id, code });
    if (ok) return accept();
    if (reason === "SessionExpired") signIn();
    refuse(WORDS[reason]);
  };
  // Of the same look where the code comes by SMS: what tells the two apart are the words, and the button beside the field.
  const isSms = page === "sms";
  const about = isSms ? "短信验证码将发送至 138****0000" : "请输入身份验证器上显示的 6 位验证码";
  const send = isSms ? [element("button", { type: "button" }, "获取验证码")] : [];
  show(
    element("h1", {}, isSms ? "手机短信验证" : "两步验证"),
    element("p", {}, about),
    codeForm(isPhone ? "确定" : "验证", verify, send),
  );
}

function codeForm(label, then, beside = []) {
  const input = element("input", {
    type: "text",
    class: "ones-input",
    placeholder: "请输入验证码",
    maxlength: "6",
  });
  // The phone's keyboard of digits.
  if (isPhone) input.inputMode = "numeric";
  const row = element("div", { class: "ones-input-wrapper" }, input, ...beside);
  const form = element("form", {}, row, element("button", { type: "submit" }, label));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sending();
    then(input.value.trim());
  });
  return form;
}
