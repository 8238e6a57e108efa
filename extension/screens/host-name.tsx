import { describeHost } from "../autofill/match-site.ts";
import { t } from "../ui/i18n.ts";
import { Glyph } from "../ui/icons.tsx";

/**
 * A host in full, with a warning where its letters are not those one would type.
 *
 * @param props.isHeading what follows is about it
 */
export function HostName({ host, isHeading = false }: { host: string; isHeading?: boolean }) {
  const { ascii, unicode, isPunycode } = describeHost(host);
  return (
    <>
      {isHeading ? <h2 class="host">{ascii}</h2> : <p class="host">{ascii}</p>}
      {isPunycode && (
        <div class="notice boxed warn">
          <Glyph name="warn" />
          <span>{t("bind.punycode", { unicode })}</span>
        </div>
      )}
    </>
  );
}
