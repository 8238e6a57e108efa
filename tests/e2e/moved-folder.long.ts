import { cp, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { BUILT_EXTENSION, launchExtension } from "../support/extension.ts";
import { answerProtection } from "./steps/keep.ts";

const folder = await mkdtemp(join(tmpdir(), "countersign-moved-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

// The README says so: the key in the manifest fixes the id, and the data belongs to the id.
test("an unpacked folder that was moved and loaded from its new place finds its accounts", async () => {
  const [before, after, userDataDir] = ["before", "after", "profile"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await cp(BUILT_EXTENSION, before, { recursive: true });
  const first = await launchExtension({ extensionPath: before, userDataDir });
  const popup = await first.openExtensionPage("popup.html?window");
  await popup.getByRole("button", { name: "Type it in" }).click();
  await popup.getByLabel("Site or service").fill("Practice Bank");
  await popup.getByLabel("Key", { exact: true }).fill("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  await popup.getByRole("button", { name: "Keep" }).click();
  await answerProtection(popup, "later");
  await popup.getByRole("grid").waitFor();
  await first.close();

  await rename(before, after);
  const second = await launchExtension({ extensionPath: after, userDataDir });
  const moved = await second.openExtensionPage("popup.html?window");
  await moved.getByRole("grid").waitFor();
  expect(await moved.locator(".row-issuer").allInnerTexts()).toEqual(["Practice Bank"]);
  expect(await moved.locator(".row .code").first().innerText()).toMatch(/^\d{3}\s?\d{3}$/);
  await second.close();
});
