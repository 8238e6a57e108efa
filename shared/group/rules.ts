import { type Bytes, base64urlToBytes } from "../bytes.ts";
import { isOpeningKey } from "../crypto/seal.ts";
import { isPublicKey, verify } from "../crypto/signature.ts";
import { err, ok, type Result } from "../result.ts";
import { type ActionOf, MOST_MEMBERS, MOST_RECORDS } from "./action.ts";
import { can, isWithinReach, type Role } from "./permissions.ts";
import { acceptanceContext, rekeyContext } from "./proofs.ts";
import { hashRotation, parseRotation, rotatedHeads } from "./rotation.ts";
import type { Changes, GroupCore, Known, Member, RecordHead } from "./state.ts";

/**
 * Why a link is refused. "sequence", "previous", "group-id": it is not the next link of this log; "not-member", "bad-key",
 * "signature": no member of the group has signed it; "rank": its writer may not do that, or not to them; "proof": a new
 * key has not agreed; "no-owner": nobody would be left to own the group; the others say it themselves.
 */
export type LinkRefusal =
  | "sequence"
  | "previous"
  | "group-id"
  | "closed"
  | "not-member"
  | "bad-key"
  | "signature"
  | "rank"
  | "already-member"
  | "no-such-member"
  | "proof"
  | "no-owner"
  | "epoch"
  | "record-version"
  | "rotation-incomplete"
  | "too-many";

/** What a link needs beside its own text: the list of a rotation, null where it is not there. */
export type Staged = { readonly rotation: Bytes | null };

/** What the rules of one action are given. `core` is already at the link's own number and hash. */
export type Before = {
  readonly known: Known;
  readonly core: GroupCore;
  readonly by: Member;
  readonly staged: Staged;
};

type Outcome = Result<Changes, LinkRefusal>;

/** Each new member has accepted for themselves, and gets no more than their inviter may give. */
export async function add({ known, core, by }: Before, action: ActionOf<"add">): Promise<Outcome> {
  const { id, sig, enc, role: given } = action.member;
  if (known.members.has(id)) return err("already-member");
  if (!isWithinReach(by.role, given)) return err("rank");
  if (core.members >= MOST_MEMBERS) return err("too-many");
  const { invitation } = action;
  const agreed = await agrees({ sig, enc }, acceptanceContext(core.g, { invitation, id, enc }), action.pop);
  if (!agreed.ok) return agreed;
  const member: Member = { id, sig, enc, role: given, joined: core.n, left: null };
  const owners = core.owners + ownersAmong(given);
  return ok({ core: { ...core, members: core.members + 1, owners }, members: [member], heads: [] });
}

/** Nobody acts on their equals, but owners; somebody always owns the group; who may no longer use codes leaves a key behind. */
export function role({ known, core, by }: Before, action: ActionOf<"role">): Outcome {
  const target = known.members.get(action.target);
  if (target === undefined) return err("no-such-member");
  if (!isWithinReach(by.role, target.role) || !isWithinReach(by.role, action.role)) return err("rank");
  const owners = core.owners - ownersAmong(target.role) + ownersAmong(action.role);
  if (owners === 0) return err("no-owner");
  const losesKey = can(target.role, "use-codes") && !can(action.role, "use-codes");
  return ok({
    core: { ...core, owners, rotationDue: core.rotationDue || losesKey },
    members: [{ ...target, role: action.role }],
    heads: [],
  });
}

/** With somebody's removal comes a new key, and everything under it: it is one link, so that neither is without the other. */
export async function remove(before: Before, action: ActionOf<"remove">): Promise<Outcome> {
  const { known, core, by } = before;
  const target = known.members.get(action.target);
  if (target === undefined) return err("no-such-member");
  if (!isWithinReach(by.role, target.role)) return err("rank");
  const without = lessOne(core, target);
  if (!without.ok) return without;
  const rotated = await underNewKey(before, without.value, action);
  if (!rotated.ok) return rotated;
  return ok({ ...rotated.value, members: [{ ...target, left: core.n }] });
}

