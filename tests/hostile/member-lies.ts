import { describe } from "vitest";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { hashRecord } from "../../shared/group/record.ts";
import { value } from "../groups/device.ts";
import { anyHash, newPerson } from "../shared/group/people.ts";
import { addOf, byAlice, ghostAdded } from "./deeds.ts";
import { append, forgeRecord, linkBy, recordHead, showNext } from "./forge.ts";
import { refuses } from "./lie.ts";
import { inStep, type World } from "./world.ts";

/** Who is in a group, and what they may do. */
export function liesAboutMembers(here: () => World): void {
  describe("who is in a group is for its people to say", () => {
    refuses("A1 a key that was exchanged on its way into the log is refused", here, {
      truth: ghostAdded,
      lie: async (w) => {
        const link = await addOf(w, w.alice.person, await newPerson());
        const mine = (await newPerson()).enc;
        const text = Buffer.from(link.body, "base64url").toString();
        const body = Buffer.from(text.replace(/"enc":"[^"]+"/, `"enc":"${mine}"`)).toString("base64url");
        await showNext(w, { ...link, body });
      },
      refusal: "log",
    });

    refuses("A2 a member whom nobody has added is refused", here, {
      truth: ghostAdded,
      lie: async (w) => {
        const ghost = await newPerson();
        // In Alice's name, with a key of the server's own.
        await showNext(w, await addOf(w, { ...ghost, id: w.alice.person.id }, ghost));
      },
      refusal: "log",
    });

    refuses("A2 a member who has not agreed is refused, even if an owner adds them", here, {
      truth: ghostAdded,
      lie: async (w) => {
        const ghost = await newPerson();
        const other = (await newPerson()).enc;
        await showNext(w, await addOf(w, w.alice.person, ghost, ghost.enc, other));
      },
      refusal: "log",
    });

    refuses("A3 a viewer who makes herself an editor is refused", here, {
      truth: byAlice,
      lie: async (w) =>
        showNext(w, await linkBy(w, w.eve.person, "role", { target: w.eve.person.id, role: "editor" })),
      refusal: "log",
    });

    refuses("A3 an admin who makes himself an owner is refused", here, {
      before: async (w) => {
        const { person } = w.eve;
        await append(w.alice, await linkBy(w, w.alice.person, "role", { target: person.id, role: "admin" }));
      },
      truth: async (w) =>
        append(w.eve, await linkBy(w, w.eve.person, "role", { target: w.bob.person.id, role: "viewer" })),
      lie: async (w) =>
        showNext(w, await linkBy(w, w.eve.person, "role", { target: w.eve.person.id, role: "owner" })),
      refusal: "log",
    });

    refuses("A4 what a viewer writes is refused, although she has the key to write it", here, {
      truth: async (w) => {
        await byAlice(w);
        await writeBy(w, w.eve, (link) => append(w.eve, link));
      },
      lie: (w) => writeBy(w, w.eve, (link, ciphertext) => showNext(w, link, { ciphertexts: [ciphertext] })),
      refusal: "log",
    });

    refuses("A28 a group that nobody would own is refused", here, {
      truth: byAlice,
      lie: async (w) => showNext(w, await linkBy(w, w.alice.person, "leave", {})),
      refusal: "log",
    });

    refuses("A28 an only owner who steps down is refused", here, {
      truth: byAlice,
      lie: async (w) =>
        showNext(w, await linkBy(w, w.alice.person, "role", { target: w.alice.person.id, role: "admin" })),
      refusal: "log",
    });

    refuses("A29 what somebody writes who was taken out is refused", here, {
      before: async (w) => {
        await byAlice(w);
        value(await w.alice.device.run(({ members }) => members.removeMember(w.g, w.eve.person.id)));
        await inStep(w.bob.device);
        await w.bob.device.run(({ entries }) => entries.changeEntry(w.entries[0] ?? "", { note: "again" }));
      },
      lie: async (w) => {
        const id = w.entries[1] ?? "";
        const before = await recordHead(w, id);
        const heads = [{ id, ver: before.ver + 1, h: anyHash() }];
        await showNext(w, await linkBy(w, w.eve.person, "records", { epoch: 2, heads }));
      },
      refusal: "log",
    });
  });
}

/** Somebody changes the second entry, with the group's key. */
async function writeBy(
  w: World,
  who: World["eve"],
  bring: (
    link: Awaited<ReturnType<typeof linkBy>>,
    ciphertext: Awaited<ReturnType<typeof forgeRecord>>,
  ) => unknown,
) {
  const id = w.entries[1] ?? "";
  const { ver, epoch } = await recordHead(w, id);
  const { entry } = await entryOf(w, id);
  const place = { id, ver: ver + 1, epoch, by: who.person.id };
  const ciphertext = await forgeRecord(w, place, { kind: "entry", entry: { ...entry, account: "hers" } });
  const heads = [{ id, ver: ver + 1, h: await hashRecord(ciphertext) }];
  const link = await linkBy(w, who.person, "records", { epoch, heads });
  if ((await roleOf(w, who.person.id)) === "editor")
    await who.api.group.stageRecords.mutate({ g: w.g, ciphertexts: [bytesToBase64url(ciphertext)] });
  await bring(link, ciphertext);
}

async function entryOf(w: World, id: string) {
  return { entry: value(await w.bob.device.run(({ entries }) => entries.readEntry(id))) };
}

async function roleOf(w: World, id: string) {
  const row = await w.db
    .selectFrom("group_member")
    .select("role")
    .where("g", "=", w.g)
    .where("user_id", "=", id)
    .executeTakeFirstOrThrow();
  return row.role;
}
