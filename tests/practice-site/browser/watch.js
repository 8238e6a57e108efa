// Writes down whatever is added to, taken from or changed in this document, and the events that a field sees, so that
// a test can prove what was left in a page: `window.pageLog`.
const log = [];
window.pageLog = log;
const describe = (node) =>
  node.nodeType === Node.ELEMENT_NODE ? node.outerHTML.slice(0, 200) : node.nodeName;

new MutationObserver((changes) => {
  for (const { type, target, addedNodes, removedNodes, attributeName } of changes) {
    if (target.closest?.("[data-testid=result]") || attributeName === "data-submissions") continue;
    for (const node of addedNodes) log.push(`added ${describe(node)}`);
    for (const node of removedNodes) log.push(`removed ${describe(node)}`);
    if (type === "attributes") log.push(`changed ${attributeName} of ${target.nodeName.toLowerCase()}`);
  }
}).observe(document, { childList: true, subtree: true, attributes: true, characterData: true });

for (const type of ["focus", "beforeinput", "input", "change", "keydown", "keyup", "click", "submit"]) {
  addEventListener(
    type,
    (event) => log.push(`event ${type} on ${event.target.id || event.target.nodeName}`),
    true,
  );
}
