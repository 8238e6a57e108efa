import { accept, app, ask, clear, element, refuse, sending, show, signInForm } from "./systems.js";

// As the guide's examples have it: no form, a bare text field that says nothing of itself, buttons that are inputs.
const FACTORS = "/systems/supabase/auth/v1/factors";
const { page, email, token, challenge: early } = app.dataset;

if (page === "enroll") enroll();
else signIn();

async function enroll() {
  const { id, totp } = await ask("POST", FACTORS, { factor_type: "totp" }, token);
  const unenroll = async () => {
    await ask("DELETE", `${FACTORS}/${id}`, undefined, token);
    show(element("p", {}, "Nothing was set up."));
  };
  show(
    element("h1", {}, "Add an authenticator app"),
    element("p", {}, "Scan the QR code with your authenticator app, then enter the code it shows."),
    // The interface gives the SVG itself; its client puts this in front of it.
    element("img", { src: `data:image/svg+xml;utf-8,${totp.qr_code}`, alt: totp.uri }),
    element(
      "p",
      {},
      "No camera? Enter this secret: ",
      element("code", { "data-testid": "secret" }, totp.secret),
    ),
    ...(await codeInput(id, token, "Enable")),
    element("input", { type: "button", value: "Cancel", onclick: unenroll }),
  );
}

function signIn() {
  const words = { name: "Email", password: "Password", button: "Sign in" };
  const form = signInForm(words, email, async (typed, password) => {
    const path = "/systems/supabase/auth/v1/token?grant_type=password";
    const { ok, message, access_token, user } = await ask("POST", path, { email: typed, password });
    if (!ok) return refuse(message);
    const factor = user.factors.find(({ status }) => status === "verified");
    // Current level aal1, next level aal2: there is something verified that was not used yet.
    if (levelOf(access_token) === "aal2" || factor === undefined)
      return accept({ level: levelOf(access_token) });
    show(
      element("div", {}, "Please enter the code from your authenticator app."),
      ...(await codeInput(factor.id, access_token, "Submit")),
    );
  });
  show(element("h1", {}, "Sign in"), form);
}

/** A field and a button; the challenge is asked for at the press, or already now where the page was asked to. */
async function codeInput(factor, session, label) {
  const newChallenge = async () => (await ask("POST", `${FACTORS}/${factor}/challenge`, {}, session)).id;
  let waiting = early === "early" ? await newChallenge() : null;
  const error = element("div", { class: "error" });
  const input = element("input", { type: "text" });
  const verify = async () => {
    sending();
    error.textContent = "";
    const challenge_id = waiting ?? (await newChallenge());
    waiting = null;
    const path = `${FACTORS}/${factor}/verify`;
    const { ok, code, message, access_token } = await ask(
      "POST",
      path,
      { challenge_id, code: input.value.trim() },
      session,
    );
    if (ok) return accept({ level: levelOf(access_token) });
    error.textContent = message;
    refuse(code);
  };
  input.addEventListener("input", clear);
  return [error, input, element("input", { type: "button", value: label, onclick: verify })];
}

function levelOf(accessToken) {
  return JSON.parse(atob(accessToken.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"))).aal;
}
