import { createElement as h, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { accept, app, ask, refuse, sending } from "./systems.js";

// No more than the guide's example draws: a picture without words, a field that React holds the text of, without a name,
// a label or a word beside it, and two buttons that are inputs. An error stands there only while there is one.
const FACTORS = "/systems/supabase/auth/v1/factors";
const { token } = app.dataset;

function Enrolment() {
  const [factor, setFactor] = useState(null);
  const [picture, setPicture] = useState("");
  const [typed, setTyped] = useState("");
  const [error, setError] = useState("");
  const [isOver, setOver] = useState(false);

  useEffect(() => {
    ask("POST", FACTORS, { factor_type: "totp" }, token).then(({ id, totp }) => {
      setFactor(id);
      setPicture(`data:image/svg+xml;utf-8,${totp.qr_code}`);
    });
  }, []);

  const enable = async () => {
    sending();
    setError("");
    const challenge = await ask("POST", `${FACTORS}/${factor}/challenge`, {}, token);
    const body = { challenge_id: challenge.id, code: typed };
    const { ok, code, message } = await ask("POST", `${FACTORS}/${factor}/verify`, body, token);
    if (ok) return accept();
    setError(message);
    refuse(code);
  };
  const cancel = async () => {
    await ask("DELETE", `${FACTORS}/${factor}`, undefined, token);
    setOver(true);
  };

  if (isOver) return null;
  return h(
    "div",
    null,
    error !== "" && h("div", { className: "error" }, error),
    h("img", { src: picture || undefined }),
    h("input", { type: "text", value: typed, onChange: ({ target }) => setTyped(target.value.trim()) }),
    h("div", null, h("input", { type: "button", value: "Enable", onClick: enable })),
    h("div", null, h("input", { type: "button", value: "Cancel", onClick: cancel })),
  );
}

createRoot(app).render(h(Enrolment));