/** Whoever leaves must not make the next key: somebody who stays does. */
export function leave({ core, by }: Before): Outcome {
  const without = lessOne(core, by);
  if (!without.ok) return without;
  const rotationDue = core.rotationDue || can(by.role, "use-codes");
  return ok({ core: { ...without.value, rotationDue }, members: [{ ...by, left: core.n }], heads: [] });
}

/** A new key for the same people. */
export function rotate(before: Before, action: ActionOf<"rotate">): Promise<Outcome> {
  return underNewKey(before, before.core, action);
}

/** Each record goes on by one version at a time, under the present key; an id that was deleted for ever stays so. */
export function records({ known, core }: Before, action: ActionOf<"records">): Outcome {
  if (action.epoch !== core.epoch) return err("epoch");
  const heads: RecordHead[] = [];
  const seen = new Set<string>();
  let live = core.records;
  for (const { id, ver, h } of action.heads) {
    const before = known.heads.get(id);
    const isNext = before ? before.h !== null && ver === before.ver + 1 : ver === 1 && h !== null;
    if (!isNext || seen.has(id)) return err("record-version");
    seen.add(id);
    live += Number(before === undefined) - Number(h === null);
    const { n, epoch } = core;
    heads.push({ id, ver, h, epoch, by: action.by, made: before?.made ?? n, changed: n });
  }
  if (live > MOST_RECORDS) return err("too-many");
  return ok({ core: { ...core, records: live }, members: [], heads });
}

/** New keys in the place of lost ones, signed by the old: what was sealed to those may be in other hands. */
export async function rekey({ core, by }: Before, action: ActionOf<"rekey">): Promise<Outcome> {
  const { sig, enc, pop } = action;
  const agreed = await agrees({ sig, enc }, rekeyContext(core.g, { id: by.id, oldSig: by.sig, enc }), pop);
  if (!agreed.ok) return agreed;
  return ok({ core: { ...core, rotationDue: true }, members: [{ ...by, sig, enc }], heads: [] });
}

/** Nothing follows it. */
export function close({ core }: Before): Outcome {
  return ok({ core: { ...core, closed: true }, members: [], heads: [] });
}

/** The same group with one member less, who is not its last owner. */
function lessOne(core: GroupCore, member: Member): Result<GroupCore, "no-owner"> {
  const owners = core.owners - ownersAmong(member.role);
  return owners === 0 ? err("no-owner") : ok({ ...core, members: core.members - 1, owners });
}

/** The next epoch, if the list that the link names carries every record into it. */
async function underNewKey(
  { known, staged }: Before,
  core: GroupCore,
  { epoch, commit, records: named, by }: ActionOf<"remove"> | ActionOf<"rotate">,
): Promise<Outcome> {
  if (epoch !== core.epoch + 1) return err("epoch");
  if (staged.rotation === null) return err("rotation-incomplete");
  if ((await hashRotation(core.g, epoch, staged.rotation)) !== named) return err("rotation-incomplete");
  const list = parseRotation(staged.rotation);
  const heads = list && rotatedHeads(known.heads, list, { n: core.n, epoch, by });
  if (!heads) return err("rotation-incomplete");
  return ok({ core: { ...core, epoch, commit, rotationDue: false }, members: [], heads });
}

/** Whether keys may stand as somebody's in the log: only one person can sign, and only one open. */
export function areKeys({ sig, enc }: Keys): boolean {
  const [signing, opening] = [base64urlToBytes(sig), base64urlToBytes(enc)];
  return signing.ok && opening.ok && isPublicKey(signing.value) && isOpeningKey(opening.value);
}

type Keys = { readonly sig: string; readonly enc: string };

/** Whether keys that come into the log are some, and have signed for themselves. */
async function agrees(keys: Keys, message: Bytes, pop: string): Promise<Result<void, "bad-key" | "proof">> {
  const [key, signature] = [base64urlToBytes(keys.sig), base64urlToBytes(pop)];
  if (!key.ok || !signature.ok || !areKeys(keys)) return err("bad-key");
  const verified = await verify(key.value, message, signature.value);
  return verified.ok ? verified : err(verified.error === "signature" ? "proof" : "bad-key");
}

/** 1 for an owner, 0 for anybody else: who may close the group owns it. */
function ownersAmong(of: Role): number {
  return Number(can(of, "close-group"));
}
