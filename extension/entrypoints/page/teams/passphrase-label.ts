import type { CountingPassphrase } from "../../../servers/stored-server.ts";
import { t } from "../../../ui/i18n.ts";

const LABELS = {
  vault: "teams.again.passphrase",
  former: "teams.again.passphrase-former",
  other: "teams.again.passphrase-other",
} as const;

/** What a field for the passphrase that counts at a server is called: the vault's own, a former one, or another one. */
export function passphraseLabel(counting: CountingPassphrase): string {
  return t(LABELS[counting]);
}
