/** What each function resolves to, as ONES declares it. */
export type PluginResponse = {
  readonly statusCode: number;
  readonly body: Readonly<Record<string, unknown>>;
};
/** What it takes: `async function getTwoFactorAuthenticatorName(body: any): Promise<PluginResponse>`, and the others likewise. */
type Body = Readonly<Record<string, unknown>>;
export type PluginFunction = (body: Body) => Promise<PluginResponse>;

const NAMES: Readonly<Record<string, string>> = {
  zh: "手机短信验证",
  "zh-CN": "手机短信验证",
  en: "SMS code",
};
/** Bound before anybody asked here: what an import into Countersign is of. */
const BOUND_BEFORE: readonly (readonly [string, string])[] = [
  ["E-1001", "+8613800000001"],
  ["eve@example.com", "+8613800000003"],
];

/**
 * An SMS provider as a plugin for ONES has it: the four functions, and the one by which its own page has a code sent. Each
 * is asynchronous and takes the body alone; out comes status 200 with code 200, or another status with errcode, model, reason
 * and type.
 */
export function makeSmsProvider({ isPhoneLayout }: { readonly isPhoneLayout: boolean }) {
  const phones = new Map(BOUND_BEFORE);
  const codes = new Map<string, string>();
  const messages: { readonly to: string; readonly code: string }[] = [];

  const functions = {
    async getTwoFactorAuthenticatorName(body: Body): Promise<PluginResponse> {
      const languages = body.languages as string[];
      return right({
        names: languages.flatMap((language) => {
          const name = NAMES[language];
          return name === undefined ? [] : [{ language, name }];
        }),
      });
    },
    async hasBound(body: Body): Promise<PluginResponse> {
      return right({ has_bound: phones.has(String(body.external_id)) });
    },
    async sendCode(body: Body): Promise<PluginResponse> {
      const to = String(body.identifier ?? phones.get(String(body.external_id)));
      if (!/^\+\d{7,15}$/.test(to)) return wrong("InvalidParameter", "identifier", "手机号码格式不正确");
      const code = String(100_000 + messages.length * 37);
      codes.set(String(body.session_id), code);
      messages.push({ to, code });
      return right({ sent_to: `*${to.slice(-4)}` });
    },
    async bind(body: Body): Promise<PluginResponse> {
      if (isPhoneLayout)
        return wrong("BindingNotAllowed", "layout", "请在电脑端绑定 (Please bind on a computer)");
      if (!isSentCode(body)) return wrong("VerificationFailed", "code", "验证码错误或已过期");
      phones.set(String(body.external_id), String(body.identifier));
      return right({});
    },
    async isCodeValid(body: Body): Promise<PluginResponse> {
      return right({ is_valid: isSentCode(body) });
    },
  } satisfies Readonly<Record<string, PluginFunction>>;
  return { functions, messages };

  function isSentCode({ session_id, code }: Body): boolean {
    const isRight = codes.get(String(session_id)) === code;
    if (isRight) codes.delete(String(session_id));
    return isRight;
  }
}

function right(data: Readonly<Record<string, unknown>>): PluginResponse {
  return { statusCode: 200, body: { code: 200, data } };
}

function wrong(errcode: string, model: string, reason: string): PluginResponse {
  return { statusCode: 400, body: { code: 400, errcode, model, reason, type: "BusinessError" } };
}
