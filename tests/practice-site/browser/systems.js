// What the pages of the systems share: elements, requests, and the verdict where a test looks for it.
export const app = document.getElementById("app");

const result = document.querySelector("[data-testid=result]");

/** An element with attributes and children; a listener is an attribute whose name begins with "on". */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (attribute.startsWith("on")) made.addEventListener(attribute.slice(2), value);
    else made.setAttribute(attribute, value);
  }
  made.append(...children);
  return made;
}

/** Draws the next step of a page in place of the one before. */
export function show(...children) {
  app.replaceChildren(...children);
}

/** Asks the system; `ok` is HTTP's, the rest the system's own. Each request with a code in it is counted. */
export async function ask(method, path, body, token) {
  const response = await fetch(path, {
    method,
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
    ...(method !== "GET" && { body: JSON.stringify(body ?? {}) }),
  });
  return { ok: response.ok, ...(await response.json()) };
}

/** A form that asks for name and password; what was typed goes to `then`. */
export function signInForm({ name, password, button }, account, then) {
  const fields = [
    element("label", { for: "user" }, name),
    element("input", { id: "user", name: "user", autocomplete: "username", value: account }),
    element("label", { for: "password" }, password),
    element("input", { id: "password", type: "password", autocomplete: "current-password" }),
  ];
  const form = element("form", {}, ...fields, element("button", {}, button));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clear();
    then(fields[1].value, fields[3].value);
  });
  return form;
}

/** Counts that the page has sent a code off, and takes the last verdict away until the next one is there. */
export function sending() {
  document.body.dataset.submissions = String(Number(document.body.dataset.submissions ?? 0) + 1);
  clear();
}

export function clear() {
  result.textContent = "";
  delete result.dataset.verdict;
}

export function accept(more = {}) {
  Object.assign(document.body.dataset, more);
  result.textContent = "accepted";
  result.dataset.verdict = "accepted";
}

export function refuse(why) {
  result.textContent = `refused: ${why}`;
  result.dataset.verdict = "refused";
}
