import { useEffect, useState } from "preact/hooks";
import type { Bytes } from "../../../../shared/bytes.ts";
import { parseInvitationCode } from "../../../../shared/group/invitation-code.ts";
import {
  acceptOffer,
  type OfferRefusal,
  type OfferView,
  readOffer,
} from "../../../groups/accept-invitation.ts";
import { changeServer } from "../../../servers/keep-server.ts";
import { offerRefusalText, roleHintText, roleText } from "../../../ui/group-text.ts";
import { formatDateTime, t } from "../../../ui/i18n.ts";
import type { SectionProps } from "../section-props.ts";
import { PasteCode } from "./paste-code.tsx";
import { RefusedAct } from "./refused-act.tsx";
import { SixWords } from "./six-words.tsx";
import { useAct } from "./use-act.ts";
import type { GroupServer } from "./use-server.ts";

type Offered = OfferView & { readonly secret: Bytes };

/**
 * The way into a group: a code, what it offers, and the question whether to accept. Nothing is accepted before.
 *
 * @param props.code the one that the person came with; null: it is asked for
 */
export function AcceptInvitation(props: {
  server: GroupServer;
  code: string | null;
  say: SectionProps["say"];
  onClose: () => void;
}) {
  const { server, say, code } = props;
  const [offer, setOffer] = useState<Offered | null>(null);
  const act = useAct<OfferRefusal>();
  const read = (secret: Bytes) =>
    act.run(
      () => readOffer(server.id, secret),
      (found) => setOffer({ ...found, secret }),
    );
  useEffect(() => {
    if (code === null || !server.isSignedIn) return;
    void parseInvitationCode(code).then((parsed) => parsed.ok && read(parsed.value.secret));
  }, [code, server.isSignedIn]);

  const forget = async () => {
    props.onClose();
    if (code !== null) await changeServer(server.id, (secrets) => ({ ...secrets, invitation: null }));
  };
  const accept = ({ secret, from }: Offered) =>
    act.run(
      () => acceptOffer(server.id, secret),
      () => {
        say({ tone: "done", sentence: t("groups.offer.accepted", { name: from }) });
        void forget();
      },
    );
  const refused = <RefusedAct act={act} words={offerRefusalText} server={server} say={say} />;
  if (offer === null)
    return code === null ? (
      <PasteCode origin={server.origin} busy={act.busy} onSecret={read} onCancel={props.onClose}>
        {refused}
      </PasteCode>
    ) : (
      <div class="notice boxed">
        <div class="stack tight grow">
          <p>
            <strong>{t("groups.offer.kept")}</strong>
          </p>
          {act.busy && <p class="dim">{t("teams.asking")}</p>}
          {refused}
          {act.refusal !== null && (
            <div class="line wrap">
              <button type="button" class="button" onClick={act.again}>
                {t("teams.retry")}
              </button>
              <button type="button" class="button" onClick={() => void forget()}>
                {t("groups.offer.forget")}
              </button>
            </div>
          )}
        </div>
      </div>
    );
  return (
    <div class="notice boxed" role="group" aria-labelledby="offer" aria-busy={act.busy}>
      <div class="stack tight grow">
        <h3 id="offer">{t("groups.offer.title", { group: offer.name })}</h3>
        <p>
          {t("groups.offer.by", { name: offer.from, role: roleText(offer.role) })} {roleHintText(offer.role)}
        </p>
        <p>{t("groups.offer.words", { name: offer.from })}</p>
        <SixWords words={offer.words} />
        <p class="small dim">{t("groups.offer.until", { time: formatDateTime(offer.until) })}</p>
        {refused}
        <div class="line wrap">
          <button type="button" class="button primary" disabled={act.busy} onClick={() => accept(offer)}>
            {t(act.busy ? "groups.working" : "groups.offer.accept")}
          </button>
          <button type="button" class="button" disabled={act.busy} onClick={() => void forget()}>
            {t("groups.offer.decline")}
          </button>
        </div>
      </div>
    </div>
  );
}
