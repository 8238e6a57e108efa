import { randomBytes } from "node:crypto";
import QRCode from "qrcode";
import { Sessions } from "./sessions.ts";
import {
  accountIn,
  type Call,
  type Ground,
  PASSWORD,
  perName,
  type Reply,
  type System,
  secondsIn,
  shell,
  textOf,
} from "./system.ts";

type Authenticator = { readonly verifier: string; recoveryCode: string };
type User = { readonly email: string; bound: Authenticator | null; asked: Authenticator | null };

const SESSION_SECONDS = 3600;
/** The one in the documents' example expires six minutes after it was issued. */
const MFA_TOKEN_SECONDS = 360;

/** Signing in is not done yet: data.mfaToken goes along with what comes next. */
const MFA_REQUIRED = 1636;
const WRONG_CODE = 6001;
const WRONG_RECOVERY_CODE = 6002;

/**
 * Authing: docs.authing.cn, the MFA module and "Configure MFA through SDK" (github.com/Authing/docs). Associate gives
 * secret, qrcode_uri, qrcode_data_url (a PNG) and recovery_code; nothing counts before it is confirmed with a code.
 * Signing in then answers 1636 with an mfaToken, with which a code or the recovery code is verified; a recovery code
 * is good once, and the next one comes back. The path and the refusal of a wrong password are this site's own.
 */
export function authing(ground: Ground): System {
  const userOf = perName((email): User => ({ email, bound: null, asked: null }));
  const sessions = new Sessions<User>(ground.now);
  const mfaTokens = new Sessions<User>(ground.now);
  let mfaTokenSeconds = MFA_TOKEN_SECONDS;

  const signedIn = (user: User, message: string, more: object = {}): Reply =>
    done(message, { email: user.email, token: sessions.open(user, SESSION_SECONDS) }, more);

  const login = (body: Call["body"]): Reply => {
    if (textOf(body, "password") !== PASSWORD) return failed(2333, "账号或密码不正确");
    const user = userOf(textOf(body, "account"));
    if (user.bound === null) return signedIn(user, "登录成功");
    const mfaToken = mfaTokens.open(user, mfaTokenSeconds);
    return { status: 200, json: { code: MFA_REQUIRED, message: "请输入二次认证安全码", data: { mfaToken } } };
  };

  const associate = async (user: User): Promise<Reply> => {
    const { name, secret } = await ground.newSecret();
    user.asked = { verifier: name, recoveryCode: newRecoveryCode() };
    const label = `playground:${encodeURIComponent(user.email)}`;
    const uri = `otpauth://totp/${label}?secret=${secret}&period=30&digits=6&algorithm=SHA1&issuer=playground`;
    ground.shown(`authing/${user.email}`, { account: user.email, secret, uri });
    return done("获取 MFA 密钥成功", {
      authenticator_type: "totp",
      secret,
      qrcode_uri: uri,
      qrcode_data_url: await QRCode.toDataURL(uri),
      recovery_code: user.asked.recoveryCode,
    });
  };

  const confirm = async (user: User, totp: string): Promise<Reply> => {
    const verdict = user.asked && (await ground.verify(user.asked.verifier, totp));
    if (!verdict?.accepted) return { status: 400, json: { code: 400, message: "安全码错误，请重新输入" } };
    user.bound = user.asked;
    user.asked = null;
    return done("TOTP MFA 绑定成功");
  };

  const verify = async (mfaToken: string, user: User, bound: Authenticator, totp: string): Promise<Reply> => {
    const verdict = await ground.verify(bound.verifier, totp);
    if (!verdict.accepted) return failed(WRONG_CODE, "安全码错误，请重新输入");
    mfaTokens.end(mfaToken);
    return signedIn(user, "二次验证成功");
  };

  const recover = (mfaToken: string, user: User, bound: Authenticator, recoveryCode: string): Reply => {
    if (recoveryCode !== bound.recoveryCode) return failed(WRONG_RECOVERY_CODE, "恢复代码错误，请重新输入");
    mfaTokens.end(mfaToken);
    bound.recoveryCode = newRecoveryCode();
    return signedIn(user, "二次验证成功", { recoveryCode: bound.recoveryCode });
  };

  return {
    title: "Authing",
    pages: { bind: "绑定 TOTP", "sign-in": "登录" },

    page(name, query) {
      const user = userOf(accountIn(query));
      mfaTokenSeconds = secondsIn(query, "mfa-token-seconds", MFA_TOKEN_SECONDS);
      const token = name === "bind" ? sessions.open(user, SESSION_SECONDS) : "";
      const title = name === "bind" ? "绑定多因素认证" : "登录";
      return shell({
        title,
        language: "zh-CN",
        script: "authing",
        data: { page: name, email: user.email, token },
      });
    },

    async call({ path, body, bearer }) {
      if (path === "api/v2/login/account") return login(body);
      const step = /^api\/v2\/mfa\/totp\/(\w+(?:\/confirm)?)$/.exec(path)?.[1];
      if (step === "associate" || step === "associate/confirm") {
        const user = sessions.live(bearer);
        if (user === null) return signInAgain();
        return step === "associate" ? associate(user) : confirm(user, textOf(body, "totp"));
      }
      if (step !== "verify" && step !== "recovery") return null;
      // Before the code is looked at: one that came with a wrong token is not used up.
      const user = mfaTokens.live(bearer);
      if (user?.bound == null) return signInAgain();
      return step === "verify"
        ? verify(bearer, user, user.bound, textOf(body, "totp"))
        : recover(bearer, user, user.bound, textOf(body, "recoveryCode"));
    },
  };
}

/** Six groups of four, as "8477-a1a6-662c-a750-bbb4-72a9". */
function newRecoveryCode(): string {
  return (randomBytes(12).toString("hex").match(/.{4}/g) ?? []).join("-");
}

function done(message: string, data: object = {}, more: object = {}): Reply {
  return { status: 200, json: { code: 200, message, data, ...more } };
}

function failed(code: number, message: string): Reply {
  return { status: 200, json: { code, message } };
}

/** The documents name no code for a token that is wrong or has expired; HTTP has one. */
function signInAgain(): Reply {
  return { status: 401, json: { code: 401, message: "登录已过期，请重新登录" } };
}
