import { Review } from "../../screens/review.tsx";
import { type FoundAccounts, forgetBatches } from "../../screens/review-items.ts";
import type { VaultState } from "../../vault/state.ts";

/** The accounts that a section of the page found, with what has to be said about them, up to their being kept. */
export function Found(props: {
  accounts: FoundAccounts;
  /** Further sentences, e.g. which file gave nothing. */
  failures?: readonly string[];
  vault: VaultState;
  onKept: (sentence: string) => void;
  onCancel: () => void;
}) {
  const { accounts, failures = [] } = props;
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
        onKept={(sentence) => {
          void forgetBatches(accounts.batches, Date.now());
          props.onKept(sentence);
        }}
        onCancel={props.onCancel}
      />
    </>
  );
}
