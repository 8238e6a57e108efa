import type { FactorActivity } from "../../../../shared/mfa/answers.ts";
import type { KnownServer } from "../../../servers/connection.ts";
import { saySeen } from "../../../servers/own-factors.ts";
import type { KnownFactors } from "../../../servers/read-factors.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { useGroups } from "../groups/use-groups.ts";
import { ActivityLines } from "./activity-lines.tsx";
import { chooseLines } from "./choose-lines.ts";

/** What was done since the person looked here last, as on another device of theirs, or by somebody else. */
export function FactorNews({
  stored,
  known,
  host,
}: {
  stored: KnownServer;
  known: KnownFactors;
  host: string;
}) {
  const groups = useGroups("unlocked", stored.id) ?? [];
  const seen = stored.secrets?.factorsSeenAt ?? stored.secrets?.connectedAt ?? 0;
  // A removal that was asked for has a notice of its own, which says what to do.
  const isSaidAbove = ({ what, userId }: FactorActivity) =>
    what === "reset-asked" && userId === stored.userId && known.level.reset !== null;
  const news = known.activity.filter((each) => each.at > seen && !isSaidAbove(each));
  const [latest] = news;
  if (latest === undefined) return null;
  const isGuessed = news.some(({ what }) => what === "guessed");
  // Of guesses it is said in the same breath what to do.
  const isOwn = news.some(({ userId, what }) => userId === stored.userId && what !== "guessed");
  const isByOneself = news.every(({ byUser }) => byUser === stored.userId);
  return (
    <div
      class={isGuessed ? "notice boxed warn" : "notice boxed"}
      role="group"
      aria-labelledby={`news-${stored.id}`}
    >
      <Glyph name={isGuessed ? "warn" : "info"} />
      <div class="stack tight grow">
        <p id={`news-${stored.id}`}>
          <strong>{t("factors.lately.new", { host })}</strong>
        </p>
        <ActivityLines
          activity={chooseLines(news, 3)}
          modules={known.modules}
          userId={stored.userId}
          groups={groups}
        />
        {isOwn && <p>{t("factors.lately.not-you")}</p>}
        <div class="line wrap">
          <a class="button" href={`#/factors?of=${encodeURIComponent(stored.id)}`}>
            {t("factors.lately.look")}
          </a>
          <button type="button" class="button plain" onClick={() => void saySeen(stored.id, latest.at)}>
            {t(isByOneself ? "factors.lately.seen" : "factors.lately.noted")}
          </button>
        </div>
      </div>
    </div>
  );
}
