import { readLinks } from "../../server/groups/read.ts";
import { readCore } from "../../server/groups/state.ts";
import { type Bytes, bytesToBase64url, utf8 } from "../../shared/bytes.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { sign } from "../../shared/crypto/signature.ts";
import type { Action, ActionName } from "../../shared/group/action.ts";
import { recordsKeyOf } from "../../shared/group/group-key.ts";
import { type Link, readLink, signLink } from "../../shared/group/link.ts";
import { hashRecord, type RecordContent, type RecordPlace, sealRecord } from "../../shared/group/record.ts";
import type { GroupCore } from "../../shared/group/state.ts";
import { value } from "../groups/device.ts";
import type { Person, Saying } from "../shared/group/people.ts";
import type { Somebody, World } from "./world.ts";

/** The next link of a group as somebody signs it, whether they may or not. */
export async function linkBy<Name extends Exclude<ActionName, "create">>(
  world: World,
  by: Person,
  t: Name,
  saying: Saying<Name>,
  patch: Partial<Action> = {},
): Promise<Link> {
  const core = await coreOf(world);
  return signLink(by.signing, { ...commonOf(core, by), t, ...saying, ...patch } as Action);
}

/** What every link says, after the last one. */
export function commonOf(core: GroupCore, by: Person) {
  return { v: 1 as const, g: core.g, n: core.n + 1, p: core.head, by: by.id, at: 1 };
}

/** Signs bytes as a link that no code of ours would write. */
export async function signText(by: Person, text: string, label = "log-sig"): Promise<Link> {
  const body = utf8(text);
  return {
    body: bytesToBase64url(body),
    sig: bytesToBase64url(await sign(by.signing, CTX(label, body))),
  };
}

export async function coreOf(world: World, g: string = world.g): Promise<GroupCore> {
  const core = await readCore(world.db, g);
  if (core === null) throw Error("there is no such group");
  return core;
}

/** All links that the real server has. */
export async function linksOf(world: World, g: string = world.g): Promise<Link[]> {
  return [...(await readLinks(world.db, g, 0))];
}

/** Brings a link to the real server, as its writer's device would. */
export async function append(by: Somebody, link: Link, seals: { user: string; sealed: string }[] = []) {
  await by.api.group.append.mutate({ link, seals });
}

/** What the evil server has beside the links that it shows. */
export type Beside = {
  /** For whom it lies; everybody where it is not said. */
  readonly to?: Somebody;
  readonly g?: string;
  /** The list of a rotation. */
  readonly list?: Bytes;
  readonly ciphertexts?: readonly Bytes[];
  readonly head?: { readonly n: number; readonly head: string };
};

/** Shows a log in the place of the real one. */
export async function showLog(world: World, links: readonly Link[], beside: Beside = {}): Promise<void> {
  const g = beside.g ?? world.g;
  const isFor = (userId: string) => beside.to === undefined || beside.to.person.id === userId;
  const last = links.at(-1);
  const head = beside.head ?? { n: links.length - 1, head: last ? await hashOf(last) : "" };
  world.evil.on("group.heads", (heads, _, userId) =>
    isFor(userId) ? [...heads.filter((each) => each.g !== g), { g, ...head }] : heads,
  );
  world.evil.on("group.log", (real, input, userId) =>
    input.g === g && isFor(userId) ? links.slice(input.from, input.from + 200) : real,
  );
  const list = beside.list;
  if (list) world.evil.on("group.rotation", (real, { epoch }) => (epoch > 1 ? bytesToBase64url(list) : real));
  const blobs = await Promise.all(
    (beside.ciphertexts ?? []).map(async (bytes) => ({
      h: await hashRecord(bytes),
      ciphertext: bytesToBase64url(bytes),
    })),
  );
  if (blobs.length > 0)
    world.evil.on("group.records", (real, { hashes }) => [
      ...real,
      ...blobs.filter(({ h }) => hashes.includes(h)),
    ]);
}

/** Shows one more link than there is. */
export async function showNext(world: World, link: Link, beside: Beside = {}): Promise<void> {
  await showLog(world, [...(await linksOf(world, beside.g)), link], beside);
}

/** The hash of a link, of any bytes that call themselves one. */
export async function hashOf(link: Link): Promise<string> {
  const read = await readLink(link);
  if (read.ok) return read.value.hash;
  const [body, sig] = [Buffer.from(link.body, "base64url"), Buffer.from(link.sig, "base64url")];
  return bytesToBase64url(await sha256(CTX("log-hash", body, sig)));
}

/** A record under the group's real key, which every member has, whatever their role. */
export async function forgeRecord(
  world: World,
  place: Omit<RecordPlace, "g"> & { readonly g?: string },
  content: RecordContent,
): Promise<Bytes> {
  const whole = { g: world.g, ...place };
  return value(await sealRecord(await recordsKeyOf(await groupKeyOf(world)), whole, content));
}

/** The group's key, as a device of any member has it. */
export function groupKeyOf({ eve, g }: World) {
  return eve.device.run(async ({ db, secrets, keys }) => {
    const row = await db.groups.get(g);
    if (!row) throw Error("no such group");
    const { key } = await secrets.openGroupSecrets(await keys.requireVaultKey(), row);
    if (key === null) throw Error("no key");
    return key;
  });
}

/** The head of a record at the real server. */
export async function recordHead(world: World, id: string) {
  const row = await world.db
    .selectFrom("record_head")
    .selectAll()
    .where("g", "=", world.g)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return { id, ver: row.ver, h: row.h ?? "", epoch: row.epoch, by: row.by_user };
}

/** The ciphertext of a record as the real server has it. */
export async function ciphertextOf(world: World, h: string, g: string = world.g): Promise<Bytes> {
  const row = await world.db
    .selectFrom("blob")
    .select("ciphertext")
    .where("g", "=", g)
    .where("h", "=", h)
    .executeTakeFirstOrThrow();
  return new Uint8Array(row.ciphertext);
}
