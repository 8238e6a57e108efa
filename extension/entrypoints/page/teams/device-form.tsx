import { connectWithKit, type DeviceRefusal } from "../../../servers/connect-device.ts";
import { isConnectText, readConnectText } from "../../../servers/connect-text.ts";
import { t } from "../../../ui/i18n.ts";
import { CodeReader } from "./code-reader.tsx";
import { PaperForm, type PaperGiven } from "./paper-form.tsx";

/** Connects a further device: with what stands on the kit or on another device, and the passphrase. */
export function DeviceForm(props: {
  kit: string;
  origin: string;
  onDone: (sentence: string) => void;
  /** They have the kit, but not the passphrase. */
  onForgotten: (given: PaperGiven) => void;
  onCancel: () => void;
}) {
  return (
    <PaperForm<DeviceRefusal>
      given={{ kit: props.kit, address: props.origin, email: "" }}
      heading={<h2 id="teams-connect">{t("teams.device.title")}</h2>}
      what="teams.device.what"
      paper={{ label: "teams.device.kit", hint: "teams.device.kit-hint" }}
      passphrase={{
        label: "teams.device.passphrase",
        hint: "teams.device.passphrase-hint",
        wrong: "not-recognised",
      }}
      action={{ idle: "teams.device.action", busy: "teams.device.working", done: "teams.connected" }}
      broken="failed"
      read={readConnectText}
      enter={(wish, showFactor) => connectWithKit(wish, Date.now(), showFactor)}
      reader={(take) => (
        <CodeReader isWanted={isConnectText} nothing={t("teams.read.nothing-device")} onText={take} />
      )}
      otherwise={(given, busy) => (
        <button type="button" class="button" disabled={busy} onClick={() => props.onForgotten(given)}>
          {t("teams.recover.forgotten")}
        </button>
      )}
      onDone={props.onDone}
      onCancel={props.onCancel}
    />
  );
}
