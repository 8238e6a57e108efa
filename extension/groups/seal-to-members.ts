import { base64urlToBytes } from "../../shared/bytes.ts";
import { type GroupKey, sealGroupKey } from "../../shared/group/group-key.ts";
import { can } from "../../shared/group/permissions.ts";
import type { Member } from "../../shared/group/state.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { OwnSeal } from "./append-own.ts";

/** Seals a group's key to each of its members, by the verified log, who may use codes. */
export async function sealToMembers(
  key: GroupKey,
  members: Iterable<Member>,
): Promise<Result<OwnSeal[], "bad-key">> {
  const seals: OwnSeal[] = [];
  for (const member of members) {
    if (!can(member.role, "use-codes")) continue;
    const enc = base64urlToBytes(member.enc);
    const sealed = enc.ok ? await sealGroupKey(key, { id: member.id, enc: enc.value }) : enc;
    if (!sealed.ok) return err("bad-key");
    seals.push({ user: member.id, sealed: sealed.value });
  }
  return ok(seals);
}
