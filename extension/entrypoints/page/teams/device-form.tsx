import { useEffect, useRef, useState } from "preact/hooks";
import { connectWithKit, type DeviceRefusal } from "../../../servers/connect-device.ts";
import { isConnectText, readConnectText } from "../../../servers/connect-text.ts";
import { hostOf, readServerAddress } from "../../../servers/server-address.ts";
import { t } from "../../../ui/i18n.ts";
import { TextField } from "../../../ui/text-field.tsx";
import { useFocus } from "../../../ui/use-focus.ts";
import { CodeReader } from "./code-reader.tsx";
import { PassphraseField } from "./passphrase-field.tsx";
import { Refused } from "./refused.tsx";

/** Connects a further device: with what stands on the kit or on another device, and the passphrase. */
export function DeviceForm(props: {
  kit: string;
  origin: string;
  onDone: (sentence: string) => void;
  /** They have the kit, but not the passphrase. */
  onForgotten: (given: { kit: string; address: string; email: string }) => void;
  onCancel: () => void;
}) {
  const [kit, setKit] = useState("");
  const [address, setAddress] = useState(shown(props.origin));
  const [email, setEmail] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [addressProblem, setAddressProblem] = useState<string | null>(null);
  const [failure, setFailure] = useState<{ why: DeviceRefusal; origin: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const kitField = useFocus<HTMLInputElement>();
  const addressField = useRef<HTMLInputElement>(null);
  const latest = useRef("");

  const take = async (text: string) => {
    latest.current = text;
    setKit(text);
    const read = await readConnectText(text);
    // Typed on meanwhile.
    if (latest.current !== text) return;
    setKit(read.letters);
    if (read.origin !== null) setAddress(shown(read.origin));
    if (read.email !== null) setEmail(read.email);
  };
  useEffect(() => {
    if (props.kit !== "") void take(props.kit);
  }, []);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setFailure(null);
    const origin = readServerAddress(address);
    if (!origin.ok) {
      setAddressProblem(t(`teams.device.address.${origin.error}`));
      return addressField.current?.focus();
    }
    setBusy(true);
    try {
      const connected = await connectWithKit({ origin: origin.value, email, passphrase, kit });
      if (connected.ok) return props.onDone(t("teams.connected", { host: hostOf(origin.value) }));
      setFailure({ why: connected.error, origin: origin.value });
    } catch {
      setFailure({ why: "failed", origin: origin.value });
    } finally {
      setBusy(false);
    }
  };
  const isComplete = [kit, address, email, passphrase].every((value) => value.trim() !== "");
  return (
    <form class="stack" aria-busy={busy} onSubmit={submit}>
      <h2 id="teams-connect">{t("teams.device.title")}</h2>
      <p class="dim">{t("teams.device.what")}</p>
      <TextField
        label={t("teams.device.kit")}
        hint={t("teams.device.kit-hint")}
        value={kit}
        problem={null}
        kind="code"
        field={kitField}
        onChange={(text) => void take(text)}
      />
      <CodeReader
        isWanted={isConnectText}
        nothing={t("teams.read.nothing-device")}
        onText={(text) => void take(text)}
      />
      <TextField
        label={t("teams.device.address")}
        hint={t("teams.device.address-hint")}
        value={address}
        problem={addressProblem}
        kind="code"
        field={addressField}
        onChange={(value) => {
          setAddress(value);
          setAddressProblem(null);
        }}
      />
      <TextField label={t("teams.email")} value={email} problem={null} kind="email" onChange={setEmail} />
      <PassphraseField
        label={t("teams.device.passphrase")}
        hint={t("teams.device.passphrase-hint")}
        value={passphrase}
        isWrong={failure?.why === "not-recognised"}
        onChange={setPassphrase}
      />
      {failure && <Refused failure={failure.why} origin={failure.origin} />}
      <div class="line wrap">
        <button type="submit" class="button primary" disabled={busy || !isComplete}>
          {t(busy ? "teams.device.working" : "teams.device.action")}
        </button>
        <button
          type="button"
          class="button"
          disabled={busy}
          onClick={() => props.onForgotten({ kit, address, email })}
        >
          {t("teams.recover.forgotten")}
        </button>
        <button type="button" class="button plain" disabled={busy} onClick={props.onCancel}>
          {t("action.cancel")}
        </button>
      </div>
    </form>
  );
}

/** https goes without saying. */
function shown(origin: string): string {
  return origin.replace(/^https:\/\//, "");
}
