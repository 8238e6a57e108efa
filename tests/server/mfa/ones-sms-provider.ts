/** What ONES calls a response: what each function returns. */
export type Answered = { readonly statusCode: number; readonly body: Readonly<Record<string, unknown>> };
type Request = { readonly body: Readonly<Record<string, unknown>> };

const NAMES: Readonly<Record<string, string>> = {
  zh: "手机短信验证",
  "zh-CN": "手机短信验证",
  en: "SMS code",
};
/** Bound before anybody asked here: what an import into Countersign is of. */
const BOUND_BEFORE: readonly (readonly [string, string])[] = [["E-1001", "+8613800000001"]];

/**
 * An SMS provider as a plugin for ONES has it: the four functions, and the one by which its own page has a code sent. Body
 * in; out comes status 200 with code 200, or another status with errcode, model, reason and type.
 */
export function makeSmsProvider({ isPhoneLayout }: { readonly isPhoneLayout: boolean }) {
  const phones = new Map(BOUND_BEFORE);
  const codes = new Map<string, string>();
  const messages: { readonly to: string; readonly code: string }[] = [];

  const functions = {
    getTwoFactorAuthenticatorName({ body }: Request): Answered {
      const languages = body.languages as string[];
      return right({
        names: languages.flatMap((language) => {
          const name = NAMES[language];
          return name === undefined ? [] : [{ language, name }];
        }),
      });
    },
    hasBound: ({ body }: Request) => right({ has_bound: phones.has(String(body.external_id)) }),
    sendCode({ body }: Request): Answered {
      const to = String(body.identifier ?? phones.get(String(body.external_id)));
      if (!/^\+\d{7,15}$/.test(to)) return wrong("InvalidParameter", "identifier", "手机号码格式不正确");
      const code = String(100_000 + messages.length * 37);
      codes.set(String(body.session_id), code);
      messages.push({ to, code });
      return right({ sent_to: `*${to.slice(-4)}` });
    },
    bind({ body }: Request): Answered {
      if (isPhoneLayout)
        return wrong("BindingNotAllowed", "layout", "请在电脑端绑定 (Please bind on a computer)");
      if (!isSentCode(body)) return wrong("VerificationFailed", "code", "验证码错误或已过期");
      phones.set(String(body.external_id), String(body.identifier));
      return right({});
    },
    isCodeValid: ({ body }: Request) => right({ is_valid: isSentCode(body) }),
  };
  return { functions, messages };

  function isSentCode({ session_id, code }: Request["body"]): boolean {
    const isRight = codes.get(String(session_id)) === code;
    if (isRight) codes.delete(String(session_id));
    return isRight;
  }
}

function right(data: Readonly<Record<string, unknown>>): Answered {
  return { statusCode: 200, body: { code: 200, data } };
}

function wrong(errcode: string, model: string, reason: string): Answered {
  return { statusCode: 400, body: { code: 400, errcode, model, reason, type: "BusinessError" } };
}
