import { describe } from "vitest";
import { bytesToBase64url } from "../../shared/bytes.ts";
import type { KeyPair } from "../../shared/crypto/private-key.ts";
import { sign } from "../../shared/crypto/signature.ts";
import { rekeyContext } from "../../shared/group/proofs.ts";
import { newPerson, type Person, random } from "../shared/group/people.ts";
import { append, coreOf, linkBy, linksOf, showNext } from "./forge.ts";
import { refuses } from "./lie.ts";
import { inStep, type World } from "./world.ts";

/** The Ed25519 point of order one: whoever verifies with it believes a signature that nobody has made. */
const NOBODYS = bytesToBase64url(Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 1 : 0)));

/** Somebody's new keys. */
export function liesAboutNewKeys(here: () => World): void {
  describe("new keys of somebody are theirs: the old ones say so, and the new ones", () => {
    refuses("A1 new keys that the old ones have not signed are refused", here, {
      truth: aliceHasNewKeys,
      lie: async (w) => {
        const next = await newPerson();
        // In Alice's name, by the keys that are to take the place of hers.
        const { person } = w.alice;
        // All else is as it has to be: they agree to come in the place of hers.
        await showNext(w, await rekeyBy(w, { ...next, id: person.id }, next, { of: person }));
      },
      refusal: "log",
    });

    refuses("A1 new keys that have not signed for themselves are refused", here, {
      truth: aliceHasNewKeys,
      lie: async (w) => {
        const next = await newPerson();
        await showNext(w, await rekeyBy(w, w.alice.person, next, { by: (await newPerson()).signing }));
      },
      refusal: "log",
    });

    refuses("A1 keys of another member, who has not signed for it, are refused", here, {
      truth: aliceHasNewKeys,
      lie: async (w) =>
        showNext(w, await rekeyBy(w, w.alice.person, w.eve.person, { by: w.alice.person.signing })),
      refusal: "log",
    });

    refuses("A1 another key to seal to than the new ones have signed for is refused", here, {
      truth: aliceHasNewKeys,
      lie: async (w) => {
        const agreed = (await newPerson()).enc;
        await showNext(w, await rekeyBy(w, w.alice.person, await newPerson(), { agreed }));
      },
      refusal: "log",
    });

    refuses("A27 what new keys have signed for one person is no word of another", here, {
      truth: aliceHasNewKeys,
      lie: async (w) => {
        const next = await newPerson();
        await showNext(w, await rekeyBy(w, w.alice.person, next, { of: w.eve.person }));
      },
      refusal: "log",
    });

    refuses("A25 new keys that are everybody's are refused", here, {
      truth: aliceHasNewKeys,
      lie: async (w) => {
        const next = { ...(await newPerson()), sig: NOBODYS };
        await showNext(w, await rekeyBy(w, w.alice.person, next));
      },
      refusal: "log",
    });

    refuses("A18 new keys that were taken once are not taken again", here, {
      before: async (w) => {
        await aliceHasNewKeys(w);
        await inStep(w.bob.device);
      },
      truth: async (w) =>
        append(w.bob, await linkBy(w, w.bob.person, "leave", {})).then(() => w.evil.reset()),
      lie: async (w) => {
        const last = (await linksOf(w)).at(-1);
        if (last) await showNext(w, last);
      },
      act: async (w, victim) => {
        const synced = await victim.device.sync();
        if (!synced.ok) return synced.error;
        const trouble = synced.value.troubles.get(w.g) ?? "ok";
        // Who has just left is not in it: that the log was taken in is what counts.
        return trouble === "no-access" ? "ok" : trouble;
      },
      refusal: "log",
    });

    refuses("A29 keys that were replaced sign nothing any more", here, {
      before: async (w) => {
        await aliceHasNewKeys(w);
        await inStep(w.bob.device);
      },
      truth: async (w) => append(w.eve, await linkBy(w, w.eve.person, "leave", {})),
      lie: async (w) =>
        showNext(w, await linkBy(w, w.alice.person, "role", { target: w.eve.person.id, role: "admin" })),
      refusal: "log",
    });
  });
}

type How = {
  /** Whose signature stands for that of the new keys. */
  readonly by?: KeyPair;
  /** The key that they have signed for. */
  readonly agreed?: string;
  /** In whose place they have signed to come. */
  readonly of?: Person;
};

/** New keys in somebody's place, as they say. */
async function rekeyBy(w: World, who: Person, next: Person, how: How = {}) {
  const { id, sig: oldSig } = how.of ?? who;
  const { g } = await coreOf(w);
  const context = rekeyContext(g, { id, oldSig, enc: how.agreed ?? next.enc });
  const pop = bytesToBase64url(await sign(how.by ?? next.signing, context));
  return linkBy(w, who, "rekey", { sig: next.sig, enc: next.enc, pop });
}

async function aliceHasNewKeys(w: World): Promise<void> {
  const link = await rekeyBy(w, w.alice.person, await newPerson());
  await append(w.alice, link, [{ user: w.alice.person.id, sealed: bytesToBase64url(random(80)) }]);
}
