import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { SystemId } from "../../practice-site/systems/index.ts";
import { PASSWORD } from "../../practice-site/systems/system.ts";
import { expectedCodes } from "./expected-code.ts";
import { fillByEnter, pressEnterOn, submissionsOf, toastOf, verdictOf } from "./fill.ts";
import { scanAndKeep } from "./keep.ts";
import type { Stage } from "./stage.ts";

/** Milliseconds. */
const STEP = 30_000;

/** What differs from one system to the next where a test walks through its pages. */
export type Walk = {
  readonly system: SystemId;
  /** As its address and its QR code call the account. */
  readonly account: string;
  readonly issuer: (stage: Stage) => string;
  readonly setUpPage: string;
  readonly signInPage: string;
  /** What has to be pressed before the QR code is there. */
  readonly begin: string | null;
  /** The button that sends the code off, when setting up and when signing in. */
  readonly confirm: string;
  readonly verify: string;
  readonly signIn: string;
  /** The page that verifies sends the code off at its last digit. */
  readonly sendsByItself?: boolean;
};

export const WALKS: readonly Walk[] = [
  {
    system: "supabase",
    account: "alice+supabase@example.com",
    issuer: ({ site }) => new URL(site.origin).host,
    setUpPage: "enroll",
    signInPage: "sign-in",
    begin: null,
    confirm: "Enable",
    verify: "Submit",
    signIn: "Sign in",
  },
  {
    system: "authing",
    account: "alice+authing@example.com",
    issuer: () => "playground",
    setUpPage: "bind",
    signInPage: "sign-in",
    begin: null,
    confirm: "确定",
    verify: "确定",
    signIn: "登录",
    sendsByItself: true,
  },
  {
    system: "home-assistant",
    account: "alice-at-home",
    issuer: () => "Home Assistant",
    setUpPage: "profile",
    signInPage: "authorize",
    begin: "Enable",
    confirm: "Submit",
    verify: "Log in",
    signIn: "Log in",
  },
  {
    system: "ones",
    account: "alice+ones@example.com",
    issuer: () => "ONES",
    setUpPage: "bind",
    signInPage: "verify",
    begin: null,
    confirm: "下一步",
    verify: "验证",
    signIn: "登录",
  },
];

/** The walk through one system. */
export function walkOf(system: SystemId): Walk {
  const walk = WALKS.find((each) => each.system === system);
  if (walk === undefined) throw Error(`no walk through ${system}`);
  return walk;
}

/** The same walk by another person, so that no test needs what another one has set up. */
export function walkOfBob(system: SystemId, more = ""): Walk {
  return { ...walkOf(system), account: `bob+${system}${more}@example.com` };
}

type Asked = {
  /** What goes into the address beside the account. */
  readonly query?: Readonly<Record<string, string>>;
  readonly isPhone?: boolean;
};

/** Opens a page of a system, on a phone in a window as narrow as one. */
export async function openSystem(
  { browser, site }: Stage,
  { system, account }: Walk,
  name: string,
  { query = {}, isPhone = false }: Asked = {},
): Promise<Page> {
  const page = await browser.context.newPage();
  if (isPhone) await page.setViewportSize({ width: 390, height: 760 });
  await page.goto(`${site.origin}/systems/${system}/${name}?${new URLSearchParams({ account, ...query })}`);
  return page;
}

/** Opens the page that sets a factor up, as far as to its QR code. */
export async function openSetUp(stage: Stage, walk: Walk): Promise<Page> {
  const page = await openSystem(stage, walk, walk.setUpPage);
  if (walk.begin !== null) await page.getByRole("button", { name: walk.begin }).click();
  await page.locator("img, svg").first().waitFor();
  return page;
}

/** Signs in with the password, as far as to the page that asks for the code. */
export async function openVerify(stage: Stage, walk: Walk, asked: Asked = {}): Promise<Page> {
  const page = await openSystem(stage, walk, walk.signInPage, asked);
  await enterPassword(page, walk);
  return page;
}

/** Types the password and presses the button; the step after it is there then. */
export async function enterPassword(page: Page, { signIn }: Walk): Promise<void> {
  const password = page.locator("[type=password]");
  await password.fill(PASSWORD);
  await page.getByRole("button", { name: signIn }).click();
  await password.waitFor({ state: "detached" });
}

/** The field or the boxes for the code, shadow roots included. */
export function codeFields(page: Page): Locator {
  return page.locator("#app input:not([type=button], [type=password])");
}

/** What stands in them, as one text. */
export async function codeIn(page: Page): Promise<string> {
  const values = await codeFields(page).evaluateAll((fields) =>
    fields.map((field) => (field as HTMLInputElement).value),
  );
  return values.join("");
}

/** Presses a button and returns the system's word: "accepted", or "refused: " and why. */
export async function press(page: Page, name: string): Promise<string> {
  await page.getByRole("button", { name, exact: true }).click();
  return verdictOf(page);
}

/** Fills the code in as a person does, and holds that it is the site's own and that nobody has sent it off. */
export async function fillCode(stage: Stage, page: Page, { system, account }: Walk): Promise<void> {
  const submissions = await submissionsOf(page);
  await fillByEnter(stage.browser, page, account);
  expect(expectedCodes(stage.site, `${system}/${account}`)).toContain(await codeIn(page));
  expect(await submissionsOf(page)).toBe(submissions);
}

/** Fills the code in on the page that verifies, sends it off where the page does not, and returns the system's word. */
export async function verifyByFill(stage: Stage, page: Page, walk: Walk): Promise<string> {
  if (walk.sendsByItself !== true) {
    await fillCode(stage, page, walk);
    return press(page, walk.verify);
  }
  const submissions = await submissionsOf(page);
  await fillByEnter(stage.browser, page, walk.account);
  const word = await verdictOf(page);
  expect(await submissionsOf(page)).toBe(submissions + 1);
  return word;
}

/** Asks for the code on a page that has no place for it; returns what the popup says. */
export async function fillInVain(stage: Stage, page: Page, { account }: Walk): Promise<string> {
  return toastOf(await pressEnterOn(stage.browser, page, account));
}

/**
 * Sets a factor up and keeps it, but types the code of the step before, as somebody who was slow: so the present one is
 * still good for signing in, and no test has to wait for the next.
 */
export async function setUpSlowly(stage: Stage, walk: Walk): Promise<Page> {
  const page = await openSetUp(stage, walk);
  await scanAndKeep(stage.browser, page);
  // A code of two steps ago would be refused.
  if (STEP - (Date.now() % STEP) < 3_000) await nextCode();
  const [former = ""] = expectedCodes(stage.site, `${walk.system}/${walk.account}`);
  await codeFields(page).first().pressSequentially(former);
  expect(await press(page, walk.confirm)).toBe("accepted");
  return page;
}

/** Waits until codes are others than now. */
export function nextCode(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, STEP - (Date.now() % STEP) + 100));
}
