import { base64urlToBytes } from "../../shared/bytes.ts";
import { fingerprintWords } from "../../shared/group/fingerprint.ts";
import { sealGroupKey } from "../../shared/group/group-key.ts";
import {
  type Acceptance,
  type AcceptanceRefusal,
  hashRegistration,
  INVITATION_MS,
  invitationKeys,
  type Offer,
  type SignedAcceptance,
  sealOffer,
  verifyAcceptance,
} from "../../shared/group/invitation.ts";
import { formatInvitationCode, SECRET_BYTES, serverPrint } from "../../shared/group/invitation-code.ts";
import { can, isWithinReach, type Role } from "../../shared/group/permissions.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { ask } from "../servers/api.ts";
import { db } from "../vault/db.ts";
import { type ActRefusal, actInGroup, type Standing, stand } from "./act.ts";
import { nextLink, type OwnLink } from "./append-own.ts";
import { nameGroup } from "./create-group.ts";
import {
  forgetInvitation,
  keepInvitation,
  readInvitations,
  type SentInvitation,
} from "./stored-invitation.ts";
import { withSyncLock } from "./sync-lock.ts";
import { type GroupTrouble, troubleOf } from "./trouble.ts";

/** Somebody who has accepted, as far as this device can say: to be looked at and confirmed by a person. */
export type Accepted = {
  readonly invitation: string;
  readonly email: string;
  readonly role: Role;
  /** Six words that the new member sees too. */
  readonly words: readonly string[];
  /** Why they must not be let in; null where everything is right. */
  readonly refusal: AcceptanceRefusal | null;
};

/**
 * Invites somebody. Only the code that comes back lets them in, and it goes from person to person: the server keeps an
 * offer that it can't read.
 *
 * @param email the address that they use at this server, or will
 */
export function invite(
  g: string,
  { email, role }: { readonly email: string; readonly role: Role },
): Promise<Result<{ readonly code: string; readonly until: number }, ActRefusal>> {
  return withSyncLock(async () => {
    const standing = await stand(g);
    if (!standing.ok) return standing;
    const { connection, core, me, secrets, row } = standing.value;
    if (!can(me.role, "invite") || !isWithinReach(me.role, role)) return err("rank");
    if (core.closed) return err("closed");
    // What somebody keeps for themselves alone is no place to invite to.
    if (secrets.isPersonal) return err("rank");
    const server = await db.servers.get(row.serverId);
    const staticKey = base64urlToBytes(server?.staticKey ?? "");
    if (server === undefined || !staticKey.ok) return err("not-connected");
    const secret = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
    const keys = await invitationKeys(secret);
    const until = Date.now() + INVITATION_MS;
    const { id, sig, enc } = me;
    const offer: Offer = {
      server: row.serverId,
      origin: connection.origin,
      g,
      n: core.n,
      h: core.head,
      by: { id, sig, enc },
      from: connection.email,
      role,
      name: secrets.name,
      email: email.normalize("NFKC").trim().toLowerCase(),
      until,
    };
    // Kept before it is sent: an acceptance that nobody could check any more would be a door to nothing.
    await keepInvitation(row.serverId, { id: keys.id, secret, offer });
    const sealed = await sealOffer(connection.signing, keys, offer);
    const registration = await hashRegistration(keys);
    const sent = await ask(
      connection.api.invitation.offer.mutate({ id: keys.id, g, until, sealed, registration }),
    );
    if (!sent.ok) {
      await forgetInvitation(keys.id);
      return err(troubleOf(sent.error));
    }
    const print = await serverPrint(row.serverId, staticKey.value);
    const code = await formatInvitationCode({
      kind: "invitation",
      origin: connection.origin,
      secret,
      server: print,
    });
    return ok({ code, until });
  });
}

/** Who has accepted and waits to be confirmed by this device, which has the secrets of the codes that it made. */
export function readAccepted(g: string): Promise<Result<Accepted[], ActRefusal>> {
  return withSyncLock(async () => {
    const standing = await stand(g);
    if (!standing.ok) return standing;
    if (!can(standing.value.me.role, "invite")) return ok([]);
    const found = await checkAccepted(standing.value, Date.now());
    if (!found.ok) return found;
    return ok(
      await Promise.all(
        found.value.map(async ({ sent, checked }): Promise<Accepted> => {
          const { email, role } = sent.offer;
          const words = checked.ok ? await fingerprintWords(checked.value) : [];
          return { invitation: sent.id, email, role, words, refusal: checked.ok ? null : checked.error };
        }),
      ),
    );
  });
}

