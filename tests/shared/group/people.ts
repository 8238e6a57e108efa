import { type Bytes, bytesToBase64url } from "../../../shared/bytes.ts";
import { importPrivateKey, type KeyPair } from "../../../shared/crypto/private-key.ts";
import { importSigningKey, sign } from "../../../shared/crypto/signature.ts";
import type { Action, ActionName, ActionOf } from "../../../shared/group/action.ts";
import { foldLink } from "../../../shared/group/fold.ts";
import { type Link, readLink, signLink } from "../../../shared/group/link.ts";
import type { Role } from "../../../shared/group/permissions.ts";
import { acceptanceContext, groupIdOf } from "../../../shared/group/proofs.ts";
import { formatRotation, hashRotation, type RotatedRecord } from "../../../shared/group/rotation.ts";
import { applyChanges, type Known, NOTHING_KNOWN } from "../../../shared/group/state.ts";

/** Somebody with keys of their own. */
export type Person = {
  readonly id: string;
  readonly signing: KeyPair;
  readonly opening: KeyPair;
  readonly sig: string;
  readonly enc: string;
};

export async function newPerson(): Promise<Person> {
  const [signing, opening] = [
    await importSigningKey(random(32)),
    await importPrivateKey("X25519", random(32)),
  ];
  return {
    id: crypto.randomUUID(),
    signing,
    opening,
    sig: bytesToBase64url(signing.publicKey),
    enc: bytesToBase64url(opening.publicKey),
  };
}

export const random = (bytes: number): Bytes => crypto.getRandomValues(new Uint8Array(bytes));
/** A hash of nothing in particular. */
export const anyHash = (): string => bytesToBase64url(random(32));

/** What an action says beyond what every link does. */
export type Saying<Name extends ActionName> = Omit<ActionOf<Name>, "t" | "v" | "g" | "n" | "p" | "by" | "at">;

/** A group's log as its members write it, and what they know of it. */
export type Log = {
  readonly links: readonly Link[];
  readonly known: Known;
  readonly lists: readonly (Bytes | null)[];
};

/** A log with its first link, by an owner. */
export async function newLog(owner: Person): Promise<Log> {
  const nonce = bytesToBase64url(random(16));
  const { id, sig, enc } = owner;
  const g = await groupIdOf(nonce, sig);
  const link = await signLink(owner.signing, {
    t: "create",
    v: 1,
    g,
    n: 0,
    p: "",
    by: id,
    at: 0,
    nonce,
    owner: { id, sig, enc },
    commit: anyHash(),
  });
  return append({ links: [], known: NOTHING_KNOWN, lists: [] }, link);
}

/** Adds a link, or throws the name of what is wrong with it. */
export async function append(log: Log, link: Link, rotation: Bytes | null = null): Promise<Log> {
  const read = await readLink(link);
  if (!read.ok) throw Error(read.error);
  const changes = await foldLink(log.known, read.value, { rotation });
  if (!changes.ok) throw Error(changes.error);
  return {
    links: [...log.links, link],
    known: applyChanges(log.known, changes.value),
    lists: [...log.lists, rotation],
  };
}

/** The next link, signed by somebody, whether they may or not. */
export function nextLink<Name extends Exclude<ActionName, "create">>(
  log: Log,
  by: Person,
  t: Name,
  saying: Saying<Name>,
  patch: Partial<Action> = {},
): Promise<Link> {
  const { core } = log.known;
  if (core === null) throw Error("there is no log yet");
  const common = { v: 1 as const, g: core.g, n: core.n + 1, p: core.head, by: by.id, at: 0 };
  return signLink(by.signing, { t, ...common, ...saying, ...patch } as Action);
}

/** Somebody does something, and the log goes on. */
export async function act<Name extends Exclude<ActionName, "create">>(
  log: Log,
  by: Person,
  t: Name,
  saying: Saying<Name>,
): Promise<Log> {
  return append(log, await nextLink(log, by, t, saying));
}

/** What an `add` says of somebody who has accepted. */
export async function accepted(log: Log, person: Person, role: Role): Promise<Saying<"add">> {
  const { id, sig, enc } = person;
  const invitation = bytesToBase64url(random(16));
  const context = acceptanceContext(log.known.core?.g ?? "", { invitation, id, enc });
  const pop = bytesToBase64url(await sign(person.signing, context));
  return { member: { id, sig, enc, role }, invitation, pop };
}

/** A rotation of all live records: what its link says, and the list beside it. */
export async function rotation(log: Log): Promise<{ saying: Saying<"rotate">; list: Bytes }> {
  const { core, heads } = log.known;
  const records = [...heads.values()]
    .filter(({ h }) => h !== null)
    .map(({ id, ver }): RotatedRecord => [id, ver + 1, anyHash()]);
  const list = formatRotation(records);
  const epoch = (core?.epoch ?? 0) + 1;
  return {
    saying: { epoch, commit: anyHash(), records: await hashRotation(core?.g ?? "", epoch, list) },
    list,
  };
}
