// Sends the code of a form to the site and shows its verdict; nothing is submitted unless a person (or a test) does it.
addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  document.body.dataset.submissions = String(Number(document.body.dataset.submissions ?? 0) + 1);
  await showVerdict(form.dataset.account, codesOf(form));
});

/** Asks the site about the codes and writes "accepted" or "refused: why" into the page. */
export async function showVerdict(account, [code, code2]) {
  const response = await fetch("/api/verify", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ account, code, code2 }),
  });
  const verdict = await response.json();
  const result = document.querySelector("[data-testid=result]");
  result.textContent = verdict.accepted ? "accepted" : `refused: ${verdict.why}`;
  result.dataset.verdict = verdict.accepted ? "accepted" : "refused";
}

function codesOf(form) {
  const boxes = [...form.querySelectorAll("[data-box]")];
  if (boxes.length > 0) return [boxes.map((box) => box.value).join("")];
  const shadowField = form.querySelector("code-field")?.shadowRoot.querySelector("input");
  if (shadowField) return [shadowField.value];
  const fields = form.querySelectorAll(
    "[name=code], [name=code2], [name=otp], [name=token], [name=totp], .ant-input",
  );
  return [...fields].map((field) => field.value.trim());
}
