import type { Bytes } from "../../shared/bytes.ts";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { fingerprintWords } from "../../shared/group/fingerprint.ts";
import { invitationKeys, type Offer, openOffer, signAcceptance } from "../../shared/group/invitation.ts";
import { can } from "../../shared/group/permissions.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type Api, ask } from "../servers/api.ts";
import { type Connection, type ConnectionRefusal, openConnection } from "../servers/connection.ts";
import { db, type GroupRow } from "../vault/db.ts";
import { requireVaultKey } from "../vault/vault-key.ts";
import { fetchLog, type LogSource } from "./fetch-log.ts";
import { presentMember } from "./known.ts";
import { NO_SECRETS, sealGroupSecrets } from "./secrets.ts";
import { withSyncLock } from "./sync-lock.ts";
import { type GroupTrouble, troubleOf } from "./trouble.ts";

/**
 * Why an invitation can't be accepted. "no-invitation": the server has none by that code (used, taken back, run out);
 * "not-for-you": it is for another address; "another-server": it was made at another one; "member": this person is in the
 * group already; the others as for any group.
 */
export type OfferRefusal =
  | ConnectionRefusal
  | GroupTrouble
  | "no-invitation"
  | "not-for-you"
  | "too-late"
  | "member";

/** What somebody is invited to, verified as far as it can be before they are in. */
export type OfferView = {
  readonly g: string;
  readonly name: string;
  readonly from: string;
  readonly role: Offer["role"];
  readonly until: number;
  /** The six words that the inviter will see for this person's keys. */
  readonly words: readonly string[];
};

/**
 * Reads what a code offers, and holds it against the group's log: the offer is by whoever made the code, the log has the
 * link that they knew, and they are in the group and may invite. Accepts nothing.
 *
 * @param secret of the code
 */
export async function readOffer(serverId: string, secret: Bytes): Promise<Result<OfferView, OfferRefusal>> {
  const connection = await openConnection(serverId);
  if (!connection.ok) return connection;
  const offer = await checkOffer(connection.value, secret);
  if (!offer.ok) return offer;
  const { g, name, from, role, until } = offer.value;
  const words = await fingerprintWords(ownKeys(connection.value));
  return ok({ g, name, from, role, until, words });
}

/**
 * Accepts it. What the offer said of the log is kept, and held against the log again once this person is in: only then
 * is it theirs to read.
 */
export function acceptOffer(serverId: string, secret: Bytes): Promise<Result<OfferView, OfferRefusal>> {
  return withSyncLock(async () => {
    const opened = await openConnection(serverId);
    if (!opened.ok) return opened;
    const connection = opened.value;
    const checked = await checkOffer(connection, secret);
    if (!checked.ok) return checked;
    const offer = checked.value;
    const keys = await invitationKeys(secret);
    const mine = ownKeys(connection);
    const accepted = await signAcceptance(connection.signing, keys, {
      g: offer.g,
      h: offer.h,
      ...mine,
      email: offer.email,
    });
    const { g, n, h, by, name, from, role, until } = offer;
    const people = { [by.id]: from, [mine.id]: offer.email };
    const before = await db.groups.get(g);
    const row: GroupRow = before ?? {
      ...{ g, serverId, core: null, missing: [], sentRev: -1, syncedAt: null, trouble: null },
      promised: null,
      sealed: await sealGroupSecrets(await requireVaultKey(), g, { ...NO_SECRETS, name, people }),
    };
    // Before it is sent: what was accepted must be known here when the group's first links come. Who comes back goes on
    // from the log that they knew.
    await db.groups.put({ ...row, promised: { n, h, by: { id: by.id, sig: by.sig } }, trouble: null });
    const sent = await ask(connection.api.invitation.accept.mutate({ id: keys.id, ...accepted }));
    if (!sent.ok) {
      if (before) await db.groups.put(before);
      else await db.groups.delete(g);
      return err(refusalOf(troubleOf(sent.error)));
    }
    return ok({ g, name, from, role, until, words: await fingerprintWords(mine) });
  });
}

async function checkOffer(connection: Connection, secret: Bytes): Promise<Result<Offer, OfferRefusal>> {
  const { api, serverId, origin, email } = connection;
  const keys = await invitationKeys(secret);
  const sealed = await ask(api.invitation.read.query({ id: keys.id }));
  if (!sealed.ok) return err(refusalOf(troubleOf(sealed.error)));
  const opened = await openOffer(keys, sealed.value, Date.now());
  if (!opened.ok) return err(opened.error === "too-late" ? "too-late" : "promise");
  const offer = opened.value;
  if (offer.server !== serverId || offer.origin !== origin) return err("another-server");
  if (offer.email !== email) return err("not-for-you");
  const known = await db.groups.get(offer.g);
  if (known && known.core !== null && known.trouble !== "no-access") return err("member");
  const log = await fetchLog(invitedSource(api, keys.id), { g: offer.g, n: offer.n, head: offer.h }, null);
  if (!log.ok) return log;
  const inviter = await presentMember(log.value, offer.by.id);
  const isTheirs = inviter?.sig === offer.by.sig && can(inviter.role, "invite");
  return isTheirs ? ok(offer) : err("promise");
}

/** The log as the server gives it to whoever was invited. */
function invitedSource({ invitation }: Api, id: string): LogSource {
  return {
    links: (from) => invitation.log.query({ id, from }),
    rotation: (epoch, h) => invitation.rotation.query({ id, epoch, h }),
  };
}

/** To the one who was invited the server's "not here" means the invitation. */
function refusalOf(trouble: GroupTrouble): OfferRefusal {
  return trouble === "no-access" || trouble === "refused" ? "no-invitation" : trouble;
}

function ownKeys({ userId, signing, opening }: Connection) {
  return {
    id: userId,
    sig: bytesToBase64url(signing.publicKey),
    enc: bytesToBase64url(opening.publicKey),
  };
}
