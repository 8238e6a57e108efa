import { base64urlToBytes } from "../../shared/bytes.ts";
import { foldLink } from "../../shared/group/fold.ts";
import { type Link, readLink } from "../../shared/group/link.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { ask } from "../servers/api.ts";
import type { GroupPromise } from "../vault/db.ts";
import { layChanges, presentMember, readAhead, readKnown, startUnstored, type Unstored } from "./known.ts";
import { isSyncStopped, saySyncProgress } from "./sync-progress.ts";
import { type GroupTrouble, troubleOf } from "./trouble.ts";

/** The head that a server says a group has. */
export type Head = { readonly g: string; readonly n: number; readonly head: string };

/** The same with what the server said beside it, unasked. All of it is looked at as if it had been asked for. */
export type Told = Head & {
  /** From the link after the pin on; none where they are to be asked for. */
  readonly links?: readonly Link[];
  readonly records?: readonly { readonly h: string; readonly ciphertext: string }[];
};

/** Where the links of a group are asked for: as a member of it, or as somebody who was invited. */
export type LogSource = {
  links(from: number): Promise<readonly Link[]>;
  /** base64url. */
  rotation(epoch: number, h: string): Promise<string | null>;
};

/** What nobody writes: more would be a server that wants to keep this device busy. */
const MOST_LINKS_AT_ONCE = 100_000;

/**
 * Fetches the links after the pin and verifies each as it comes, up to what the server called the head. Nothing is stored
 * and nothing is believed: the first link that does not follow ends it.
 *
 * @param promised what is known of the log to somebody who sees it for the first time
 * @param ahead where to start, if that was read already, and people who are to be read together with those of the links
 */
export async function fetchLog(
  source: LogSource,
  said: Head,
  promised: GroupPromise | null,
  { start, people = [] }: { readonly start?: Unstored; readonly people?: readonly string[] } = {},
): Promise<Result<Unstored, GroupTrouble>> {
  const unstored = start ?? (await startUnstored(said.g));
  const pinned = unstored.core;
  if (pinned && said.n < pinned.n) return err("rollback");
  if (pinned && said.n === pinned.n) return said.head === pinned.head ? ok(unstored) : err("fork");
  if (said.n - (pinned?.n ?? 0) > MOST_LINKS_AT_ONCE) return err("log");
  const first = (pinned?.n ?? -1) + 1;
  while ((unstored.core?.n ?? -1) < said.n) {
    const from = (unstored.core?.n ?? -1) + 1;
    saySyncProgress(said.g, { what: "links", done: from - first, total: said.n + 1 - first });
    if (isSyncStopped(said.g)) return err("stopped");
    const links = await ask(source.links(from));
    if (!links.ok) return err(troubleOf(links.error));
    // It named a head and has no link of it: what was there yesterday is hidden today.
    if (links.value.length === 0) return err("withheld");
    const all = await Promise.all(links.value.map(async (link) => ({ link, read: await readLink(link) })));
    const actions = all.flatMap(({ read }) => (read.ok ? [read.value.action] : []));
    await readAhead(unstored, actions, people);
    for (const { link, read } of all) {
      const laid = await verifyNext(source, unstored, link, read);
      if (!laid.ok) return laid;
      if (promised && !(await keepsPromise(unstored, promised))) return err("promise");
      if (unstored.core?.n === said.n) break;
    }
  }
  if (unstored.core?.head !== said.head) return err("fork");
  // Nobody can be in the group before the link that their inviter knew: it is another log that ends there.
  if (promised && unstored.core.n < promised.n) return err("promise");
  return ok(unstored);
}

/** Verifies one link on top of those before it, and lays it there. */
async function verifyNext(
  source: LogSource,
  unstored: Unstored,
  link: Link,
  read: Awaited<ReturnType<typeof readLink>>,
): Promise<Result<void, GroupTrouble>> {
  if (!read.ok) return err(read.error === "version" ? "newer-version" : "log");
  const { action } = read.value;
  const expected = unstored.core;
  // The same number after another link: two histories of one group.
  if (expected && action.n === expected.n + 1 && action.p !== expected.head) return err("fork");
  if (action.g !== unstored.g) return err("log");
  const rotates = action.t === "rotate" || action.t === "remove";
  const list = rotates ? await fetchRotation(source, action.epoch, action.records) : ok(null);
  if (!list.ok) return list;
  const folded = await foldLink(await readKnown(unstored, action), read.value, { rotation: list.value });
  if (!folded.ok) return err("log");
  layChanges(unstored, link, folded.value, list.value);
  if (action.t === "rekey") unstored.rekeyed.set(action.n, action.by);
  return ok(undefined);
}

async function fetchRotation(source: LogSource, epoch: number, h: string) {
  const list = await ask(source.rotation(epoch, h));
  if (!list.ok) return err(troubleOf(list.error));
  if (list.value === null) return err("withheld" as const);
  const bytes = base64urlToBytes(list.value);
  return bytes.ok ? ok(bytes.value) : err("log" as const);
}

/** Whether the link that the inviter knew, once it is reached, is the one they spoke of, and they are in the group. */
async function keepsPromise(unstored: Unstored, { n, h, by }: GroupPromise): Promise<boolean> {
  if (unstored.core?.n !== n) return true;
  if (unstored.core.head !== h) return false;
  return by === null || (await presentMember(unstored, by.id))?.sig === by.sig;
}
