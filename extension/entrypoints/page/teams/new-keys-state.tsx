import type { KnownServer } from "../../../servers/connection.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";

/** What has become of new keys that this person has made, as long as there is something to say of it. */
export function NewKeysState({ secrets, host }: { secrets: KnownServer["secrets"]; host: string }) {
  if (secrets?.replacement !== undefined)
    return (
      <div class="notice boxed warn">
        <Glyph name="warn" />
        <p>{t("teams.new-keys.open", { host })}</p>
      </div>
    );
  return secrets?.bundle.former === undefined ? null : (
    <div class="notice boxed">
      <Glyph name="key" />
      <p>{t("teams.new-keys.on-the-way")}</p>
    </div>
  );
}
