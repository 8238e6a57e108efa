import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import { EntryForm } from "../../../extension/ui/entry-form.tsx";
import { changedFields, draftToForm, formToDraft } from "../../../extension/ui/entry-form-state.ts";
import { t } from "../../../extension/ui/i18n.ts";
import type { EntryDraft } from "../../../shared/otp/entry.ts";

const base = {
  issuer: "Harbour",
  account: "alice",
  secret: "JBSWY3DPEHPK3PXP",
  counter: null,
  sites: [],
  tags: [],
  note: "",
};
const OTHERS: readonly EntryDraft[] = [
  { ...base, type: "motp", algorithm: "MD5", digits: 6, period: 10, pin: "1234" },
  { ...base, type: "yandex", algorithm: "SHA256", digits: 8, period: 30, pin: "5678" },
  { ...base, type: "totp", algorithm: "MD5", digits: 6, period: 30, pin: null },
];

afterEach(() => act(() => render(null, document.body)));

describe.each(OTHERS)("an account of type $type with $algorithm", (draft) => {
  it("comes out of the form as it went in", () => {
    const form = draftToForm(draft);
    expect(formToDraft(form)).toEqual({ ok: true, value: draft });
    const renamed = formToDraft({ ...form, issuer: "Lighthouse" });
    expect(renamed.ok && changedFields(form, renamed.value)).toEqual({ issuer: "Lighthouse" });
  });

  it("shows no code, which would be another's, and offers no type or parameter to change", async () => {
    const saved: EntryDraft[] = [];
    const form = (
      <EntryForm
        initial={draftToForm(draft)}
        secret="hidden"
        domainPattern={async () => null}
        action="Save"
        onSubmit={(value) => saved.push(value)}
        onCancel={() => {}}
      />
    );
    await act(() => render(form, document.body));
    expect(document.querySelector("[data-code]")).toBeNull();
    expect(document.querySelector("select, details")).toBeNull();
    expect(document.body.textContent).toContain(t("form.other-type"));
    await act(() => document.querySelector<HTMLButtonElement>("button[type=submit]")?.click());
    expect(saved).toEqual([draft]);
  });
});
