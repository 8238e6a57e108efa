import {
  hashRegistration,
  INVITATION_MS,
  invitationKeys,
  sealOffer,
} from "../../../shared/group/invitation.ts";
import { type Log, type Person, random } from "../../shared/group/people.ts";

/** A new offer by somebody, and what their device sends to the server. */
export async function newOffer(
  inviter: Person,
  {
    log,
    serverId,
    until = Date.now() + INVITATION_MS,
  }: { readonly log: Log; readonly serverId: string; readonly until?: number | undefined },
) {
  const keys = await invitationKeys(random(20));
  const { id, sig, enc } = inviter;
  const { g = "", n = 0, head = "" } = log.known.core ?? {};
  const offer = {
    server: serverId,
    origin: "https://codes.example.com",
    g,
    n,
    h: head,
    by: { id, sig, enc },
    from: "alice@example.com",
    name: "Cloud",
    role: "viewer" as const,
    email: "bob@example.com",
    until,
  };
  const sealed = await sealOffer(inviter.signing, keys, offer);
  const request = { id: keys.id, g, until, sealed, registration: await hashRegistration(keys) };
  return { keys, offer, request };
}
