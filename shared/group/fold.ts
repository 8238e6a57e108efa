import { base64urlToBytes } from "../bytes.ts";
import { verify } from "../crypto/signature.ts";
import { err, ok, type Result } from "../result.ts";
import { type Action, type ActionName, type ActionOf, PERMISSION_BY_ACTION } from "./action.ts";
import type { ReadLink } from "./link.ts";
import { can } from "./permissions.ts";
import { groupIdOf } from "./proofs.ts";
import type { Before, LinkRefusal, Staged } from "./rules.ts";
import * as rules from "./rules.ts";
import type { Changes, GroupCore, Known, Member } from "./state.ts";

/** The rows that a link names: what has to be known to fold it, so that an append reads no more than that. */
export function namesIn(action: Action): {
  readonly members: readonly string[];
  readonly records: readonly string[] | "all";
} {
  const members = [action.by];
  if ("target" in action) members.push(action.target);
  if (action.t === "add") members.push(action.member.id);
  if (action.t === "remove" || action.t === "rotate") return { members, records: "all" };
  return { members, records: action.t === "records" ? action.heads.map(({ id }) => id) : [] };
}

/**
 * Verifies a link against what is known before it, and says what it changes. The same for whoever writes it, the server,
 * and every other member: nothing is believed because it was sent. Pure; the checks come in the protocol's sequence
 * (section 1.4).
 *
 * @param known at least the rows that namesIn names; for a first link NOTHING_KNOWN
 */
export async function foldLink(
  known: Known,
  link: ReadLink,
  staged: Staged,
): Promise<Result<Changes, LinkRefusal>> {
  const { action } = link;
  if (action.t === "create") return foldFirst(known, link, action);
  const { core } = known;
  if (core === null) return err("sequence");
  if (action.n !== core.n + 1) return err("sequence");
  if (action.p !== core.head) return err("previous");
  if (action.g !== core.g) return err("group-id");
  if (core.closed) return err("closed");
  const by = known.members.get(action.by);
  if (by === undefined) return err("not-member");
  const signed = await verifyWith(by.sig, link);
  if (!signed.ok) return signed;
  const permission = PERMISSION_BY_ACTION[action.t];
  if (!can(by.role, permission)) return err("rank");
  const before = { known, core: { ...core, n: action.n, head: link.hash }, by, staged };
  return await (RULES[action.t] as Rule<Action>)(before, action);
}

type Rule<A> = (
  before: Before,
  action: A,
) => Result<Changes, LinkRefusal> | Promise<Result<Changes, LinkRefusal>>;

const RULES = {
  add: rules.add,
  role: rules.role,
  remove: rules.remove,
  leave: rules.leave,
  rotate: rules.rotate,
  records: rules.records,
  rekey: rules.rekey,
  close: rules.close,
} as const satisfies { readonly [Name in Exclude<ActionName, "create">]: Rule<ActionOf<Name>> };

async function foldFirst(
  known: Known,
  link: ReadLink,
  { g, n, p, by, nonce, owner, commit }: ActionOf<"create">,
): Promise<Result<Changes, LinkRefusal>> {
  if (known.core !== null || n !== 0) return err("sequence");
  if (p !== "") return err("previous");
  if (g !== (await groupIdOf(nonce, owner.sig))) return err("group-id");
  if (by !== owner.id) return err("not-member");
  if (!rules.areKeys(owner)) return err("bad-key");
  const signed = await verifyWith(owner.sig, link);
  if (!signed.ok) return signed;
  const first: Member = { ...owner, role: "owner", joined: 0, left: null };
  const core: GroupCore = {
    g,
    n: 0,
    head: link.hash,
    epoch: 1,
    commit,
    rotationDue: false,
    closed: false,
    members: 1,
    owners: 1,
    records: 0,
  };
  return ok({ core, members: [first], heads: [] });
}

function verifyWith(sig: string, link: ReadLink): Promise<Result<void, "bad-key" | "signature">> {
  const key = base64urlToBytes(sig);
  if (!key.ok) throw Error("a key in the log is base64url");
  return verify(key.value, link.signed, link.signature);
}
