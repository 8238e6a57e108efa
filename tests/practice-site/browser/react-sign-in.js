import { createElement, useState } from "react";
import { createRoot } from "react-dom/client";

// A controlled field: React puts back its own state over any value that no input event told it about.
function SignIn({ account }) {
  const [code, setCode] = useState("");
  return createElement(
    "form",
    { "data-account": account },
    createElement("label", { htmlFor: "code" }, "Authenticator code"),
    createElement("input", {
      id: "code",
      name: "code",
      inputMode: "numeric",
      value: code,
      onChange: (event) => setCode(event.target.value.replace(/\D/g, "").slice(0, 10)),
    }),
    createElement("button", { type: "submit", disabled: code.length < 6 }, "Sign in"),
    createElement("output", { "data-testid": "state" }, code),
  );
}

const root = document.getElementById("react-root");
createRoot(root).render(createElement(SignIn, { account: root.dataset.account }));
