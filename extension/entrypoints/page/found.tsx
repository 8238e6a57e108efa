import { useState } from "preact/hooks";
import { Review } from "../../screens/review.tsx";
import { type FoundAccounts, forgetBatches } from "../../screens/review-items.ts";
import { useEscape } from "../../ui/use-escape.ts";
import type { VaultState } from "../../vault/state.ts";

/** The accounts that a section of the page found, with what has to be said about them, up to their being kept. */
export function Found(props: {
  accounts: FoundAccounts;
  /** Further sentences, e.g. which file gave nothing. */
  failures?: readonly string[];
  vault: VaultState;
  /** In a window of its own, where Escape says no as well. */
  isAlone?: true;
  onKept: (sentence: string) => void;
  onCancel: () => void;
}) {
  const { accounts, failures = [] } = props;
  const [isProtecting, setProtecting] = useState(false);
  // A passphrase that is being thought of is not thrown away by one key.
  const mayEscape = props.isAlone && !(isProtecting && props.vault.kind === "none");
  useEscape(mayEscape ? props.onCancel : null);
  return (
    <>
      {[...accounts.remarks, ...failures].map((remark) => (
        <p key={remark} class="notice boxed warn">
          {remark}
        </p>
      ))}
      <Review
        items={accounts.items}
        vault={props.vault}
        onProtect={() => setProtecting(true)}
        onKept={(sentence) => {
          void forgetBatches(accounts.batches, Date.now());
          props.onKept(sentence);
        }}
        onCancel={props.onCancel}
      />
    </>
  );
}
