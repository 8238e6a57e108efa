import type { Entry } from "../../../../shared/otp/entry.ts";
import { fitsQrCode, formatOtpauthUri, hasOtpauthUri } from "../../../../shared/otp/otpauth-uri.ts";
import { shortName } from "../../../ui/entry-name.ts";
import { t } from "../../../ui/i18n.ts";
import { parametersText } from "../../../ui/parameters-text.ts";
import { groupsOfFour } from "./groups-of-four.ts";
import { QrCode } from "./qr-code.tsx";

/** One account on paper: everything that an authenticator needs, to scan and to type in. */
export function SheetEntry({ entry }: { entry: Entry }) {
  const name = shortName(entry);
  const uri = hasOtpauthUri(entry.type) ? formatOtpauthUri(entry) : null;
  return (
    <article class="sheet-entry">
      {uri !== null && fitsQrCode(uri) ? (
        <QrCode text={uri} label={t("sheet.qr", { name })} />
      ) : (
        <p class="sheet-qr small">{t(uri === null ? "sheet.no-qr" : "sheet.too-long")}</p>
      )}
      <div class="sheet-text">
        <h2>{name}</h2>
        {entry.issuer && entry.account && <p>{entry.account}</p>}
        <p class="sheet-secret">{groupsOfFour(entry.secret)}</p>
        <p class="small">{parametersText(entry)}</p>
        {entry.pin !== null && <p class="small">{t("sheet.pin", { pin: entry.pin })}</p>}
      </div>
    </article>
  );
}
