customElements.define(
  "code-field",
  class extends HTMLElement {
    connectedCallback() {
      const label = document.createElement("label");
      const input = document.createElement("input");
      label.textContent = this.getAttribute("label");
      label.htmlFor = "code";
      input.id = "code";
      input.inputMode = "numeric";
      input.style.cssText =
        "display:block;width:100%;box-sizing:border-box;font:inherit;padding:10px 12px;margin:6px 0 16px";
      // Enter in a shadow root reaches no form outside.
      input.addEventListener(
        "keydown",
        (event) => event.key === "Enter" && this.closest("form").requestSubmit(),
      );
      this.attachShadow({ mode: "open" }).append(label, input);
    }
  },
);
