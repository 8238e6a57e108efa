import type { KnownServer } from "../../../servers/connection.ts";
import { makeNewKit } from "../../../servers/new-kit.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import type { SectionProps } from "../section-props.ts";
import { AskServerPassphrase } from "./ask-server-passphrase.tsx";

/** Says what a new kit makes of the former one and of other devices, before it is made. */
export function NewKit(props: { server: KnownServer; say: SectionProps["say"]; onClose: () => void }) {
  const { server } = props;
  const host = hostOf(server.origin);
  return (
    <div class="notice boxed" role="group" aria-labelledby="new-kit">
      <Glyph name="key" />
      <div class="stack tight grow">
        <p id="new-kit">
          <strong>{t("teams.new-kit.title")}</strong>
        </p>
        <p>{t("teams.new-kit.what", { host })}</p>
        <p>{t("teams.new-kit.devices")}</p>
        <p>{t("teams.new-kit.cannot")}</p>
        <AskServerPassphrase
          server={server}
          action={t("teams.new-kit.action")}
          busyText={t("teams.new-kit.working")}
          act={(passphrase, showFactor) => makeNewKit(server.id, passphrase, showFactor)}
          onDone={() => {
            props.say({ tone: "done", sentence: t("teams.new-kit.done") });
            props.onClose();
          }}
          onCancel={props.onClose}
        />
      </div>
    </div>
  );
}
