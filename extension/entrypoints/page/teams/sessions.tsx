import { useEffect, useState } from "preact/hooks";
import { deviceName } from "../../../platform/device-name.ts";
import {
  type DeviceSession,
  endOtherSession,
  readSessions,
  type SessionRefusal,
} from "../../../servers/sessions.ts";
import { formatDateTime, t } from "../../../ui/i18n.ts";
import type { SectionProps } from "../section-props.ts";
import { LostDevice } from "./lost-device.tsx";
import { Refused } from "./refused.tsx";

/** The devices that are signed in as this person, as the server says; each but this one can be ended. */
export function Sessions(props: { serverId: string; origin: string; say: SectionProps["say"] }) {
  const { serverId, origin, say } = props;
  const [sessions, setSessions] = useState<readonly DeviceSession[] | null>(null);
  const [failure, setFailure] = useState<SessionRefusal | null>(null);
  const [lost, setLost] = useState<{ label: string | null } | null>(null);
  const look = async () => {
    setFailure(null);
    const read = await readSessions(serverId, deviceName());
    if (read.ok) setSessions(read.value);
    else setFailure(read.error);
  };
  // The card says above what is to be shown, and asks for it.
  const waits = failure === "factor-needed" || failure === "factor-missing";
  useEffect(() => {
    void look();
  }, [serverId]);
  const end = async ({ id, label }: DeviceSession) => {
    const ended = await endOtherSession(serverId, id);
    if (!ended.ok) return setFailure(ended.error);
    say({ tone: "done", sentence: t("teams.sessions.ended") });
    setLost({ label });
    await look();
  };
  return (
    <div class="stack tight">
      <h3>{t("teams.sessions")}</h3>
      {sessions === null && failure === null && <p class="dim">{t("teams.asking")}</p>}
      {waits && <p class="small dim">{t("teams.sessions.waits")}</p>}
      {!waits && <Refused failure={failure} origin={origin} />}
      {failure !== null && !waits && (
        <div>
          <button type="button" class="button" onClick={() => void look()}>
            {t("teams.retry")}
          </button>
        </div>
      )}
      {sessions !== null && (
        <ul class="plain-list">
          {sessions.map((session) => {
            const { id, madeAt, usedAt, label, isThisOne, lacksFactor } = session;
            const made = formatDateTime(madeAt);
            return (
              <li key={id} class="line wrap">
                <div class="grow">
                  <strong>{nameOf(label, isThisOne)}</strong>
                  <br />
                  <span class="small dim">
                    {t("teams.sessions.times", { made, used: formatDateTime(usedAt) })}
                  </span>
                  {lacksFactor && (
                    <>
                      <br />
                      <span class="small">{t("teams.sessions.lacks-factor")}</span>
                    </>
                  )}
                </div>
                {!isThisOne && (
                  <button
                    type="button"
                    class="button"
                    aria-label={t("teams.sessions.end-named", { made })}
                    onClick={() => void end(session)}
                  >
                    {t("teams.sessions.end")}
                  </button>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {lost === null ? (
        <div>
          <button type="button" class="button" onClick={() => setLost({ label: null })}>
            {t("teams.lost.ask")}
          </button>
        </div>
      ) : (
        <LostDevice serverId={serverId} label={lost.label} say={say} onClose={() => setLost(null)} />
      )}
    </div>
  );
}

function nameOf(name: string | null, isThisOne: boolean): string {
  if (name === null || name === "") return t(isThisOne ? "teams.sessions.this" : "teams.sessions.another");
  return isThisOne ? t("teams.sessions.this-named", { name }) : name;
}
