import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Result } from "../../../../shared/result.ts";
import type { readKitText } from "../../../servers/kit.ts";
import { hostOf, readServerAddress } from "../../../servers/server-address.ts";
import type { ShowFactor } from "../../../servers/show-factor.ts";
import { type MessageKey, t } from "../../../ui/i18n.ts";
import type { ServerTextRefusal } from "../../../ui/server-text.ts";
import { TextField } from "../../../ui/text-field.tsx";
import { useFocus } from "../../../ui/use-focus.ts";
import { useShowFactor } from "../factor-step/use-show-factor.tsx";
import { WithStep } from "../factor-step/with-step.tsx";
import { PassphraseField } from "./passphrase-field.tsx";
import { Refused } from "./refused.tsx";

/** What somebody has typed who gets in with a kit, or with the code of another device: `kit` is either. */
export type PaperGiven = { readonly kit: string; readonly address: string; readonly email: string };

type Wish = {
  readonly origin: string;
  readonly email: string;
  readonly kit: string;
  readonly passphrase: string;
};

/** What came of it. `isSignedIn`: false where it is done, and the second factor beside it was not shown. */
type Entered = { readonly serverId: string; readonly isSignedIn?: boolean };

/**
 * Gets in with what stands on paper or on another device, and a passphrase. What is read of it fills in where and as whom it
 * is good.
 *
 * @param props.isKnown the server and the address there are those of this device, and not asked for
 * @param props.enter does it; `props.broken` is said where that throws
 * @param props.onDone gets what was done, as a sentence
 */
export function PaperForm<Refusal extends ServerTextRefusal>(props: {
  heading: ComponentChildren;
  what: MessageKey;
  given: PaperGiven;
  isKnown?: boolean;
  paper: { readonly label: MessageKey; readonly hint: MessageKey };
  passphrase: { readonly label: MessageKey; readonly hint: MessageKey; readonly wrong: Refusal };
  action: {
    readonly idle: MessageKey;
    readonly busy: MessageKey;
    readonly done: MessageKey;
    readonly outside?: MessageKey;
  };
  broken: Refusal;
  read: (text: string) => Promise<ReturnType<typeof readKitText>>;
  enter: (wish: Wish, showFactor: ShowFactor) => Promise<Result<Entered, Refusal>>;
  /** Another way to read it, below its field. */
  reader?: (take: (text: string) => void) => ComponentChildren;
  /** Another way on, beside the button. */
  otherwise?: (given: PaperGiven, busy: boolean) => ComponentChildren;
  onDone: (sentence: string) => void;
  onCancel: () => void;
}) {
  const { given, isKnown = false } = props;
  const [kit, setKit] = useState("");
  const [address, setAddress] = useState(withoutHttps(given.address));
  const [email, setEmail] = useState(given.email);
  const [passphrase, setPassphrase] = useState("");
  const [addressProblem, setAddressProblem] = useState<string | null>(null);
  const [failure, setFailure] = useState<{ why: Refusal; origin: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const kitField = useFocus<HTMLInputElement>();
  const addressField = useRef<HTMLInputElement>(null);
  const latest = useRef("");
  const { showFactor, step } = useShowFactor(isKnown ? 3 : 2);

  const take = async (text: string) => {
    latest.current = text;
    setKit(text);
    const read = await props.read(text);
    // Typed on meanwhile.
    if (latest.current !== text) return;
    setKit(read.letters);
    if (isKnown) return;
    if (read.origin !== null) setAddress(withoutHttps(read.origin));
    if (read.email !== null) setEmail(read.email);
  };
  useEffect(() => {
    if (given.kit !== "") void take(given.kit);
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
      const entered = await props.enter({ origin: origin.value, email, kit, passphrase }, showFactor);
      if (entered.ok) {
        const { done, outside = done } = props.action;
        const isIn = entered.value.isSignedIn ?? true;
        return props.onDone(t(isIn ? done : outside, { host: hostOf(origin.value) }));
      }
      setFailure({ why: entered.error, origin: origin.value });
    } catch {
      setFailure({ why: props.broken, origin: origin.value });
    } finally {
      setBusy(false);
    }
  };
  const isComplete = [kit, address, email, passphrase].every((value) => value.trim() !== "");
  return (
    <WithStep step={step}>
      <form class="stack" aria-busy={busy} onSubmit={submit}>
        {props.heading}
        <p class="dim">{t(props.what)}</p>
        <TextField
          label={t(props.paper.label)}
          hint={t(props.paper.hint)}
          value={kit}
          problem={null}
          kind="code"
          field={kitField}
          onChange={(text) => void take(text)}
        />
        {props.reader?.((text) => void take(text))}
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
            <TextField
              label={t("teams.email")}
              value={email}
              problem={null}
              kind="email"
              onChange={setEmail}
            />
          </>
        )}
        <PassphraseField
          label={t(props.passphrase.label)}
          hint={t(props.passphrase.hint)}
          value={passphrase}
          isWrong={failure?.why === props.passphrase.wrong}
          onChange={setPassphrase}
        />
        {failure && <Refused failure={failure.why} origin={failure.origin} isSigningIn />}
        <div class="line wrap">
          <button type="submit" class="button primary" disabled={busy || !isComplete}>
            {t(busy ? props.action.busy : props.action.idle)}
          </button>
          {props.otherwise?.({ kit, address, email }, busy)}
          <button type="button" class="button plain" disabled={busy} onClick={props.onCancel}>
            {t("action.cancel")}
          </button>
        </div>
      </form>
    </WithStep>
  );
}

/** https goes without saying. */
function withoutHttps(origin: string): string {
  return origin.replace(/^https:\/\//, "");
}
