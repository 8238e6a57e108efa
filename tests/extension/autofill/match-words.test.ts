import { describe, expect, it } from "vitest";
import { matcher, pageText, remover } from "../../../extension/autofill/match-words.ts";

describe("names and sentences of a page", () => {
  it.for([
    ["loginTwoFactorCode2", " login two factor code 2 "],
    ["user[otp_attempt]", " user otp attempt "],
    ["idTxtBx_SAOTCC_OTC", " id txt bx saotcc otc "],
    ["OTPCode", " otp code "],
    ["2faCodeInput", " 2fa code input "],
    ["Código de verificación", " codigo de verificacion "],
    ["İki Adımlı Doğrulama", " iki adimli dogrulama "],
    ["Введите код", " введите код "],
    ["인증 코드", " 인증 코드 "],
  ])("%s is read as '%s'", ([text, words]) => {
    expect(pageText(text!).words).toBe(words);
  });
});

describe("a table of words", () => {
  const says = matcher({
    en: ["code", "one time pass*"],
    zh: ["验证码"],
    ko: ["인증 코드"],
    ru: ["двухфактор*"],
  });

  it.for([
    "auth-code",
    "oneTimePassword",
    "onetimepasscode",
    "ONE TIME PASS",
    "请 输入 验证码",
    "이중 인증 코드",
    "Двухфакторный",
  ])("finds itself in %s", (text) => {
    expect(says(pageText(text))).toBe(true);
  });

  it.for(["decode", "codec", "zipcode", "one more time to pass", "验证", "фактор"])(
    "does not find itself in %s",
    (text) => {
      expect(says(pageText(text))).toBe(false);
    },
  );

  it("is taken out as a whole, the longest phrase first", () => {
    const rest = remover({ en: ["pin", "pin code"] })(pageText("Your PIN code"));
    expect(says(rest)).toBe(false);
  });
});
