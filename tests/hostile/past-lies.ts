import { describe, expect } from "vitest";
import { anyHash } from "../shared/group/people.ts";
import { byAlice, headOf, twinOfLast, twoByAlice } from "./deeds.ts";
import { commonOf, coreOf, hashOf, linkBy, linksOf, showLog, showNext, signText } from "./forge.ts";
import { refuses, syncOf } from "./lie.ts";
import { inStep, type World } from "./world.ts";

/** Another link in the place of the last one that was seen, and one more that follows on it. */
async function goOnFromAnotherPast(w: World): Promise<void> {
  const links = await linksOf(w);
  const twin = await twinOfLast(w);
  const next = { ...commonOf(await coreOf(w), w.alice.person), p: await hashOf(twin) };
  const closed = await signText(w.alice.person, JSON.stringify({ t: "close", ...next }));
  await showLog(w, [...links.slice(0, -1), twin, closed]);
}

/** A log has one order and one past. */
export function liesAboutThePast(here: () => World): void {
  describe("a log has one order and one past", () => {
    for (const v of [0, 2]) {
      refuses(`A11 a link of version ${v} is refused`, here, {
        truth: byAlice,
        lie: async (w) => {
          const core = await coreOf(w);
          const common = { ...commonOf(core, w.alice.person), v };
          await showNext(w, await signText(w.alice.person, JSON.stringify({ t: "close", ...common })));
        },
        refusal: "newer-version",
      });
    }

    refuses("A11 a link without a version is refused", here, {
      truth: byAlice,
      lie: async (w) => {
        const { v: _, ...common } = commonOf(await coreOf(w), w.alice.person);
        await showNext(w, await signText(w.alice.person, JSON.stringify({ t: "close", ...common })));
      },
      refusal: "log",
    });

    refuses("A16 a log that ends before what was seen is refused", here, {
      truth: byAlice,
      lie: async (w) => showLog(w, (await linksOf(w)).slice(0, -1)),
      refusal: "rollback",
    });

    refuses("A16 a server that forgets what it has taken is refused", here, {
      before: async (w) => {
        const links = await linksOf(w);
        await inStep(w.bob.device);
        await w.bob.device.run(({ entries }) => entries.changeEntry(w.entries[0] ?? "", { note: "again" }));
        return links;
      },
      lie: async (w) => showLog(w, (await linksOf(w)).slice(0, -1)),
      refusal: "rollback",
    });

    const shorter = async (w: World) => showLog(w, (await linksOf(w)).slice(0, -1));
    const claim = (w: World) => w.evil.on("hello", (hello) => ({ ...hello, generation: 1 }));

    refuses("A16 a server that only says that it was put back to a backup gets nothing past the pins", here, {
      truth: byAlice,
      lie: async (w) => {
        await shorter(w);
        claim(w);
      },
      refusal: "restored",
    });

    refuses("A16 a server that was put back to what never was is none that is believed", here, {
      truth: byAlice,
      lie: async (w) => {
        const { n } = await coreOf(w);
        await showLog(w, (await linksOf(w)).slice(0, -1), { head: { n: n - 1, head: anyHash() } });
        claim(w);
      },
      refusal: "rollback",
    });

    refuses("A16 what is sent again to a server that has another past is not sent", here, {
      truth: byAlice,
      lie: async (w) => {
        const { n } = await coreOf(w);
        await showLog(w, (await linksOf(w)).slice(0, -1), { head: { n: n - 1, head: anyHash() } });
      },
      act: async (w, { device }) => {
        const sent = await device.run(({ again }) => again.sendAgain(w.g));
        return sent.ok ? syncOf(w, w.bob) : sent.error;
      },
      refusal: "fork",
    });

    refuses(
      "A17 what is sent again is not said to be there where the server has gone on from another past",
      here,
      {
        truth: byAlice,
        lie: goOnFromAnotherPast,
        act: async (w, { device }) => {
          const sent = await device.run(({ again }) => again.sendAgain(w.g));
          return sent.ok ? "ok" : sent.error;
        },
        refusal: "fork",
      },
    );

    refuses("A17 another link in the place of the last one that was seen is refused", here, {
      truth: byAlice,
      lie: async (w) => {
        const links = await linksOf(w);
        const twin = await twinOfLast(w);
        await showLog(w, [...links.slice(0, -1), twin]);
      },
      refusal: "fork",
    });

    refuses("A17 a log that goes on from another past is refused", here, {
      truth: byAlice,
      lie: goOnFromAnotherPast,
      refusal: "fork",
    });

    refuses("A17 a head that the log does not come to is refused", here, {
      truth: byAlice,
      lie: async (w) => {
        const link = await linkBy(w, w.alice.person, "role", { target: w.eve.person.id, role: "editor" });
        const { n } = await coreOf(w);
        await showNext(w, link, { head: { n: n + 1, head: anyHash() } });
      },
      refusal: "fork",
    });

    refuses("A17 a request that was kept back and sent later makes no second past", here, {
      before: async (w) => {
        // The server says that it broke, and keeps what Bob sent.
        w.evil.refuse("group.append", "INTERNAL_SERVER_ERROR", "INTERNAL_SERVER_ERROR");
        expect(await syncOf(w, w.bob)).toBe("failed");
        const kept = w.evil.exchanges.find(({ path }) => path === "group.append");
        w.evil.reset();
        await inStep(w.bob.device);
        await w.bob.device.run(({ entries }) => entries.changeEntry(w.entries[0] ?? "", { note: "again" }));
        if (!kept) throw Error("nothing was kept back");
        // The real server refuses it, too: another link stands there.
        expect(await w.evil.replay(kept)).toBe(409);
        held = (kept.input as { link: { body: string; sig: string } }).link;
      },
      lie: async (w) => held && showLog(w, [...(await linksOf(w)).slice(0, -1), held]),
      refusal: "fork",
    });

    refuses("A18 a link that is left out is missed", here, {
      truth: twoByAlice,
      lie: async (w) => {
        await twoByAlice(w);
        const links = await linksOf(w);
        await showLog(w, [...links.slice(0, -2), ...links.slice(-1)], { head: await headOf(w) });
      },
      refusal: "log",
    });

    refuses("A18 links in another order are refused", here, {
      truth: twoByAlice,
      lie: async (w) => {
        await twoByAlice(w);
        const links = await linksOf(w);
        await showLog(w, [...links.slice(0, -2), ...links.slice(-2).reverse()], { head: await headOf(w) });
      },
      refusal: "log",
    });

    refuses("A18 a link that comes a second time is refused", here, {
      truth: byAlice,
      lie: async (w) => {
        const links = await linksOf(w);
        await showLog(w, [...links, ...links.slice(-1)]);
      },
      refusal: "log",
    });

    refuses("A18 a number that is passed over is refused", here, {
      truth: byAlice,
      lie: async (w) => {
        const { n } = await coreOf(w);
        const saying = { target: w.eve.person.id, role: "editor" } as const;
        await showNext(w, await linkBy(w, w.alice.person, "role", saying, { n: n + 2 }), {
          head: {
            n: n + 2,
            head: await hashOf(await linkBy(w, w.alice.person, "role", saying, { n: n + 2 })),
          },
        });
      },
      refusal: "log",
    });
  });
}

let held: { body: string; sig: string } | null = null;
