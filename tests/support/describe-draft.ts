import { base32Decode, bytesToHex } from "../../shared/bytes.ts";
import { codeAt } from "../../shared/otp/code.ts";
import type { EntryDraft } from "../../shared/otp/entry.ts";

/** What the truth files of the sample collections say of an entry, with its code: the proof of all the rest. */
export type DescribedDraft = Pick<
  EntryDraft,
  "type" | "issuer" | "account" | "algorithm" | "digits" | "period" | "counter"
> & { readonly secretHex: string; readonly code: string };

/** A draft as the collections describe it, its code at the moment they chose. */
export function describeDraft(draft: EntryDraft): DescribedDraft {
  const { type, issuer, account, algorithm, digits, period, counter } = draft;
  const bytes = base32Decode(draft.secret);
  const code = codeAt(draft, 1_700_000_000_000);
  const secretHex = bytes.ok ? bytesToHex(bytes.value) : bytes.error;
  return {
    type,
    issuer,
    account,
    algorithm,
    digits,
    period,
    counter,
    secretHex,
    code: code.ok ? code.value : code.error,
  };
}

/** An entry of a truth file in the same shape. Takes unchecked JSON: what is missing makes the comparison fail. */
// biome-ignore lint/suspicious/noExplicitAny: the collections' own JSON
export function describeTruth(truth: any): DescribedDraft {
  const { type, issuer, account, algorithm, digits, secretHex } = truth;
  return {
    type,
    issuer,
    account,
    algorithm,
    digits,
    period: truth.period ?? null,
    counter: truth.counter ?? null,
    secretHex,
    code: truth.codeAt1700000000 ?? truth.codeAtCounter,
  };
}
