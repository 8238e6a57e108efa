import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { fitsQrCode } from "../../../../shared/otp/otpauth-uri.ts";
import { clearLater } from "../../../clipboard/clear-later.ts";
import { writeClipboard } from "../../../platform/clipboard.ts";
import { announce } from "../../../ui/announcer.tsx";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { groupsOfFour } from "../sheet/groups-of-four.ts";
import { QrCode } from "../sheet/qr-code.tsx";

/**
 * The secret of an authenticator, to be scanned or typed. Its QR code is drawn here, from the URI: a picture or markup that
 * a server sends is not shown.
 */
export function ShownSecret(props: { secret: string; uri: string; children: ComponentChildren }) {
  return (
    <div class="invitation-code factor-secret shown-once">
      {fitsQrCode(props.uri) && <QrCode text={props.uri} label={t("factors.shown.qr")} on="screen" />}
      <div class="stack tight grow">
        <p class="small dim">{t("factors.shown.scan")}</p>
        <p class="mono invitation-text">{groupsOfFour(props.secret)}</p>
        <CopyText
          text={props.secret}
          action={t("factors.shown.copy-secret")}
          done={t("factors.shown.secret-copied")}
        />
        {props.children}
      </div>
    </div>
  );
}

/** Copies what must not stay on the clipboard: it goes from there as codes do. */
export function CopyText({ text, action, done }: { text: string; action: string; done: string }) {
  const [said, setSaid] = useState<string | null>(null);
  const copy = async () => {
    const isTaken = await writeClipboard(text);
    if (isTaken) await clearLater(text, Date.now());
    const sentence = isTaken ? done : t("factors.shown.not-copied");
    setSaid(sentence);
    announce(sentence);
  };
  return (
    <div class="line wrap">
      <button type="button" class="button" onClick={() => void copy()}>
        <Glyph name="copy" />
        {action}
      </button>
      {said !== null && <span class="small dim">{said}</span>}
    </div>
  );
}
