import { describe, expect } from "vitest";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { formatRotation, hashRotation, type RotatedRecord } from "../../shared/group/rotation.ts";
import { value } from "../groups/device.ts";
import { anyHash, newPerson, random } from "../shared/group/people.ts";
import { addOf, byAlice, ghostAdded } from "./deeds.ts";
import { commonOf, coreOf, linkBy, showNext, signText } from "./forge.ts";
import { refuses } from "./lie.ts";
import type { World } from "./world.ts";

/** Keys, signatures and texts that could be taken for others. */
export function liesInSpelling(here: () => World): void {
  describe("a link has one spelling, and one writer", () => {
    refuses("A25 a member's key that anybody can sign for is refused", here, {
      truth: ghostAdded,
      lie: async (w) => {
        // The neutral point, and a signature that WebCrypto takes for its signature of anything.
        const neutral = [1, ...new Uint8Array(31)];
        const sig = bytesToBase64url(new Uint8Array(neutral));
        const pop = bytesToBase64url(new Uint8Array([...neutral, ...new Uint8Array(32)]));
        const { id, enc } = await newPerson();
        const member = { id, sig, enc, role: "viewer" } as const;
        const invitation = bytesToBase64url(random(16));
        await showNext(w, await linkBy(w, w.alice.person, "add", { member, invitation, pop }));
      },
      refusal: "log",
    });

    refuses(
      "A25 a member's key that nothing can be sealed to is refused: no key could ever be made anew",
      here,
      {
        truth: ghostAdded,
        lie: async (w) => {
          const ghost = await newPerson();
          await showNext(w, await addOf(w, w.alice.person, ghost, bytesToBase64url(new Uint8Array(32))));
        },
        refusal: "log",
      },
    );

    for (const [what, spell] of [
      ["two fields of one name", (json: string) => json.replace('{"t":', '{"t":"leave","t":')],
      ["a field too many", (json: string) => json.replace(/}$/, ',"admin":true}')],
      ["blanks", (json: string) => json.replace('{"t":', '{ "t":')],
      ["fields in another order", (json: string) => json.replace(/{"t":"close",(.*)}/, '{$1,"t":"close"}')],
      ["a number in other digits", (json: string) => json.replace('"at":1', '"at":1e0')],
    ] as const) {
      refuses(`A26 a link with ${what} is refused`, here, {
        truth: byAlice,
        lie: async (w) => {
          const json = JSON.stringify({ t: "close", ...commonOf(await coreOf(w), w.alice.person) });
          const spelt = spell(json);
          expect(spelt).not.toBe(json);
          await showNext(w, await signText(w.alice.person, spelt));
        },
        refusal: "log",
      });
    }

    refuses("A27 a signature that was made for something else is refused", here, {
      truth: byAlice,
      lie: async (w) => {
        const json = JSON.stringify({ t: "close", ...commonOf(await coreOf(w), w.alice.person) });
        await showNext(w, await signText(w.alice.person, json, "lease-sig"));
      },
      refusal: "log",
    });

    refuses("A30 a new key that leaves an account behind is refused", here, {
      truth: async (w) => value(await w.alice.device.run(({ rotate }) => rotate.rotateKey(w.g))),
      lie: async (w) => {
        const heads = await w.db
          .selectFrom("record_head")
          .select(["id", "ver"])
          .where("g", "=", w.g)
          .where("h", "is not", null)
          .execute();
        const [, ...most] = heads.map(({ id, ver }): RotatedRecord => [id, ver + 1, anyHash()]);
        const list = formatRotation(most);
        const records = await hashRotation(w.g, 2, list);
        const link = await linkBy(w, w.alice.person, "rotate", { epoch: 2, commit: anyHash(), records });
        await showNext(w, link, { list });
      },
      refusal: "log",
    });
  });
}
