import { useEffect, useState } from "preact/hooks";
import type { KnownServer } from "../../../servers/connection.ts";
import { makeDeviceCode } from "../../../servers/device-code.ts";
import { announce } from "../../../ui/announcer.tsx";
import { t } from "../../../ui/i18n.ts";
import { useFocus } from "../../../ui/use-focus.ts";
import { useSecond } from "../../../ui/use-second.ts";
import { QrCode } from "../sheet/qr-code.tsx";
import { AskServerPassphrase } from "./ask-server-passphrase.tsx";

/** Long enough to fetch the other device; then whoever passes by sees nothing. */
const SHOWN_MS = 2 * 60_000;

/** Shows another device of the person what it takes beside the passphrase, for two minutes. */
export function ShowDeviceCode(props: { server: KnownServer; onClose: () => void }) {
  const [shown, setShown] = useState<{ readonly code: string; readonly until: number } | null>(null);
  return (
    <div class="stack tight" role="group" aria-labelledby="show-device">
      <h3 id="show-device">{t("teams.show-device.title")}</h3>
      <p>{t("teams.show-device.what")}</p>
      <p class="dim">{t("teams.show-device.can")}</p>
      <p class="dim">{t("teams.show-device.cannot")}</p>
      {shown === null ? (
        <AskServerPassphrase
          server={props.server}
          action={t("teams.show-device.action")}
          busyText={t("passphrase.checking")}
          act={(passphrase, showFactor) => makeDeviceCode(props.server.id, passphrase, showFactor)}
          onDone={(code) => setShown({ code, until: Date.now() + SHOWN_MS })}
          onCancel={props.onClose}
        />
      ) : (
        <Shown {...shown} onClose={props.onClose} />
      )}
    </div>
  );
}

function Shown({ code, until, onClose }: { code: string; until: number; onClose: () => void }) {
  const hideButton = useFocus<HTMLButtonElement>();
  const left = Math.max(0, Math.ceil((until - useSecond()) / 1_000));
  const hide = () => {
    announce(t("teams.show-device.hidden"));
    onClose();
  };
  // By its own timer: a page that can't be seen does not tick.
  useEffect(() => {
    const timer = setTimeout(hide, until - Date.now());
    return () => clearTimeout(timer);
  }, [until]);
  // A computer that slept past the time.
  useEffect(() => {
    if (left === 0) hide();
  }, [left === 0]);
  const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return (
    <>
      <div class="invitation-code">
        <QrCode text={code} label={t("teams.show-device.qr")} />
        <div class="stack tight grow">
          <p class="small dim">{t("teams.show-device.letters")}</p>
          <p class="mono invitation-text device-letters">{(code.match(/.{1,5}/g) ?? []).join(" ")}</p>
        </div>
      </div>
      <div class="line wrap">
        <button ref={hideButton} type="button" class="button" onClick={hide}>
          {t("teams.show-device.hide")}
        </button>
        <span class="dim device-hides">{t("teams.show-device.hides", { time })}</span>
      </div>
    </>
  );
}
