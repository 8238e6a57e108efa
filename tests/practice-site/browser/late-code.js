// The code's form is drawn once the step before it is done, as in an application of one page.
document.querySelector("[data-continue]").addEventListener("click", ({ target }) => {
  const form = document.createElement("form");
  form.dataset.account = target.dataset.account;
  const label = document.createElement("label");
  label.textContent = "Authentication code";
  label.htmlFor = "code";
  const input = document.createElement("input");
  input.id = "code";
  input.name = "code";
  input.inputMode = "numeric";
  const button = document.createElement("button");
  button.textContent = "Sign in";
  form.append(label, input, button);
  target.replaceWith(form);
});
