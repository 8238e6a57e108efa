import type { KnownServer } from "../../../servers/connection.ts";
import { t } from "../../../ui/i18n.ts";

/** What has become of new keys that this person has made, as long as there is something to say of it. */
export function NewKeysState({ secrets, host }: { secrets: KnownServer["secrets"]; host: string }) {
  if (secrets?.replacement !== undefined)
    return <p class="notice boxed warn">{t("teams.new-keys.open", { host })}</p>;
  return secrets?.bundle.former === undefined ? null : (
    <p class="notice boxed">{t("teams.new-keys.on-the-way")}</p>
  );
}
