import { Fragment } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type KnownServer, watchServers } from "../../../servers/connection.ts";
import { t } from "../../../ui/i18n.ts";
import { Groups } from "../groups/groups.tsx";
import type { SectionProps } from "../section-props.ts";
import { Connect } from "./connect.tsx";
import { ServerCard } from "./server-card.tsx";

/** The servers that this device is connected to, and the way to one. */
export function TeamsPage({ vault, say }: SectionProps) {
  const [servers, setServers] = useState<readonly KnownServer[] | null>(null);
  const [isAdding, setAdding] = useState(false);
  useEffect(() => {
    if (vault.kind === "unlocked") return watchServers(setServers);
  }, [vault.kind]);

  if (vault.kind !== "unlocked" || vault.protection !== "passphrase")
    return (
      <section class="page-section">
        <What />
        <p>{t("teams.needs-passphrase")}</p>
        <div>
          <a class="button" href="#/settings">
            {t("teams.to-settings")}
          </a>
        </div>
      </section>
    );
  if (servers === null) return null;
  const done = (sentence: string) => {
    setAdding(false);
    say({ tone: "done", sentence });
  };
  if (servers.length === 0)
    return (
      <section class="page-section" aria-labelledby="teams-connect">
        <What />
        <Connect onDone={done} onCancel={null} />
      </section>
    );
  return (
    <>
      {servers.map((server) => (
        <Fragment key={server.id}>
          <ServerCard server={server} say={say} />
          <Groups serverId={server.id} vault={vault} say={say} />
        </Fragment>
      ))}
      <section class="page-section" aria-labelledby={isAdding ? "teams-connect" : undefined}>
        {isAdding ? (
          <Connect onDone={done} onCancel={() => setAdding(false)} />
        ) : (
          <div>
            <button type="button" class="button" onClick={() => setAdding(true)}>
              {t("teams.connect-another")}
            </button>
          </div>
        )}
      </section>
    </>
  );
}

function What() {
  return (
    <>
      <p>{t("teams.what")}</p>
      <p class="dim">{t("teams.whose")}</p>
    </>
  );
}
