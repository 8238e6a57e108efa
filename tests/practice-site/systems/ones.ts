import { randomBytes } from "node:crypto";
import QRCode from "qrcode";
import { Sessions } from "./sessions.ts";
import {
  accountIn,
  type Ground,
  PASSWORD,
  perName,
  type Reply,
  type System,
  secondsIn,
  shell,
  textOf,
} from "./system.ts";

type User = { readonly email: string; verifier: string | null; asked: string | null };

const SESSION_SECONDS = 600;

/**
 * ONES: docs.ones.com, "MFA device", for what a person sees, and developer.ones.cn, "twoFactorAuthenticator", for the
 * functions behind it: hasBound, bind and isCodeValid. What is right has status 200 and a body with code 200; anything
 * else another status and errcode, model, reason and type. The page that verifies has a layout for a desktop and one for
 * a phone; the one that binds tells a phone to go to a computer.
 *
 * The documents leave open how a page gets its picture and how one signs in before: device and login are this site's
 * own, and so are the words of errcode and reason.
 */
export function ones(ground: Ground): System {
  const userOf = perName((email): User => ({ email, verifier: null, asked: null }));
  const sessions = new Sessions<User>(ground.now);
  let sessionSeconds = SESSION_SECONDS;

  const device = async (user: User): Promise<Reply> => {
    const { name, secret } = await ground.newSecret();
    user.asked = name;
    const uri = `otpauth://totp/ONES:${encodeURIComponent(user.email)}?secret=${secret}&issuer=ONES`;
    ground.shown(`ones/${user.email}`, { account: user.email, secret, uri });
    return right({ account: user.email, key: secret, picture: await QRCode.toDataURL(uri, { width: 360 }) });
  };

  const bind = async (user: User, code: string): Promise<Reply> => {
    const verdict = user.asked === null ? null : await ground.verify(user.asked, code);
    if (!verdict?.accepted) return wrong(400, "InvalidCode");
    user.verifier = user.asked;
    user.asked = null;
    return right({ recovery_key: randomBytes(8).toString("hex") });
  };

  const isCodeValid = async (user: User, code: string): Promise<Reply> => {
    if (user.verifier === null) return wrong(403, "NotBound");
    const verdict = await ground.verify(user.verifier, code);
    return verdict.accepted ? right() : wrong(400, "InvalidCode");
  };

  return {
    title: "ONES",
    pages: { bind: "绑定 MFA 设备", verify: "两步验证", sms: "两步验证，短信" },

    page(name, query) {
      const user = userOf(accountIn(query));
      sessionSeconds = secondsIn(query, "session-seconds", SESSION_SECONDS);
      const session = name === "bind" ? sessions.open(user, sessionSeconds) : "";
      const title = name === "bind" ? "绑定 MFA 设备" : "两步验证";
      return shell({
        title,
        language: "zh-CN",
        script: "ones",
        data: { page: name, email: user.email, session },
      });
    },

    async call({ path, body }) {
      if (path === "login") {
        if (textOf(body, "password") !== PASSWORD) return wrong(401, "InvalidPassword");
        return right({ session_id: sessions.open(userOf(textOf(body, "email")), sessionSeconds) });
      }
      if (!["device", "hasBound", "bind", "isCodeValid"].includes(path)) return null;
      const user = sessions.live(textOf(body, "session_id"));
      if (user === null) return wrong(401, "SessionExpired");
      if (path === "hasBound") return right({ has_bound: user.verifier !== null });
      if (path === "device") return device(user);
      const code = textOf(body, "code");
      return path === "bind" ? bind(user, code) : isCodeValid(user, code);
    },
  };
}

function right(more: object = {}): Reply {
  return { status: 200, json: { code: 200, ...more } };
}

function wrong(status: number, reason: string): Reply {
  const type = status === 400 ? "InvalidParameter" : "PermissionDenied";
  return { status, json: { errcode: `${type}.TwoFactor.${reason}`, model: "TwoFactor", reason, type } };
}
