import { randomUUID } from "node:crypto";
import { rectanglesSvg } from "./qr-svg.ts";
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

type Factor = { readonly id: string; readonly verifier: string; isVerified: boolean };
type User = { readonly email: string; readonly factors: Factor[] };
type Session = { readonly user: User; readonly level: "aal1" | "aal2" };
type Challenge = { readonly factor: Factor };

const SESSION_SECONDS = 3600;
const CHALLENGE_SECONDS = 300;

/**
 * Supabase Auth: supabase.com/docs/guides/auth/auth-mfa/totp and the reference of auth.mfa. Enroll gives id and totp
 * { qr_code, secret, uri }, where qr_code is an SVG; a challenge of the factor is verified by { challenge_id, code }
 * before it expires; the session is then aal2. The paths and errors are those of its HTTP interface.
 */
export function supabase(ground: Ground): System {
  const userOf = perName((email): User => ({ email, factors: [] }));
  const sessions = new Sessions<Session>(ground.now);
  const challenges = new Sessions<Challenge>(ground.now);
  let challengeSeconds = CHALLENGE_SECONDS;

  const signIn = (user: User, level: Session["level"]): object => {
    const claims = {
      aal: level,
      email: user.email,
      amr: [{ method: level === "aal1" ? "password" : "totp" }],
    };
    const parts = [{ alg: "HS256", typ: "JWT" }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString("base64url"),
    );
    const access_token = sessions.open({ user, level }, SESSION_SECONDS, [...parts, randomUUID()].join("."));
    return { access_token, token_type: "bearer", expires_in: SESSION_SECONDS, user: shownUser(user) };
  };

  const enroll = async ({ user, level }: Session): Promise<Reply> => {
    if (level === "aal1" && user.factors.some((factor) => factor.isVerified))
      return refused(403, "insufficient_aal", "AAL2 required to enroll a new factor");
    const { name, secret } = await ground.newSecret();
    const factor: Factor = { id: randomUUID(), verifier: name, isVerified: false };
    user.factors.push(factor);
    // Without an issuer of the project's own it is the address of the site, port included.
    const issuer = ground.host();
    const parameters = new URLSearchParams({ algorithm: "SHA1", digits: "6", issuer, period: "30", secret });
    const uri = `otpauth://totp/${issuer}:${user.email}?${parameters}`;
    ground.shown(`supabase/${user.email}`, { account: user.email, secret, uri });
    const totp = { qr_code: rectanglesSvg(uri), secret, uri };
    return { status: 200, json: { id: factor.id, type: "totp", friendly_name: "", totp } };
  };

  const verify = async (user: User, factor: Factor, body: Call["body"]): Promise<Reply> => {
    const challengeId = textOf(body, "challenge_id");
    const challenge = challenges.find(challengeId);
    if (challenge?.value.factor !== factor)
      return refused(404, "mfa_factor_not_found", "MFA factor with the provided challenge ID not found");
    if (challenge.state === "expired") {
      challenges.end(challengeId);
      return refused(422, "mfa_challenge_expired", `MFA challenge ${challengeId} has expired`);
    }
    const verdict = await ground.verify(factor.verifier, textOf(body, "code"));
    if (!verdict.accepted) return refused(422, "mfa_verification_failed", "Invalid TOTP code entered");
    challenges.end(challengeId);
    factor.isVerified = true;
    return { status: 200, json: signIn(user, "aal2") };
  };

  const withFactor = async (session: Session, { method, path, body }: Call): Promise<Reply | null> => {
    const [, , , id, step] = path.split("/");
    const factor = session.user.factors.find((each) => each.id === id);
    if (factor === undefined) return refused(404, "mfa_factor_not_found", "Factor not found");
    if (method === "POST" && step === "challenge") {
      const challenge = challenges.open({ factor }, challengeSeconds);
      const expires_at = Math.floor(challenges.until(challenge) / 1000);
      return { status: 200, json: { id: challenge, type: "totp", expires_at } };
    }
    if (method === "POST" && step === "verify") return verify(session.user, factor, body);
    if (method === "DELETE" && step === undefined) {
      if (factor.isVerified && session.level === "aal1")
        return refused(422, "insufficient_aal", "AAL2 required to unenroll verified factor");
      session.user.factors.splice(session.user.factors.indexOf(factor), 1);
      return { status: 200, json: { id: factor.id } };
    }
    return null;
  };

  return {
    title: "Supabase",
    pages: {
      enroll: "Set up a factor",
      "enroll-bare": "Set up a factor, without a word",
      "sign-in": "Sign in",
    },

    page(name, query) {
      const user = userOf(accountIn(query));
      challengeSeconds = secondsIn(query, "challenge-seconds", CHALLENGE_SECONDS);
      const { access_token } = signIn(user, "aal1") as { readonly access_token: string };
      const token = name === "sign-in" ? "" : access_token;
      // What is copied from the guide stands in a page that says no more than it does.
      const titles: Record<string, string> = { enroll: "Set up MFA", "enroll-bare": "My app" };
      return shell({
        title: titles[name] ?? "Sign in",
        language: "en",
        script: name === "enroll-bare" ? "supabase-bare" : "supabase",
        // Asked for when the page opens, a challenge may have expired when the code is there.
        data: { page: name, email: user.email, token, challenge: query.get("challenge") ?? "" },
      });
    },

    async call(call) {
      if (call.path === "auth/v1/token") {
        if (textOf(call.body, "password") !== PASSWORD)
          return refused(400, "invalid_credentials", "Invalid login credentials");
        return { status: 200, json: signIn(userOf(textOf(call.body, "email")), "aal1") };
      }
      if (!call.path.startsWith("auth/v1/factors")) return null;
      const session = sessions.live(call.bearer);
      if (session === null)
        return refused(401, "no_authorization", "This endpoint requires a valid Bearer token");
      if (call.path === "auth/v1/factors" && call.method === "POST") return enroll(session);
      return withFactor(session, call);
    },
  };
}

function shownUser({ email, factors }: User): object {
  return {
    email,
    factors: factors.map(({ id, isVerified }) => ({
      id,
      factor_type: "totp",
      status: isVerified ? "verified" : "unverified",
    })),
  };
}

function refused(status: number, code: string, message: string): Reply {
  return { status, json: { code, message } };
}
