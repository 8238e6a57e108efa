import { afterEach, describe, expect, test } from "vitest";
import * as errors from "../../../extension/ui/error-text.ts";
import { LANGUAGES, setLanguage } from "../../../extension/ui/i18n.ts";
import { migrationEntryText, noticeText, uriRefusalText } from "../../../extension/ui/scan-text.ts";

afterEach(() => setLanguage("en"));

type Reason<F extends (reason: never) => string> = Parameters<F>[0];
/** A table of all reasons: one that is missing here, or no longer exists, does not compile. */
type All<R extends string> = Readonly<Record<R, true>>;

const lockReasons: All<Reason<typeof errors.lockReasonText>> = {
  restart: true,
  "idle-timeout": true,
  "screen-locked": true,
  "by-hand": true,
  "clock-moved": true,
};
const unlockRefusals: All<Reason<typeof errors.unlockRefusalText>> = {
  "wrong-passphrase": true,
  corrupt: true,
  "newer-version": true,
  "weak-parameters": true,
  "no-passphrase": true,
};
const copyRefusals: All<Extract<Reason<typeof errors.copyRefusalText>, string>> = {
  "not-found": true,
  damaged: true,
  "newer-version": true,
  locked: true,
  "not-hotp": true,
  "bad-secret": true,
  "counter-exhausted": true,
  "unsupported-type": true,
  "pin-missing": true,
  "clipboard-refused": true,
};
const restoreRefusals: All<Reason<typeof errors.restoreRefusalText>> = {
  "wrong-passphrase": true,
  "wrong-identity": true,
  "not-a-backup": true,
  corrupt: true,
  "newer-version": true,
  "too-large": true,
  unreadable: true,
};
const unopenables: All<Parameters<typeof errors.unopenableText>[0]> = {
  "device-key-lost": true,
  database: true,
  "newer-version": true,
};
const unreadables: All<Reason<typeof errors.unreadableText>> = { corrupt: true, "newer-version": true };
const formProblems: All<Reason<typeof errors.formProblemText>> = {
  "secret-missing": true,
  "secret-not-base32": true,
  "digits-out-of-range": true,
  "period-out-of-range": true,
  "counter-out-of-range": true,
};
const notices: All<Reason<typeof noticeText>> = {
  "no-counter-assumed-0": true,
  "issuer-differs-from-label": true,
  "read-as-steam": true,
  "digits-ignored": true,
  "secret-short": true,
  "secret-read-as-hex": true,
  "secret-read-as-base64": true,
  "picture-ignored": true,
  "no-name": true,
  "pin-missing": true,
  "icon-left-out": true,
  "period-assumed-30": true,
  "unknown-version": true,
};
const migrationEntries: All<Parameters<typeof migrationEntryText>[0]> = {
  "unknown-algorithm": true,
  "unknown-type": true,
  "unknown-digits": true,
  "empty-secret": true,
  "counter-negative": true,
  "counter-too-large": true,
  "broken-entry": true,
};
const uriRefusals: All<Reason<typeof uriRefusalText>["reason"]> = {
  "microsoft-push": true,
  "duo-push": true,
  "okta-push": true,
  "rsa-securid": true,
  passkey: true,
  "web-link": true,
  "google-migration": true,
  "too-long": true,
  "not-an-otp-uri": true,
  "unknown-scheme": true,
  "unknown-type": true,
  "no-parameters": true,
  "conflicting-parameters": true,
  "two-step-enrolment": true,
  "no-secret": true,
  "empty-secret": true,
  "secret-not-base32": true,
  "secret-not-hex": true,
  "not-a-yandex-secret": true,
  "unknown-algorithm": true,
  "digits-not-a-number": true,
  "digits-out-of-range": true,
  "period-not-a-number": true,
  "period-negative": true,
  "period-zero": true,
  "period-too-large": true,
  "counter-not-a-number": true,
  "counter-negative": true,
  "counter-too-large": true,
  "not-a-migration-uri": true,
  "no-data": true,
  "not-base64": true,
  corrupt: true,
  "no-entries": true,
};

/** Every reason of a table, each turned into its sentence. */
function sentences<R extends string>(table: All<R>, text: (reason: R) => string): [R, string][] {
  // Object.keys forgets the type of what the table was declared with.
  return (Object.keys(table) as R[]).map((reason) => [reason, text(reason)]);
}

const GROUPS: Readonly<Record<string, () => [string, string][]>> = {
  "a lock": () => sentences(lockReasons, errors.lockReasonText),
  "a refused unlock": () => sentences(unlockRefusals, errors.unlockRefusalText),
  "a code that was not copied": () => sentences(copyRefusals, errors.copyRefusalText),
  "a vault that nobody can open": () => sentences(unopenables, (why) => errors.unopenableText(why).what),
  "what to do about such a vault": () => sentences(unopenables, (why) => errors.unopenableText(why).next),
  "a refused backup": () => sentences(restoreRefusals, errors.restoreRefusalText),
  "an unreadable entry of a backup": () => sentences(unreadables, errors.unreadableText),
  "a form that can't be taken": () => sentences(formProblems, errors.formProblemText),
  "what reading assumed": () => sentences(notices, noticeText),
  "an entry of an export": () => sentences(migrationEntries, (reason) => migrationEntryText(reason, "X")),
  "a refused address": () => sentences(uriRefusals, (reason) => uriRefusalText({ reason, detail: "X" })),
};

describe.each(LANGUAGES)("in %s", (language) => {
  test.each(Object.keys(GROUPS))("%s has a sentence of its own for every reason", (group) => {
    setLanguage(language);
    const said = GROUPS[group]?.() ?? [];
    expect(said.length).toBeGreaterThan(1);
    for (const [reason, sentence] of said) {
      expect(sentence.length, reason).toBeGreaterThan(2);
      if (reason.includes("-")) expect(sentence, reason).not.toContain(reason);
      expect(sentence, reason).not.toMatch(/[{}]|undefined/);
    }
    const texts = said.map(([, sentence]) => sentence);
    expect(new Set(texts).size, "no two reasons say the same").toBe(texts.length);
  });
});

test("a code that the clipboard refused and that is not shown yet stands in the sentence", () => {
  expect(errors.copyRefusalText({ reason: "clipboard-refused", code: "123456" })).toContain("123 456");
});

test("the name of a field is in words, and one of a newer version keeps its own", () => {
  for (const field of ["issuer", "secret", "digits", "counter", "sites", "tags", "icon", "pinned"]) {
    expect(errors.fieldName(field), field).not.toBe(field === "digits" || field === "tags" ? "" : field);
  }
  expect(errors.fieldName("colour")).toBe("colour");
});
