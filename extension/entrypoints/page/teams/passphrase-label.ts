import { t } from "../../../ui/i18n.ts";

/** What a field for the passphrase that counts at a server is called: the vault's own, or another one. */
export function passphraseLabel({ hasVaultPassphrase }: { readonly hasVaultPassphrase: boolean }): string {
  return t(hasVaultPassphrase ? "teams.again.passphrase" : "teams.again.passphrase-other");
}
