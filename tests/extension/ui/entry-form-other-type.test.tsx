import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import { EntryForm } from "../../../extension/ui/entry-form.tsx";
import {
  changedFields,
  draftToForm,
  formToDraft,
  restoredForm,
} from "../../../extension/ui/entry-form-state.ts";
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
  {
    ...base,
    type: "yandex",
    secret: "ORSXG5DJNZTXIZLTORUW4ZZRGI",
    algorithm: "SHA256",
    digits: 8,
    period: 30,
    pin: "5678",
  },
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

  it("offers no type or parameter to change, and shows a code only where one can be made", async () => {
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
    const hasCode = draft.pin !== null;
    expect(document.querySelector(".live-code") !== null).toBe(hasCode);
    expect(document.querySelector("select, details")).toBeNull();
    expect(document.body.textContent?.includes(t("form.other-type"))).toBe(!hasCode);
    // The PIN is not there to be read while the key is hidden.
    if (draft.pin) expect(document.body.innerHTML).not.toContain(draft.pin);
    await act(() => document.querySelector<HTMLButtonElement>("button[type=submit]")?.click());
    expect(saved).toEqual([draft]);
  });
});

it("that was left half-way comes back as what it was, without its PIN", () => {
  for (const draft of OTHERS.slice(0, 2)) {
    const { kept: _, pin: __, ...typed } = draftToForm(draft);
    expect(formToDraft(restoredForm(typed))).toEqual({ ok: true, value: { ...draft, pin: null } });
  }
});

describe("the PIN of an account of Mobile-OTP", () => {
  const motp: EntryDraft = { ...base, type: "motp", algorithm: "MD5", digits: 6, period: 10, pin: null };

  it.each([
    ["is added where there is none", null, "1234", "1234"],
    ["is changed without being shown", "9876", "1234", "1234"],
    ["stays where nothing was typed", "9876", "", "9876"],
  ])("%s", async (_, before, typed, after) => {
    const saved: EntryDraft[] = [];
    const form = (
      <EntryForm
        initial={draftToForm({ ...motp, pin: before })}
        secret="hidden"
        domainPattern={async () => null}
        action="Save"
        onSubmit={(value) => saved.push(value)}
        onCancel={() => {}}
      />
    );
    await act(() => render(form, document.body));
    const field = [...document.querySelectorAll("label")]
      .find((label) => label.textContent?.startsWith(t("field.pin")))
      ?.querySelector("input");
    expect(field?.value).toBe("");
    expect(document.querySelector(".live-code") !== null).toBe(before !== null);
    for (const text of ["12", typed]) {
      await act(() => {
        field!.value = text;
        field!.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
    expect(document.querySelector(".live-code")).not.toBeNull();
    await act(() => document.querySelector<HTMLButtonElement>("button[type=submit]")?.click());
    expect(saved).toEqual([{ ...motp, pin: after }]);
  });
});
