import { bytesToBase64url } from "../../shared/bytes.ts";
import { sign } from "../../shared/crypto/signature.ts";
import { acceptanceContext } from "../../shared/group/proofs.ts";
import { newPerson, type Person, random } from "../shared/group/people.ts";
import { append, coreOf, hashOf, linkBy, linksOf } from "./forge.ts";
import type { World } from "./world.ts";

/** Alice gives Eve another role, as she may. */
export const byAlice = async (w: World) =>
  append(w.alice, await linkBy(w, w.alice.person, "role", { target: w.eve.person.id, role: "editor" }));

/** An `add` of somebody who has agreed to it. */
export async function addOf(w: World, by: Person, who: Person, enc = who.enc, agreed = enc) {
  const invitation = bytesToBase64url(random(16));
  const context = acceptanceContext(w.g, { invitation, id: who.id, enc: agreed });
  const pop = bytesToBase64url(await sign(who.signing, context));
  const member = { id: who.id, sig: who.sig, enc, role: "viewer" as const };
  return linkBy(w, by, "add", { member, invitation, pop });
}

const sealFor = (who: Person) => [{ user: who.id, sealed: bytesToBase64url(random(80)) }];

/** A new member, truly added by Alice. */
export const ghostAdded = async (w: World) => {
  const ghost = await newPerson();
  await append(w.alice, await addOf(w, w.alice.person, ghost), sealFor(ghost));
};

export async function headOf(w: World) {
  const { n, head } = await coreOf(w);
  return { n, head };
}

export async function twoByAlice(w: World) {
  await byAlice(w);
  await append(w.alice, await linkBy(w, w.alice.person, "role", { target: w.eve.person.id, role: "viewer" }));
}

/** Another link in the place of the last one, just as well signed. */
export async function twinOfLast(w: World) {
  const { n } = await coreOf(w);
  const links = await linksOf(w);
  const before = links.at(-2);
  const p = before ? await hashOf(before) : "";
  const saying = { target: w.eve.person.id, role: "editor" } as const;
  return linkBy(w, w.alice.person, "role", saying, { n, p });
}
