import type { Entry } from "../../shared/otp/entry.ts";
import type { Result } from "../../shared/result.ts";

export type RestoreRefusal = "wrong-passphrase" | "not-a-backup" | "corrupt" | "newer-version";

type Shown = {
  /** Names the item within this preview, for the choice. */
  readonly key: string;
  readonly issuer: string;
  readonly account: string;
};
export type RestoreItem =
  | (Shown & { readonly kind: "new"; readonly entry: Entry })
  | (Shown & { readonly kind: "same"; readonly entry: Entry; readonly localId: string })
  | (Shown & {
      readonly kind: "differs";
      readonly entry: Entry;
      readonly localId: string;
      readonly local: Entry;
      readonly fields: readonly string[];
    })
  | (Shown & { readonly kind: "unreadable"; readonly reason: "corrupt" | "newer-version" });

export type RestorePreview = {
  /** Milliseconds since 1970 UTC, as the file says. */
  readonly createdAt: number;
  readonly items: readonly RestoreItem[];
};

/** Opens a backup and says what restoring it would do. Writes nothing. */
export async function previewRestore(
  _bytes: Uint8Array,
  _passphrase: string,
): Promise<Result<RestorePreview, RestoreRefusal>> {
  throw new Error("not written yet");
}
