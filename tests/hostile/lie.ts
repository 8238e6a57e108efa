import { expect, test } from "vitest";
import { isCheat } from "../../extension/groups/trouble.ts";
import type { Exchange } from "./evil.ts";
import { type Somebody, type World, withoutTrouble } from "./world.ts";

/** One way in which a server, or somebody with its help, tries to cheat. */
export type Lie = {
  /** What is done before, whether or not somebody lies then. */
  readonly before?: (world: World) => Promise<unknown>;
  /** What happens in truth, where anything does. */
  readonly truth?: (world: World) => Promise<unknown>;
  /** The lie in its place. */
  readonly lie: (world: World) => Promise<unknown> | unknown;
  /** Who is lied to; Bob, who has a change to send. */
  readonly victim?: (world: World) => Somebody;
  /** What they do. @returns "ok", or the reason that they are told */
  readonly act?: (world: World, victim: Somebody) => Promise<string>;
  /** The reason that a lie is refused with. */
  readonly refusal: string;
  /** Looks at what the truth came to. */
  readonly after?: (world: World) => Promise<unknown>;
  /** Whether everything is in step again as soon as nobody lies. */
  readonly heals?: false;
};

/** What carries anything that secrets were made into. */
const CARRIES = /^(group\.(append|stage\w+)|invitation\.(offer|accept)|user\.\w+)$/;

/**
 * A lie in two: first the same steps without it have to succeed, or the refusal would prove nothing. Then the lie has to
 * be refused by name, with everything that the device has stored as it was, and nothing that was made of a secret sent
 * after it; and once nobody lies any more, nothing is lost.
 */
export function refuses(title: string, worldOf: () => World, lie: Lie): void {
  test(title, async () => {
    const world = worldOf();
    const victim = lie.victim?.(world) ?? world.bob;
    const act = lie.act ?? syncOf;
    await world.restore();
    await lie.before?.(world);
    await lie.truth?.(world);
    expect(await act(world, victim), "without the lie").toBe("ok");
    await lie.after?.(world);

    await world.restore();
    await lie.before?.(world);
    await lie.lie(world);
    const stored = await withoutTrouble(victim, world.g);
    world.evil.exchanges.length = 0;
    expect(await act(world, victim), "with the lie").toBe(lie.refusal);
    expect(await withoutTrouble(victim, world.g)).toEqual(stored);
    expect(sentAfterLie(world.evil.exchanges)).toEqual([]);
    expect(hasWordsFor(lie.refusal)).toBe(true);

    if (lie.heals === false) return;
    world.evil.reset();
    expect(await syncOf(world, victim), "when nobody lies any more").toBe("ok");
  });
}

/** Brings somebody's device in step. @returns "ok", or what is wrong with the group, or with all of the server */
export async function syncOf(world: World, { device }: Somebody): Promise<string> {
  const synced = await device.sync();
  if (!synced.ok) return synced.error;
  return synced.value.troubles.get(world.g) ?? "ok";
}

function sentAfterLie(exchanges: readonly Exchange[]): string[] {
  const first = exchanges.findIndex(({ isLie }) => isLie);
  const after = first < 0 ? [] : exchanges.slice(first + 1);
  return after.map(({ path }) => path).filter((path) => CARRIES.test(path));
}

/** The reasons of rooms whose words are their screens' own: each has its own list. */
const OTHER_REASONS: readonly string[] = [
  "not-accepted",
  "no-invitation",
  "not-for-you",
  "too-late",
  "member",
  "mac",
  "another-group",
  "another-address",
  "proof",
  "malformed",
  "changed",
  "not-a-server",
  "another-server",
  "withheld",
  "restored",
  "newer-version",
  "no-access",
  "no-key",
  "too-large",
  "timeout",
  "failed",
  "busy",
  "refused",
  "signed-out",
  "too-often",
];

/** The one place that asks whether the interface can say it: a name of a reason that screens put into words. */
export function hasWordsFor(reason: string): boolean {
  return isCheat(reason as Parameters<typeof isCheat>[0]) || OTHER_REASONS.includes(reason);
}
