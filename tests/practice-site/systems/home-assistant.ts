import { strokesSvg } from "./qr-svg.ts";
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

type User = { readonly name: string; verifier: string | null };
type SetUp = { readonly user: User; readonly verifier: string; readonly placeholders: object };
type Login = { user: User | null; wrongCodes: number };

/** A second factor has to be there five minutes after a sign-in began. */
const LOGIN_SECONDS = 300;
const SET_UP_SECONDS = 3600;
/** As the module of time-based codes has it. */
const MOST_TRIES = 5;

const CODE_SCHEMA = [{ type: "string", name: "code", required: true }];

/**
 * Home Assistant: developers.home-assistant.io/docs/auth_auth_module and auth_api. A flow of forms: each step is
 * { type, flow_id, step_id, data_schema, description_placeholders, errors }, ends as "create_entry" or "abort", and
 * is gone then. Setting up shows the QR code inside the step's description; signing in has a step "mfa" and aborts
 * with "login_expired" where it took too long. What goes by WebSocket there is the same message by POST here.
 */
export function homeAssistant(ground: Ground): System {
  const userOf = perName((name): User => ({ name, verifier: null }));
  const people = new Sessions<User>(ground.now);
  const setUps = new Sessions<SetUp>(ground.now);
  // How long a sign-in may take is asked of it at each step: the flow itself stays, and says so.
  const logins = new Sessions<Login>(ground.now);
  let loginSeconds = LOGIN_SECONDS;

  const setUpForm = (flowId: string, placeholders: object, errors: object = {}): Reply =>
    step(flowId, {
      type: "form",
      step_id: "init",
      handler: "totp",
      errors,
      data_schema: CODE_SCHEMA,
      description_placeholders: placeholders,
    });

  const setUp = async (user: User, body: Call["body"]): Promise<Reply> => {
    const flowId = textOf(body, "flow_id");
    if (flowId === "") {
      const { name, secret } = await ground.newSecret();
      const url = `otpauth://totp/Home%20Assistant:${encodeURIComponent(user.name)}?secret=${secret}&issuer=Home%20Assistant`;
      ground.shown(`home-assistant/${user.name}`, { account: user.name, secret, uri: url });
      const placeholders = { code: secret, url, qr_code: strokesSvg(url) };
      return setUpForm(setUps.open({ user, verifier: name, placeholders }, SET_UP_SECONDS), placeholders);
    }
    const flow = setUps.live(flowId);
    if (flow?.user !== user) return { status: 404, json: { message: "Invalid flow specified" } };
    const verdict = await ground.verify(flow.verifier, codeIn(body));
    if (!verdict.accepted) return setUpForm(flowId, flow.placeholders, { base: "invalid_code" });
    setUps.end(flowId);
    user.verifier = flow.verifier;
    return step(flowId, { type: "create_entry", handler: "totp", result: null });
  };

  const mfaForm = (flowId: string, errors: object = {}): Reply => {
    const description_placeholders = { mfa_module_name: "Authenticator app", mfa_module_id: "totp" };
    return step(flowId, {
      type: "form",
      step_id: "mfa",
      errors,
      data_schema: CODE_SCHEMA,
      description_placeholders,
    });
  };

  const finish = (flowId: string, last: object): Reply => {
    logins.end(flowId);
    return step(flowId, last);
  };

  const credentials = (flowId: string, login: Login, body: Call["body"]): Reply => {
    if (textOf(body, "password") !== PASSWORD) return initForm(flowId, { base: "invalid_auth" });
    const user = userOf(textOf(body, "username"));
    if (user.verifier === null) return finish(flowId, { type: "create_entry", result: "authorization code" });
    login.user = user;
    return mfaForm(flowId);
  };

  const second = async (
    flowId: string,
    login: Login,
    verifier: string,
    body: Call["body"],
  ): Promise<Reply> => {
    const verdict = await ground.verify(verifier, textOf(body, "code"));
    if (verdict.accepted) return finish(flowId, { type: "create_entry", result: "authorization code" });
    login.wrongCodes++;
    if (login.wrongCodes >= MOST_TRIES) return finish(flowId, { type: "abort", reason: "too_many_retry" });
    return mfaForm(flowId, { base: "invalid_code" });
  };

  return {
    title: "Home Assistant",
    pages: { profile: "Profile", authorize: "Sign in" },

    page(name, query) {
      const user = userOf(accountIn(query));
      loginSeconds = secondsIn(query, "login-seconds", LOGIN_SECONDS);
      const token = name === "profile" ? people.open(user, SET_UP_SECONDS) : "";
      const title = name === "profile" ? "Profile" : "Sign in";
      return shell({
        title,
        language: "en",
        script: "home-assistant",
        data: { page: name, name: user.name, token },
      });
    },

    async call({ path, body, bearer }) {
      if (path === "auth/setup_mfa") {
        const user = people.live(bearer);
        return user === null ? { status: 401, json: {} } : setUp(user, body);
      }
      if (path === "auth/login_flow")
        return initForm(logins.open({ user: null, wrongCodes: 0 }, loginSeconds));
      const flowId = /^auth\/login_flow\/([\w-]+)$/.exec(path)?.[1];
      if (flowId === undefined) return null;
      const login = logins.find(flowId);
      if (login === null) return { status: 404, json: { message: "Invalid flow specified" } };
      if (login.value.user?.verifier == null) return credentials(flowId, login.value, body);
      // Before the code is looked at: it is not used up.
      if (login.state === "expired") return finish(flowId, { type: "abort", reason: "login_expired" });
      return second(flowId, login.value, login.value.user.verifier, body);
    },
  };
}

function initForm(flowId: string, errors: object = {}): Reply {
  const data_schema = ["username", "password"].map((name) => ({ type: "string", name, required: true }));
  return step(flowId, { type: "form", step_id: "init", errors, data_schema });
}

function step(flowId: string, rest: object): Reply {
  return { status: 200, json: { flow_id: flowId, ...rest } };
}

function codeIn(body: Call["body"]): string {
  const input = body.user_input;
  return typeof input === "object" && input !== null ? textOf(input as Call["body"], "code") : "";
}
