import { type FieldElement, fieldValue } from "./field-element.ts";
import { type FillResult, fillField } from "./fill-field.ts";
import { elementsOf, type OtpTarget } from "./find-otp-field.ts";
import { siteOfUrl } from "./match-site.ts";
import { type ReadyField, readyField } from "./ready-field.ts";
import { formOf } from "./surroundings.ts";
import { forgetTouches } from "./touched-fields.ts";

/** What became of a fill that nobody asked for just now. */
export interface OwnFill {
  readonly kind: FillResult | "moved" | Exclude<ReadyField["kind"], "ready">;
  readonly submitted: boolean;
}

/** What lookByItself says. */
export interface OwnPageLook {
  readonly origin: string;
  readonly kind: ReadyField["kind"];
  /** A name of this document alone, for browsers that name none (Firefox before 153). */
  readonly mark: string;
}

/** Says whether the page this runs in has a field that is ready; changes nothing that the page can see. */
export function lookByItself(): OwnPageLook {
  const world = globalThis as { __countersignMark?: string };
  // The script is put in at each look, its world stays as long as the document.
  world.__countersignMark ??= crypto.randomUUID();
  return { origin: self.origin, kind: readyField(document).kind, mark: world.__countersignMark };
}

/**
 * Fills one code into the field that is ready. Everything is looked up again: between looking and filling the person
 * may have begun to type.
 *
 * @param expectHost as in URL.host; any other and nothing is filled ("moved")
 * @param then "submit" sends the form off once the code stands in it, as its own button would
 */
export async function fillByItself(
  code: string,
  expectHost: string,
  then: "submit" | "leave",
): Promise<OwnFill> {
  if (siteOfUrl(self.origin) !== expectHost) return { kind: "moved", submitted: false };
  const ready = readyField(document);
  if (ready.kind !== "ready") return { kind: ready.kind, submitted: false };
  const { target } = ready;
  const form = formOf(elementsOf(target)[0]!);
  const isSentOff = watchSubmit(form);
  const kind = await fillField(target, code);
  forgetTouches(elementsOf(target));
  const wasSentOff = isSentOff();
  const mayBeSent = then === "submit" && kind === "filled" && !wasSentOff && holdsCode(target, code);
  return { kind, submitted: mayBeSent && submit(form) };
}

/** @returns says whether the page sent the form off by itself meanwhile, and stops watching */
function watchSubmit(form: Element | null): () => boolean {
  let sent = false;
  const listener = (): void => {
    sent = true;
  };
  form?.addEventListener("submit", listener, true);
  return () => {
    form?.removeEventListener("submit", listener, true);
    return sent;
  };
}

function holdsCode(target: OtpTarget, code: string): boolean {
  const elements: readonly FieldElement[] = elementsOf(target);
  if (elements.some((element) => !element.isConnected)) return false;
  return elements.map(fieldValue).join("").replace(/[\s-]/g, "") === code;
}

/**
 * As Enter in the field would do it: by the form's default button, the first in the order of the tree (HTML, "implicit
 * submission"). One that is disabled, a page without form or button, or a form that goes to another origin is left to the
 * person: whoever can put markup into a page, but no script, could have the code sent to themselves.
 */
function submit(form: Element | null): boolean {
  if (!(form instanceof HTMLFormElement)) return false;
  // Asked of the tree and the prototype: a field that is called "elements" hides the form's own property of that name.
  const root = form.getRootNode() as Document | ShadowRoot;
  const button = [...root.querySelectorAll<HTMLButtonElement | HTMLInputElement>("button, input")].find(
    (element) => element.form === form && /^(?:submit|image)$/.test(element.type),
  );
  if (button === undefined || button.matches(":disabled") || !staysHere(form, button)) return false;
  HTMLFormElement.prototype.requestSubmit.call(form, button);
  return true;
}

/** Whether the button sends the form to the page's own origin (HTML, "form submission algorithm", steps on the action). */
function staysHere(form: HTMLFormElement, button: HTMLElement): boolean {
  // As attributes, of the prototype, and the base of the button: fields that are called "action" or "baseURI" hide the
  // form's own, and so do images the document's.
  const action = button.getAttribute("formaction") ?? Element.prototype.getAttribute.call(form, "action");
  const url = URL.parse(action || location.href, button.baseURI);
  // A blob's address has the origin of who made it.
  return url?.origin === self.origin && url.protocol === location.protocol;
}
