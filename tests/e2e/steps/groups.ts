import type { Page } from "playwright-core";
import { wordsOf } from "../words.ts";

/** What people do in groups, through the screens. The pages stand in the section Teams, or at a group. */

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** Makes a group; its page opens. */
export async function makeGroup(page: Page, name: string): Promise<void> {
  const { t } = await wordsOf(page);
  await press(page, t("groups.new"));
  await page.getByLabel(t("groups.name")).fill(name);
  await press(page, t("groups.create"));
  await page.getByRole("heading", { name, exact: true }).waitFor();
}

/** Invites somebody from a group's page, as one who may use codes. @returns the code */
export async function inviteTo(page: Page, email: string): Promise<string> {
  const { t } = await wordsOf(page);
  await press(page, t("groups.invite"));
  await page.getByLabel(t("groups.invite-email")).fill(email);
  await press(page, t("groups.invite-action"));
  const code = (await page.locator(".invitation-text").textContent()) ?? "";
  await page.getByRole("img", { name: t("groups.code.qr") }).waitFor();
  return code;
}

/** The six words that a page shows in what has that name. */
export async function sixWordsIn(page: Page, name: string): Promise<string> {
  return (await page.getByRole("group", { name }).locator(".six-words").textContent()) ?? "";
}

/** Accepts the invitation that is shown. */
export async function accept(page: Page, inviter: string): Promise<void> {
  const { t } = await wordsOf(page);
  await press(page, t("groups.offer.accept"));
  await page
    .getByText(t("groups.offer.accepted", { name: inviter }))
    .first()
    .waitFor();
}

/** Lets somebody in who has accepted. */
export async function letIn(page: Page, email: string, group: string): Promise<void> {
  const { t } = await wordsOf(page);
  await press(page, t("groups.accepted.let-in"));
  await page
    .getByText(t("groups.accepted.in", { name: email, group }))
    .first()
    .waitFor();
}

/** Gives somebody another role, by its words. */
export async function giveRole(page: Page, email: string, role: string): Promise<void> {
  const { t } = await wordsOf(page);
  await press(page, t("groups.person.role-named", { name: email }));
  await page
    .getByRole("combobox", { name: t("groups.role-of", { name: email }) })
    .selectOption({ label: role });
  await press(page, t("action.save"));
  await page
    .getByText(t("groups.role-changed", { name: email, role }))
    .first()
    .waitFor();
}

/** Brings the groups up to date. */
export async function lookAgain(page: Page): Promise<void> {
  const { t } = await wordsOf(page);
  const look = page.getByRole("button", { name: t("groups.look"), exact: true });
  await look.click();
  // It says that it is looking, and then again what can be pressed.
  await page.waitForFunction((label) => {
    const buttons = [...document.querySelectorAll("button")];
    return buttons.some((button) => button.textContent === label && !button.disabled);
  }, t("groups.look"));
}
