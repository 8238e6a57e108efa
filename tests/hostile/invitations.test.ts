import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { invitationKeys, sealOffer, signAcceptance } from "../../shared/group/invitation.ts";
import { value } from "../groups/device.ts";
import { newPerson, type Person } from "../shared/group/people.ts";
import { coreOf, linksOf } from "./forge.ts";
import { refuses } from "./lie.ts";
import { inviteTo, newWorld, type Somebody, type World } from "./world.ts";

let world: World;
const here = () => world;
beforeAll(async () => {
  world = await newWorld();
}, 180_000);
afterAll(() => world.close());

let secret: Awaited<ReturnType<typeof inviteTo>>;

/** Eve is out, has a code for coming back, and has accepted where that is said. */
async function eveComesBack(w: World, accepts: boolean): Promise<void> {
  value(await w.alice.device.run(({ members }) => members.removeMember(w.g, w.eve.person.id)));
  await w.eve.device.sync();
  secret = await inviteTo(w, w.eve, "viewer");
  if (accepts) value(await w.eve.device.run(({ accept }) => accept.acceptOffer(w.serverId, secret)));
}

/** Alice looks at who has accepted, and confirms them. */
async function confirm(w: World, { device }: Somebody): Promise<string> {
  const accepted = value(await device.run(({ invite }) => invite.readAccepted(w.g)));
  const [one] = accepted;
  if (!one) return "nobody";
  if (one.refusal !== null) return one.refusal;
  const confirmed = await device.run(({ invite }) => invite.confirmAccepted(w.g, one));
  return confirmed.ok ? "ok" : String(confirmed.error);
}

const alice = (w: World) => w.alice;

describe("A1 only who has the code comes in, with their own keys", () => {
  refuses("A1 a key that was exchanged in an acceptance is refused", here, {
    before: (w) => eveComesBack(w, true),
    victim: alice,
    act: confirm,
    lie: async (w) => {
      const mine = (await newPerson()).enc;
      w.evil.on("invitation.pending", (pending) =>
        pending.map((each) => {
          const body = JSON.parse(Buffer.from(each.body, "base64url").toString());
          return { ...each, body: Buffer.from(JSON.stringify({ ...body, enc: mine })).toString("base64url") };
        }),
      );
    },
    refusal: "mac",
  });

  refuses("A1 an acceptance by somebody without the code is refused", here, {
    before: (w) => eveComesBack(w, true),
    victim: alice,
    act: confirm,
    lie: async (w) => {
      const thief = await newPerson();
      const offer = await acceptanceBy(w, thief, crypto.getRandomValues(new Uint8Array(20)));
      w.evil.on("invitation.pending", (pending) => pending.map(({ id }) => ({ id, ...offer })));
    },
    refusal: "mac",
  });

  refuses("A1 an acceptance for another address is refused, although it has the code", here, {
    before: (w) => eveComesBack(w, true),
    victim: alice,
    act: confirm,
    lie: async (w) => {
      const thief = await acceptanceBy(w, await newPerson(), secret, "thief@example.com");
      w.evil.on("invitation.pending", (pending) => pending.map(({ id }) => ({ id, ...thief })));
    },
    refusal: "another-address",
  });

  refuses("A1 who has looked at somebody's words lets nobody else in, not even with a stolen code", here, {
    before: (w) => eveComesBack(w, true),
    victim: alice,
    act: confirm,
    lie: async (w) => {
      const thief = await acceptanceBy(w, await newPerson(), secret);
      let asked = 0;
      w.evil.on("invitation.pending", (pending) =>
        asked++ === 0 ? pending : pending.map(({ id }) => ({ id, ...thief })),
      );
    },
    refusal: "changed",
  });

  test("A18 an acceptance that was confirmed once can't be shown again", async () => {
    await world.restore();
    await eveComesBack(world, true);
    let kept: unknown[] = [];
    world.evil.on("invitation.pending", (pending) => {
      kept = pending;
      return pending;
    });
    // The server forgets nothing.
    world.evil.refuse("invitation.done", "INTERNAL_SERVER_ERROR", "INTERNAL_SERVER_ERROR");
    expect(await confirm(world, world.alice)).toBe("ok");
    value(await world.alice.device.run(({ members }) => members.removeMember(world.g, world.eve.person.id)));
    world.evil.on("invitation.pending", () => kept);
    expect(kept).toHaveLength(1);
    expect(await confirm(world, world.alice)).toBe("nobody");
  });
});

