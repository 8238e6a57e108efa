import type { KnownServer } from "../../../servers/connection.ts";
import { putOff } from "../../../servers/own-factors.ts";
import type { KnownFactors } from "../../../servers/read-factors.ts";
import { formatDate, formatSpan, t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";

/** So long before a server wants a factor, the offer that was put off is made again. */
const SOON_MS = 2 * 24 * 60 * 60_000;

/** Whether it is offered to whoever has none: until they put it off, and again when the server is about to want one. */
export function isToBeOffered({ secrets }: KnownServer, known: KnownFactors, now: number): boolean {
  return known.modules.length > 0 && (secrets?.isFactorPutOff !== true || isDueSoon(known, now));
}

function isDueSoon({ level: { dueAt } }: KnownFactors, now: number): boolean {
  return dueAt !== null && dueAt - now <= SOON_MS;
}

/** A calm offer, which comes back only when the server is about to want one. */
export function FactorOffer(props: {
  stored: KnownServer;
  known: KnownFactors;
  host: string;
  address: string;
}) {
  const { known, host } = props;
  const { dueAt } = known.level;
  const now = Date.now();
  const isDue = dueAt !== null && dueAt <= now;
  const isSoon = isDueSoon(known, now);
  return (
    <div
      class={isDue ? "notice boxed warn" : "notice boxed"}
      role="group"
      aria-labelledby={`offer-${props.stored.id}`}
    >
      <Glyph name={isDue ? "warn" : "key"} />
      <div class="stack tight grow">
        <p id={`offer-${props.stored.id}`}>
          <strong>{t(isDue ? "factors.offer.now" : "factors.offer.title", { host })}</strong>
        </p>
        <p>{t("factors.offer.why")}</p>
        {dueAt !== null && !isDue && (
          <p>{t("factors.offer.until", { host, date: formatDate(dueAt), span: formatSpan(dueAt - now) })}</p>
        )}
        <div class="line wrap">
          <a class="button primary" href={props.address}>
            {t("factors.access.set-up")}
          </a>
          {!isSoon && (
            <button type="button" class="button plain" onClick={() => void putOff(props.stored.id)}>
              {t("factors.offer.skip")}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
