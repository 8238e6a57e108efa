import { useId, useState } from "preact/hooks";
import { takeServersPassphrase, takeVaultsPassphrase } from "../../../servers/change-everywhere.ts";
import type { KnownServer } from "../../../servers/connection.ts";
import { hostOf } from "../../../servers/server-address.ts";
import type { ServerSecrets } from "../../../servers/stored-server.ts";
import { Choice } from "../../../ui/choice.tsx";
import { formatDate, t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import type { ServerTextRefusal } from "../../../ui/server-text.ts";
import { useFocus } from "../../../ui/use-focus.ts";
import { useShowFactor } from "../factor-step/use-show-factor.tsx";
import { WithStep } from "../factor-step/with-step.tsx";
import type { SectionProps } from "../section-props.ts";
import { PassphraseField } from "./passphrase-field.tsx";
import { Refused } from "./refused.tsx";

/** Stays as long as another passphrase counts at a server than for the vault, and is the way to one for both. */
export function OnePassphrase(props: {
  server: Pick<KnownServer, "id" | "origin">;
  secrets: Pick<ServerSecrets, "formerUntil">;
  say: SectionProps["say"];
}) {
  const { server, say } = props;
  const until = props.secrets.formerUntil;
  const host = hostOf(server.origin);
  const [isOpen, setOpen] = useState(false);
  const titleId = useId();
  return (
    <div class={`notice boxed${until === undefined ? "" : " warn"}`} role="group" aria-labelledby={titleId}>
      <Glyph name={until === undefined ? "key" : "warn"} />
      <div class="stack grow">
        <div>
          <p id={titleId}>
            <strong>{t(until === undefined ? "teams.two.title" : "teams.two.former-title", { host })}</strong>
          </p>
          <p>
            {until === undefined
              ? t("teams.two.why", { host })
              : t("teams.two.former-why", { date: formatDate(until) })}
          </p>
        </div>
        {until === undefined && !isOpen ? (
          <div>
            <button type="button" class="button" onClick={() => setOpen(true)}>
              {t("teams.two.begin")}
            </button>
          </div>
        ) : (
          <BothPassphrases
            server={server}
            isFormer={until !== undefined}
            say={say}
            onCancel={() => setOpen(false)}
          />
        )}
      </div>
    </div>
  );
}

function BothPassphrases(props: {
  server: Pick<KnownServer, "id" | "origin">;
  /** That at the server is an earlier one of the vault: then there is no question which is to stay. */
  isFormer: boolean;
  say: SectionProps["say"];
  onCancel: () => void;
}) {
  const { server, isFormer, say } = props;
  const host = hostOf(server.origin);
  const [keep, setKeep] = useState<"server" | "vault">(isFormer ? "vault" : "server");
  const [atServer, setAtServer] = useState("");
  const [vault, setVault] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ServerTextRefusal | null>(null);
  const field = useFocus<HTMLInputElement>();
  const { showFactor, step } = useShowFactor();
  // Of two fields, it has to be said which.
  const sentence =
    failure === "wrong-passphrase" || failure === "not-recognised"
      ? t(`teams.two.${failure}`, { host })
      : null;
  const saysId = useId();
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setFailure(null);
    const take = keep === "vault" ? takeVaultsPassphrase : takeServersPassphrase;
    try {
      const taken = await take(server.id, { atServer, vault }, showFactor);
      if (taken.ok) say({ tone: "done", sentence: t("teams.two.done", { host }) });
      else setFailure(taken.error);
    } catch {
      setFailure("failed");
    } finally {
      setBusy(false);
    }
  };
  return (
    <WithStep step={step}>
      <form class="stack" aria-busy={busy} onSubmit={submit}>
        {!isFormer && (
          <div class="checked-field">
            <Choice
              label={t("teams.two.which")}
              value={keep}
              choices={[
                { value: "server", label: t("teams.two.keep-server", { host }) },
                { value: "vault", label: t("teams.two.keep-vault") },
              ]}
              describedBy={saysId}
              onChoose={setKeep}
            />
            <p id={saysId} class="small dim" role="status">
              {keep === "server" ? t("teams.two.keep-server-says") : t("teams.two.keep-vault-says", { host })}
            </p>
          </div>
        )}
        <PassphraseField
          label={isFormer ? t("teams.two.former") : t("teams.two.at-server", { host })}
          value={atServer}
          isWrong={failure === "not-recognised" || failure === "neither"}
          field={isFormer ? null : field}
          onChange={setAtServer}
        />
        <PassphraseField
          label={t("teams.two.of-vault")}
          value={vault}
          isWrong={failure === "wrong-passphrase"}
          onChange={setVault}
        />
        {sentence === null ? (
          <Refused failure={failure} origin={server.origin} />
        ) : (
          <p class="problem" role="alert">
            {sentence}
          </p>
        )}
        <div class="line wrap">
          <button type="submit" class="button primary" disabled={busy || atServer === "" || vault === ""}>
            {t(busy ? "teams.two.working" : isFormer ? "teams.two.former-action" : "teams.two.action")}
          </button>
          {!isFormer && (
            <button type="button" class="button plain" disabled={busy} onClick={props.onCancel}>
              {t("action.cancel")}
            </button>
          )}
        </div>
      </form>
    </WithStep>
  );
}
