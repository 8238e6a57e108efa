import type { KnownServer } from "../../../servers/connection.ts";
import { sayElsewhere } from "../../../servers/own-factors.ts";
import type { KnownFactors } from "../../../servers/read-factors.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";

/**
 * Says that the only way in beside the passphrase lies in this very vault (useLockedIn), and how it is mended.
 *
 * @param props.onSetUp goes on to set up one of that module; null: any
 */
export function LockedIn(props: {
  server: KnownServer;
  known: KnownFactors;
  onSetUp: (module: string | null) => void;
}) {
  const { server, known } = props;
  const spare = known.modules.find(({ isSpare }) => isSpare);
  return (
    <div class="notice boxed warn" role="group" aria-labelledby={`locked-in-${server.id}`}>
      <Glyph name="warn" />
      <div class="stack tight grow">
        <p id={`locked-in-${server.id}`}>
          <strong>{t("factors.locked-in.title", { host: hostOf(server.origin) })}</strong>
        </p>
        <p>{t("factors.locked-in.why")}</p>
        <div class="line wrap">
          {spare !== undefined && (
            <button type="button" class="button" onClick={() => props.onSetUp(spare.id)}>
              {t("factors.locked-in.codes")}
            </button>
          )}
          <button type="button" class="button" onClick={() => props.onSetUp(null)}>
            {t("factors.locked-in.another")}
          </button>
          <button type="button" class="button plain" onClick={() => void sayElsewhere(server.id)}>
            {t("factors.locked-in.elsewhere")}
          </button>
        </div>
      </div>
    </div>
  );
}
