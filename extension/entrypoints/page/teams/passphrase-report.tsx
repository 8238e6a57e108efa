import type { ServerOutcome } from "../../../servers/change-everywhere.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { serverRefusalText } from "../../../ui/server-text.ts";

/** Where the vault's new passphrase does not count yet, and why, with the way to go on. */
export function PassphraseReport({ outcomes }: { outcomes: readonly ServerOutcome[] }) {
  return (
    <div class="notice boxed warn" role="alert">
      <Glyph name="warn" />
      <div class="stack tight grow">
        <p>
          <strong>{t("teams.change.title")}</strong>
        </p>
        {outcomes.map(({ serverId, origin, outcome }) => (
          <Line key={serverId} host={hostOf(origin)} outcome={outcome} />
        ))}
        <p>{t("teams.change.go-on")}</p>
        <div>
          <a class="button" href="#/teams">
            {t("teams.change.to-teams")}
          </a>
        </div>
      </div>
    </div>
  );
}

function Line({ host, outcome }: { host: string; outcome: ServerOutcome["outcome"] }) {
  if (outcome === "changed") return null;
  if (outcome === "other") return <p>{t("teams.change.another", { host })}</p>;
  if (outcome === "factor-cancelled") return <p>{t("teams.change.no-factor", { host })}</p>;
  if (outcome === "not-recognised") return <p>{t("teams.change.not-recognised", { host })}</p>;
  return (
    <p>
      {t("teams.change.former", { host })}
      <br />
      <span class="small">
        {outcome === "damaged" ? t("teams.server.damaged") : serverRefusalText(outcome, host)}
      </span>
    </p>
  );
}