type Checked = {
  readonly sent: SentInvitation;
  readonly signed: SignedAcceptance;
  readonly checked: Result<Acceptance, AcceptanceRefusal>;
};

async function checkAccepted(
  { connection, core }: Standing,
  now: number,
): Promise<Result<Checked[], GroupTrouble>> {
  const pending = await ask(connection.api.invitation.pending.query({ g: core.g }));
  if (!pending.ok) return err(troubleOf(pending.error));
  const sentById = new Map((await readInvitations(core.g)).map((sent) => [sent.id, sent]));
  const checked: Checked[] = [];
  for (const { id, ...signed } of pending.value) {
    const sent = sentById.get(id);
    if (sent === undefined) continue;
    const keys = await invitationKeys(sent.secret);
    checked.push({ sent, signed, checked: await verifyAcceptance(keys, sent.offer, signed, now) });
  }
  return ok(checked);
}

/**
 * Lets somebody in who has accepted: their keys into the log, the group's key sealed to them. Whoever confirms has looked at
 * six words, and what is asked of the server again may be something else by now: with a code that was stolen, somebody
 * else's keys prove as much.
 *
 * @param shown as readAccepted gave it
 * @returns "changed": these are not the keys whose words were shown
 */
export async function confirmAccepted(
  g: string,
  { invitation, words }: Pick<Accepted, "invitation" | "words">,
): Promise<Result<void, ActRefusal | "not-accepted" | "changed">> {
  let joined: Acceptance | null = null;
  const added = await actInGroup<"not-accepted" | "changed">(g, async (standing) => {
    const found = await checkAccepted(standing, Date.now());
    // A call that failed is no answer: nobody is turned away by it.
    if (!found.ok) return found;
    const one = found.value.find(({ sent }) => sent.id === invitation);
    if (!one?.checked.ok) return err("not-accepted");
    joined = one.checked.value;
    if ((await fingerprintWords(joined)).join() !== words.join()) return err("changed");
    if (standing.members.has(joined.id)) return ok(null);
    return addOf(standing, one, joined);
  });
  if (!added.ok) return added;
  if (joined !== null) await introduce(g, joined);
  await endInvitation(g, invitation);
  // Used once, whatever the server says of it: else it could show the same acceptance again after a removal.
  await forgetInvitation(invitation);
  return ok(undefined);
}

async function addOf(
  { connection, core, secrets }: Standing,
  { sent, signed }: Checked,
  { id, sig, enc }: Acceptance,
): Promise<Result<OwnLink, "not-accepted">> {
  const opening = base64urlToBytes(enc);
  const usesCodes = can(sent.offer.role, "use-codes");
  if (!opening.ok || (usesCodes && secrets.key === null)) return err("not-accepted");
  const seal = usesCodes && secrets.key ? await sealGroupKey(secrets.key, { id, enc: opening.value }) : null;
  if (seal && !seal.ok) return err("not-accepted");
  const action = {
    t: "add",
    ...nextLink(core, connection.userId, Date.now()),
    member: { id, sig, enc, role: sent.offer.role },
    invitation: sent.id,
    pop: signed.pop,
  } as const;
  return ok({ action, seals: seal ? [{ user: id, sealed: seal.value }] : [] });
}

/** Writes the new member's address beside the others'. That they are in does not depend on it. */
async function introduce(g: string, { id, email }: Acceptance): Promise<void> {
  await withSyncLock(async () => {
    const standing = await stand(g);
    if (!standing.ok) return;
    const { connection, row, core, secrets } = standing.value;
    if (secrets.people[id] === email) return;
    await nameGroup(connection, row, core, { ...secrets, people: { ...secrets.people, [id]: email } });
  });
}

/** Takes an invitation back, or turns down who has accepted it. */
export async function endInvitation(g: string, invitation: string): Promise<Result<void, ActRefusal>> {
  return withSyncLock(async () => {
    const standing = await stand(g);
    if (!standing.ok) return standing;
    const ended = await ask(standing.value.connection.api.invitation.done.mutate({ id: invitation }));
    // What the server does not have any more is ended.
    const isGone = !ended.ok && typeof ended.error === "object";
    if (!ended.ok && !isGone) return err(troubleOf(ended.error));
    await forgetInvitation(invitation);
    return ok(undefined);
  });
}
