import { accept, app, ask, element, refuse, sending, show } from "./systems.js";

// Setting up takes place in a dialog of elements inside elements, each with an open shadow root: the picture in one, the
// field in another. Signing in stands in the document itself, since programs that fill in would not find it otherwise.
const { page, name, token } = app.dataset;
const AUTH = "/systems/home-assistant/auth";
const ERRORS = {
  invalid_code: "Invalid code, please try again.",
  invalid_auth: "Invalid username or password",
  login_expired: "Session expired, please login again.",
  too_many_retry: "Too many wrong codes, please login again.",
};

class MarkdownText extends HTMLElement {
  /** Paragraphs and **bold**, and the SVG that stands for a word of its own. */
  set content(text) {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.replaceChildren(...text.split("\n\n").map((paragraph) => element("p", {}, ...inline(paragraph))));
  }
}

function inline(paragraph) {
  if (!paragraph.startsWith("<svg"))
    return paragraph.split("**").map((part, index) => (index % 2 ? element("code", {}, part) : part));
  const picture = new DOMParser().parseFromString(paragraph, "image/svg+xml").documentElement;
  return [document.importNode(picture, true)];
}

class TextField extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const { label, field } = this.dataset;
    const input = element("input", { type: "text", name: field, required: "", "aria-labelledby": "label" });
    input.autocomplete = field === "code" ? "one-time-code" : "off";
    const box = element("label", {}, element("span", { id: "label" }, `${label}*`), input);
    this.attachShadow({ mode: "open" }).append(box);
  }
  get value() {
    return this.shadowRoot.querySelector("input").value;
  }
}

class FormOfSchema extends HTMLElement {
  set schema(fields) {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.replaceChildren(
      element("div", { class: "error" }),
      ...fields.map((field) => element("text-field", { "data-field": field.name, "data-label": field.name })),
    );
  }
  set error(text) {
    this.shadowRoot.querySelector(".error").textContent = text;
  }
  get data() {
    const fields = [...this.shadowRoot.querySelectorAll("text-field")];
    return Object.fromEntries(fields.map((field) => [field.dataset.field, field.value]));
  }
}

class SetUpDialog extends HTMLElement {
  async begin() {
    this.step = await ask("POST", `${AUTH}/setup_mfa`, { mfa_module_id: "totp" }, token);
    const { code, qr_code } = this.step.description_placeholders;
    this.text = element("markdown-text");
    this.text.content = [
      "To use codes of an authenticator app as a second factor, scan the QR code with the app.",
      qr_code,
      `Then enter the six digit code that it shows. If scanning does not work, set it up by hand with the code **${code}**.`,
    ].join("\n\n");
    this.form = element("form-of-schema");
    this.form.schema = this.step.data_schema;
    const button = element("button", { type: "button", onclick: () => this.next() }, "Submit");
    const heading = element("h2", {}, "Set up two-factor authentication using TOTP");
    const dialog = element("dialog", {}, heading, this.text, this.form, button);
    this.attachShadow({ mode: "open" }).append(dialog);
    dialog.showModal();
  }
  async next() {
    sending();
    const body = { flow_id: this.step.flow_id, user_input: this.form.data };
    const { type, errors, message } = await ask("POST", `${AUTH}/setup_mfa`, body, token);
    if (type === "create_entry") return accept();
    this.form.error = ERRORS[errors?.base] ?? message;
    refuse(errors?.base ?? message);
  }
}

customElements.define("markdown-text", MarkdownText);
customElements.define("text-field", TextField);
customElements.define("form-of-schema", FormOfSchema);
customElements.define("set-up-dialog", SetUpDialog);

if (page === "profile") showProfile();
else authorize();

function showProfile() {
  const enable = () => {
    const dialog = element("set-up-dialog");
    show(dialog);
    dialog.begin();
  };
  show(
    element("h1", {}, "Multi-factor authentication modules"),
    element("p", {}, "Authenticator app"),
    element("button", { type: "button", onclick: enable }, "Enable"),
  );
}

async function authorize() {
  const client_id = `${location.origin}/`;
  const flow = { client_id, handler: ["homeassistant", null], redirect_uri: client_id };
  showStep(await ask("POST", `${AUTH}/login_flow`, flow), client_id);
}

function showStep(step, client_id) {
  const failure = step.reason ?? step.errors?.base;
  if (failure) refuse(ERRORS[failure] ?? failure);
  if (step.type === "create_entry") return accept();
  if (step.type === "abort")
    return show(
      element("p", {}, ERRORS[step.reason]),
      element("button", { type: "button", onclick: authorize }, "Start over"),
    );
  const labels = { username: "Username", password: "Password", code: "Two-factor authentication code" };
  const inputs = step.data_schema.map((field) => inputOf(field.name, labels[field.name]));
  const form = element("form", {}, ...inputs.map(({ label }) => label), element("button", {}, "Log in"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    sending();
    const values = Object.fromEntries(inputs.map(({ input }) => [input.name, input.value]));
    showStep(await ask("POST", `${AUTH}/login_flow/${step.flow_id}`, { client_id, ...values }), client_id);
  });
  const about =
    step.step_id === "mfa"
      ? `Open the ${step.description_placeholders.mfa_module_name} on your device for your two-factor authentication code.`
      : "Welcome home!";
  show(element("h1", {}, "Log in"), element("p", {}, about), form);
}

function inputOf(field, words) {
  const autocomplete = { username: "username", password: "current-password", code: "one-time-code" }[field];
  const type = field === "password" ? "password" : "text";
  const input = element("input", { type, name: field, id: field, required: "", autocomplete });
  if (field === "username") input.value = name;
  return { input, label: element("label", { for: field }, `${words}*`, input) };
}
