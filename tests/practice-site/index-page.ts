import { ENROLMENT_VARIANTS } from "./enrolment-pages.ts";
import { type Html, html, page } from "./html.ts";
import { SIGN_IN_VARIANTS } from "./sign-in-pages.ts";
import { PASSWORD, type System } from "./systems/system.ts";

/** Pages that are no plain variant of the two kinds, by their address under /enroll/. */
export const OTHER_ENROLMENT_PAGES = {
  "two-codes": "Two codes on one page",
  consecutive: "Two consecutive codes wanted",
  "link-code": "A code that is a link",
  "other-app": "A code for another app only",
  "no-code": "No code at all",
} as const;

/** What there is to practise on. */
export function indexPage(systems: ReadonlyMap<string, System>): Html {
  const link = (address: string, title: string): Html => html`<li><a href="${address}">${title}</a></li>`;
  const variants = Object.entries(ENROLMENT_VARIANTS).map(([id, { title }]) => link(`/enroll/${id}`, title));
  const others = Object.entries(OTHER_ENROLMENT_PAGES).map(([id, title]) => link(`/enroll/${id}`, title));
  const signIns = Object.entries(SIGN_IN_VARIANTS).map(([id, { title }]) => link(`/sign-in/${id}`, title));
  const asOthers = [...systems].flatMap(([id, { title, pages }]) =>
    Object.entries(pages).map(([name, what]) => link(`/systems/${id}/${name}`, `${title}: ${what}`)),
  );
  return page({
    title: "Practice site",
    body: html`<section class="card wide"><h1>Practice site</h1>
<p>Nothing here is real: set up two-step verification, then sign in with it.</p>
<h2>Set up</h2><ul class="index">${[...variants, ...others]}</ul>
<h2>Sign in</h2><ul class="index">${signIns}</ul>
<h2>As other products have it</h2>
<p>As their documents describe their pages. The password is “${PASSWORD}”.</p>
<ul class="index">${asOthers}</ul></section>`,
  });
}
