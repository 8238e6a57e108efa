import { accept, app, ask, element, refuse, sending, show } from "./systems.js";

// Everything but signing in is elements inside elements, each with an open shadow root, as Home Assistant's frontend is
// built (github.com/home-assistant/frontend): the set-up's dialog is a neighbour of the whole page, which has a password
// to change behind it; its content is slotted into the dialog of another element; its field is five roots down, and its
// label a slot of a slot. What was typed travels up by events alone: nobody reads the input's value, and what is asked
// for has to have arrived before the button works. Signing in stands in the document itself, since programs that fill in
// would not find it otherwise.
const { page, name, token } = app.dataset;
const AUTH = "/systems/home-assistant/auth";
const ERRORS = {
  invalid_code: "Invalid code, please try again.",
  invalid_auth: "Invalid username or password",
  login_expired: "Session expired, please login again.",
  too_many_retry: "Too many wrong codes, please login again.",
};
const AUTOCOMPLETE = { username: "username", password: "current-password", code: "one-time-code" };

/** Defines an element that draws itself into a shadow root of its own, once. */
function define(tag, draw) {
  const drawn = class extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const options = { mode: "open", delegatesFocus: tag.endsWith("-input") };
      this.attachShadow(options).append(...draw(this));
    }
  };
  customElements.define(tag, drawn);
}

const slot = (slotName) => element("slot", slotName ? { name: slotName } : {});

function tell(from, value) {
  from.dispatchEvent(new CustomEvent("value-changed", { detail: value, bubbles: true, composed: false }));
}

// The innermost: the only one that holds an input.
define("base-input", (host) => {
  const { field, type, autocomplete } = host.dataset;
  const input = element("input", {
    id: "input",
    part: "input",
    class: "control",
    type,
    name: field,
    required: "",
  });
  input.autocomplete = autocomplete;
  input.addEventListener("input", () => {
    host.value = input.value;
  });
  return [
    element("label", { part: "form-control-label", for: "input" }, slot("label")),
    element("div", { part: "base" }, slot("start"), input, slot("end")),
  ];
});

define("labelled-input", (host) => {
  const { label, ...rest } = host.dataset;
  const data = Object.entries(rest).map(([key, value]) => [`data-${key}`, value]);
  const base = element("base-input", Object.fromEntries(data));
  base.append(element("slot", { name: "label", slot: "label" }, `${label}*`));
  // Of an event of the input nothing is left outside but that there was one.
  base.addEventListener("input", () => {
    host.value = base.value;
  });
  return [base];
});

define("form-string", (host) => {
  const { field, label } = host.dataset;
  const type = field.includes("password") ? "password" : "text";
  const input = element("labelled-input", {
    "data-field": field,
    "data-label": label,
    "data-type": type,
    "data-autocomplete": AUTOCOMPLETE[field] ?? "off",
  });
  input.addEventListener("input", () => tell(host, { [field]: input.value }));
  return [input];
});

define("form-of-schema", (host) => {
  const alert = element("div", { class: "error", role: "alert" });
  host.setError = (text) => {
    alert.textContent = text;
  };
  const fields = host.schema.map((field) =>
    element("form-string", { "data-field": field.name, "data-label": field.name }),
  );
  const root = element("div", { class: "root" }, alert, ...fields);
  root.addEventListener("value-changed", ({ detail }) => {
    host.data = { ...host.data, ...detail };
    tell(host, host.data);
  });
  return [root];
});

/** Paragraphs and **bold**, and the SVG that stands for a word of its own; of its attributes only a few are let through. */
define("markdown-text", (host) => {
  const inline = (paragraph) => {
    if (!paragraph.startsWith("<svg"))
      return paragraph.split("**").map((part, index) => (index % 2 ? element("code", {}, part) : part));
    return [
      document.importNode(new DOMParser().parseFromString(paragraph, "image/svg+xml").documentElement, true),
    ];
  };
  const paragraphs = host.content.split("\n\n").map((text) => element("p", {}, ...inline(text)));
  return [element("style", {}, "svg { background: white }"), element("markdown-body", {}, ...paragraphs)];
});

define("base-dialog", (host) => {
  const header = element("header", {}, element("h2", {}, slot("label")));
  const dialog = element("dialog", { part: "dialog" }, header, element("div", {}, slot()), slot("footer"));
  host.open = () => dialog.showModal();
  host.close = () => dialog.close();
  return [dialog];
});

