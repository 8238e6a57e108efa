import { bytesToBase64url } from "../../shared/bytes.ts";
import type { Role } from "../../shared/group/permissions.ts";
import { accepted, append, type Log, newLog, nextLink, random } from "../shared/group/people.ts";
import type { Served } from "./served.ts";

/** Somebody who is signed in at a server. */
export type Joined = Awaited<ReturnType<Served["join"]>>;

/** Something that stands for a sealed key: the server can't tell. */
export const sealFor = (user: string) => ({ user, sealed: bytesToBase64url(random(80)) });

/** Makes a group at the server, as its owner's device does. */
export async function newGroup(owner: Joined): Promise<Log> {
  const log = await newLog(owner);
  const [link] = log.links;
  if (!link) throw Error("no first link");
  await owner.api.group.append.mutate({ link, seals: [sealFor(owner.id)] });
  return log;
}

/** Makes somebody a member, as an owner's device does. */
export async function addMember(log: Log, owner: Joined, person: Joined, role: Role): Promise<Log> {
  const link = await nextLink(log, owner, "add", await accepted(log, person, role));
  await owner.api.group.append.mutate({ link, seals: role === "guest" ? [] : [sealFor(person.id)] });
  return append(log, link);
}

/** Writes a new record, as the device of somebody who may does. */
export async function addRecord(log: Log, by: Joined): Promise<{ log: Log; id: string }> {
  const { g = "", epoch = 1 } = log.known.core ?? {};
  const ciphertexts = [bytesToBase64url(random(284))];
  const [h = ""] = await by.api.group.stageRecords.mutate({ g, ciphertexts });
  const id = crypto.randomUUID();
  const link = await nextLink(log, by, "records", { epoch, heads: [{ id, ver: 1, h }] });
  await by.api.group.append.mutate({ link, seals: [] });
  return { log: await append(log, link), id };
}