/** Somebody accepts with a code, and with keys of their own. */
async function acceptanceBy(w: World, who: Person, code: typeof secret, email = w.eve.user.email) {
  const { n, head } = await coreOf(w);
  const log = await linksOf(w);
  expect(log).toHaveLength(n + 1);
  const { id, sig, enc } = who;
  // What the invitation is called is no secret to a server.
  const { id: invitation } = await invitationKeys(secret);
  const keys = { ...(await invitationKeys(code)), id: invitation };
  return signAcceptance(who.signing, keys, { g: w.g, h: head, id, sig, enc, email });
}

async function readOffer(w: World, { device }: Somebody): Promise<string> {
  const read = await device.run(({ accept }) => accept.readOffer(w.serverId, secret));
  return read.ok ? "ok" : read.error;
}

const eve = (w: World) => w.eve;
const invited = { before: (w: World) => eveComesBack(w, false), victim: eve, heals: false } as const;

describe("A5 what an invitation speaks of is what its maker meant", () => {
  refuses("A5 an offer that was changed on the way is refused", here, {
    ...invited,
    act: readOffer,
    lie: (w) =>
      w.evil.on("invitation.read", ({ ciphertext, sig }) => {
        const bytes = Buffer.from(ciphertext, "base64url");
        bytes[20] = (bytes[20] ?? 0) ^ 1;
        return { ciphertext: bytes.toString("base64url"), sig };
      }),
    refusal: "promise",
  });

  refuses("A5 an offer by somebody who has the code, but may not invite, is refused", here, {
    ...invited,
    act: readOffer,
    lie: async (w) => offers(w, w.bob.person, { from: "alice@example.com" }),
    refusal: "promise",
  });

  refuses("A5 an offer in the name of an owner is refused", here, {
    ...invited,
    act: readOffer,
    lie: async (w) => {
      const stranger = await newPerson();
      await offers(w, { ...stranger, id: w.alice.person.id }, {});
    },
    refusal: "promise",
  });

  refuses("A5 an offer with an owner's keys and somebody else's signature is refused", here, {
    ...invited,
    act: readOffer,
    lie: async (w) => {
      const { signing } = await newPerson();
      await offers(w, { ...w.alice.person, signing }, {});
    },
    refusal: "promise",
  });

  refuses("A24 an offer that was made at another server is refused", here, {
    ...invited,
    act: readOffer,
    lie: (w) => offers(w, w.alice.person, { server: "elsewhere" }),
    refusal: "another-server",
  });

  refuses("A5 an offer for somebody else is refused", here, {
    ...invited,
    act: readOffer,
    lie: (w) => offers(w, w.alice.person, { email: "bob@example.com" }),
    refusal: "not-for-you",
  });

  refuses("A18 an offer that has run out is refused, however long the server keeps it", here, {
    ...invited,
    act: readOffer,
    lie: (w) => offers(w, w.alice.person, { until: Date.now() - 1 }),
    refusal: "too-late",
  });

  refuses("A17 a log that the inviter has not seen is refused", here, {
    ...invited,
    act: readOffer,
    lie: async (w) => {
      const { n } = await coreOf(w);
      await offers(w, w.alice.person, { h: bytesToBase64url(new Uint8Array(32)), n });
    },
    refusal: "fork",
  });
});

/** Puts another offer in the place of the one that was made with the code. */
async function offers(w: World, by: Person, patch: object): Promise<void> {
  const { n, head } = await coreOf(w);
  const keys = await invitationKeys(secret);
  const { id, sig, enc } = by;
  const sealed = await sealOffer(by.signing, keys, {
    server: w.serverId,
    origin: w.evil.origin,
    g: w.g,
    n,
    h: head,
    by: { id, sig, enc },
    from: w.alice.user.email,
    role: "viewer",
    name: "Another",
    email: w.eve.user.email,
    until: Date.now() + 60_000,
    ...patch,
  });
  w.evil.on("invitation.read", () => sealed);
}