define("wide-dialog", (host) => {
  const title = element("span", { slot: "label" }, host.getAttribute("header-title"));
  const footer = element("slot", { name: "footer", slot: "footer" });
  const base = element("base-dialog", {}, title, element("div", { class: "body" }, slot()), footer);
  host.open = () => base.open();
  host.close = () => base.close();
  return [base];
});

define("round-button", (host) => {
  const button = element("button", { type: "button", part: "base" }, slot());
  host.setDisabled = (isDisabled) => {
    button.disabled = isDisabled;
  };
  return [button];
});

define("set-up-dialog", (host) => {
  const { code, qr_code } = host.step.description_placeholders;
  const text = element("markdown-text");
  text.content = [
    "To use codes of an authenticator app as a second factor, scan the QR code with the app.",
    qr_code,
    `Then enter the six digit code that it shows. If scanning does not work, set it up by hand with the code **${code}**.`,
  ].join("\n\n");
  const form = element("form-of-schema");
  form.schema = host.step.data_schema;
  const cancel = element("round-button", { slot: "footer" }, "Cancel");
  const submit = element("round-button", { slot: "footer" }, "Submit");
  const title = "Set up two-factor authentication using TOTP";
  const dialog = element(
    "wide-dialog",
    { "header-title": title },
    element("div", {}, text, form),
    cancel,
    submit,
  );
  let typed = {};
  const showButton = (isBusy) => submit.setDisabled(isBusy || !typed.code);
  form.addEventListener("value-changed", ({ detail }) => {
    typed = detail;
    showButton(false);
  });
  cancel.addEventListener("click", () => dialog.close());
  submit.addEventListener("click", async () => {
    if (!typed.code) return;
    sending();
    showButton(true);
    const body = { flow_id: host.step.flow_id, user_input: typed };
    const { type, errors, message } = await ask("POST", `${AUTH}/setup_mfa`, body, token);
    showButton(false);
    if (type === "create_entry") return accept();
    form.setError(ERRORS[errors?.base] ?? message);
    refuse(errors?.base ?? message);
  });
  host.begin = () => {
    showButton(false);
    dialog.open();
  };
  return [dialog];
});

define("password-card", () => [
  element("h2", {}, "Change password"),
  element("labelled-input", {
    "data-field": "currentPassword",
    "data-label": "Current password",
    "data-type": "password",
    "data-autocomplete": "current-password",
  }),
]);

define("modules-card", (host) => {
  const enable = element("round-button", {}, "Enable");
  enable.addEventListener("click", () =>
    host.dispatchEvent(new Event("show-dialog", { bubbles: true, composed: true })),
  );
  return [
    element("h2", {}, "Multi-factor authentication modules"),
    element("p", {}, "Authenticator app"),
    enable,
  ];
});

define("profile-page", () => [
  element("h1", {}, "Security"),
  element("password-card"),
  element("modules-card"),
]);

// Dialogs are drawn here, whoever asks for them.
define("whole-app", (host) => {
  host.addEventListener("show-dialog", async () => {
    const dialog = element("set-up-dialog");
    dialog.step = await ask("POST", `${AUTH}/setup_mfa`, { mfa_module_id: "totp" }, token);
    host.shadowRoot.append(dialog);
    dialog.begin();
  });
  return [element("profile-page")];
});

if (page === "profile") show(element("whole-app"));
else authorize();

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
  // Here too: what no event told of was not typed.
  const typed = { username: name };
  const fields = step.data_schema.map((field) => fieldOf(field.name, labels[field.name], typed));
  const form = element("form", {}, ...fields, element("button", {}, "Log in"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    sending();
    const values = Object.fromEntries(step.data_schema.map((field) => [field.name, typed[field.name] ?? ""]));
    showStep(await ask("POST", `${AUTH}/login_flow/${step.flow_id}`, { client_id, ...values }), client_id);
  });
  const about =
    step.step_id === "mfa"
      ? `Open the ${step.description_placeholders.mfa_module_name} on your device for your two-factor authentication code.`
      : "Welcome home!";
  show(element("h1", {}, "Log in"), element("p", {}, about), form);
}

function fieldOf(field, words, typed) {
  const type = field === "password" ? "password" : "text";
  const autocomplete = AUTOCOMPLETE[field];
  const input = element("input", { type, name: field, id: field, required: "", autocomplete });
  input.value = typed[field] ?? "";
  input.addEventListener("input", () => {
    typed[field] = input.value;
  });
  return element("label", { for: field }, `${words}*`, input);
}
