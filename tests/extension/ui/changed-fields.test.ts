import { expect, test } from "vitest";
import { changedFields, draftToForm, formToDraft } from "../../../extension/ui/entry-form-state.ts";
import { addEntries, changeEntry, readEntry } from "../../../extension/vault/entries.ts";
import { advanceHotp } from "../../../extension/vault/hotp.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import type { EntryDraft } from "../../../shared/otp/entry.ts";
import { draft, hotpDraft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

startWithoutVault();

/** Opens an entry in the form, lets something happen to it, renames it in the form, and saves. */
async function renameAcross(kept: EntryDraft, meanwhile: (id: string) => Promise<unknown>) {
  await createVault();
  const [id = ""] = await addEntries([kept], { now: 1 });
  const opened = await readEntry(id);
  if (!opened.ok) throw Error("the entry is gone");
  const form = draftToForm(opened.value);
  const typed = formToDraft({ ...form, issuer: "Renamed" });
  if (!typed.ok) throw Error(typed.error);
  await meanwhile(id);
  await changeEntry(id, changedFields(form, typed.value));
  const saved = await readEntry(id);
  return saved.ok ? saved.value : null;
}

test("saving a name takes no counter back that moved meanwhile", async () => {
  const saved = await renameAcross(hotpDraft(1, 5), (id) => advanceHotp(id, "press"));
  expect(saved).toMatchObject({ issuer: "Renamed", counter: 6 });
});

test("saving a name does not undo a site that was bound meanwhile", async () => {
  const saved = await renameAcross(draft(1), (id) => changeEntry(id, { sites: ["login.bank.example"] }));
  expect(saved).toMatchObject({ issuer: "Renamed", sites: ["login.bank.example"] });
});

test("what the form has no field for stays as it is", async () => {
  const odd: EntryDraft = { ...draft(1), type: "motp", algorithm: "MD5", period: 10, pin: "1234" };
  expect(await renameAcross(odd, async () => {})).toMatchObject({ ...odd, issuer: "Renamed" });
});

test("another type takes its parameters along", () => {
  const form = draftToForm(draft(1));
  const typed = formToDraft({ ...form, type: "hotp", counter: "7" });
  expect(typed.ok && changedFields(form, typed.value)).toEqual({ type: "hotp", period: null, counter: 7 });
});
