import { useRef, useState } from "preact/hooks";
import { readKitText } from "../../../servers/kit.ts";
import { type RecoverRefusal, recoverWithKit } from "../../../servers/recover.ts";
import { hostOf, readServerAddress } from "../../../servers/server-address.ts";
import { t } from "../../../ui/i18n.ts";
import { TextField } from "../../../ui/text-field.tsx";
import { useFocus } from "../../../ui/use-focus.ts";
import { PassphraseField } from "./passphrase-field.tsx";
import { Refused } from "./refused.tsx";

/**
 * Comes back with the kit alone; the passphrase of the vault here counts at the server from then on.
 *
 * @param props.isKnown the server and the address there are those of this device, and not asked for
 * @param props.onDone gets what was done, as a sentence
 */
export function RecoverForm(props: {
  given: { readonly kit: string; readonly address: string; readonly email: string };
  isKnown?: boolean;
  onDone: (sentence: string) => void;
  onCancel: () => void;
}) {
  const { isKnown = false } = props;
  const [kit, setKit] = useState(props.given.kit);
  const [address, setAddress] = useState(props.given.address);
  const [email, setEmail] = useState(props.given.email);
  const [passphrase, setPassphrase] = useState("");
  const [addressProblem, setAddressProblem] = useState<string | null>(null);
  const [failure, setFailure] = useState<{ why: RecoverRefusal; origin: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const kitField = useFocus<HTMLInputElement>();
  const addressField = useRef<HTMLInputElement>(null);
  const take = (text: string) => {
    const read = readKitText(text);
    setKit(read.letters);
    if (isKnown) return;
    if (read.origin !== null) setAddress(read.origin);
    if (read.email !== null) setEmail(read.email);
  };
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
      const recovered = await recoverWithKit({ origin: origin.value, email, kit, passphrase });
      if (recovered.ok) return props.onDone(t("teams.recover.done", { host: hostOf(origin.value) }));
      setFailure({ why: recovered.error, origin: origin.value });
    } catch {
      // Wherever it broke: what is stored here finds out when it is done again.
      setFailure({ why: "recovery-unknown", origin: origin.value });
    } finally {
      setBusy(false);
    }
  };
  const isComplete = [kit, address, email, passphrase].every((value) => value.trim() !== "");
  return (
    <form class="stack" aria-busy={busy} onSubmit={submit}>
      {isKnown ? <h3>{t("teams.recover.title")}</h3> : <h2 id="teams-connect">{t("teams.recover.title")}</h2>}
      <p class="dim">{t("teams.recover.what")}</p>
      <TextField
        label={t("teams.recover.kit")}
        hint={t("teams.recover.kit-hint")}
        value={kit}
        problem={null}
        kind="code"
        field={kitField}
        onChange={take}
      />
      {!isKnown && (
        <>
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
        </>
      )}
      <PassphraseField
        label={t("teams.register.passphrase")}
        hint={t("teams.recover.passphrase-hint")}
        value={passphrase}
        isWrong={failure?.why === "wrong-passphrase"}
        onChange={setPassphrase}
      />
      {failure && <Refused failure={failure.why} origin={failure.origin} />}
      <div class="line wrap">
        <button type="submit" class="button primary" disabled={busy || !isComplete}>
          {t(busy ? "teams.recover.working" : "teams.recover.action")}
        </button>
        <button type="button" class="button plain" disabled={busy} onClick={props.onCancel}>
          {t("action.cancel")}
        </button>
      </div>
    </form>
  );
}
