import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Link } from "../../../shared/group/link.ts";
import { buildExtensions } from "../browser/build-extensions.ts";
import { bundleScript } from "../browser/bundle-script.ts";
import { evaluate, evaluateScript } from "../browser/evaluate.ts";
import { waitUntil } from "../browser/patience.ts";
import { startBrowser } from "../browser/start-browser.ts";
import type { InPage } from "./device-in-page.ts";
import type { Recipient } from "./floors.ts";
import type { BenchGroup } from "./group.ts";
import type { BenchUser, World } from "./world.ts";

export type DeviceFacts = {
  readonly server: { readonly id: string; readonly origin: string; readonly staticKey: string };
  readonly user: Pick<BenchUser, "id" | "sig" | "token" | "seeds">;
  readonly groups: Readonly<Record<string, { readonly n: number; readonly head: string }>>;
};

export type DeviceRequest =
  /** A call by somebody who is signed in, and nothing else. */
  | { readonly kind: "empty" }
  /** The call for what is new alone, with what the device has so far: nothing of it is kept. */
  | { readonly kind: "news" }
  | { readonly kind: "sync" }
  /** Not how long it took, but how many times it was said how far it is. */
  | { readonly kind: "progress"; readonly g: string }
  | { readonly kind: "rotate"; readonly g: string }
  | { readonly kind: "verify"; readonly g: string; readonly links: readonly Link[]; readonly head: string }
  /** How many entries it has. */
  | { readonly kind: "count" }
  /** The least that each takes (floors.ts). */
  | { readonly kind: "bare-write" }
  | { readonly kind: "bare-verify"; readonly links: readonly Link[] }
  | { readonly kind: "bare-ask"; readonly g: string; readonly hashes: readonly string[] }
  | {
      readonly kind: "bare-seal";
      readonly g: string;
      readonly people: readonly Recipient[];
      readonly records: number;
    };

export type DeviceReply =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly error: string };

export type BenchDevice = {
  /** Does it, and returns how many milliseconds it took. */
  ask(request: DeviceRequest): Promise<number>;
  close(): Promise<void>;
};

/** The built extension, and the code that is evaluated in its pages. */
export type DeviceBuild = { readonly path: string; readonly script: string; remove(): Promise<void> };

/** A page with nothing in it: what the product shows of its own would be measured too. */
const EMPTY_PAGE = "bench.html";

export async function buildDevice(): Promise<DeviceBuild> {
  const { productPath: path, remove } = await buildExtensions([]);
  await writeFile(join(path, EMPTY_PAGE), "<!doctype html><title>A device</title>");
  return { path, script: await bundleScript(join(import.meta.dirname, "device-in-page.ts")), remove };
}

/**
 * A device of somebody's who is in groups, as their other devices have told it: the built extension in a real browser with a
 * profile of its own. It has fetched nothing yet.
 */
export async function newDevice(
  world: World,
  user: BenchUser,
  groups: readonly BenchGroup[],
): Promise<BenchDevice> {
  const { devtools, close } = await startBrowser();
  try {
    const browser = devtools.session();
    const { id } = await browser.send("Extensions.loadUnpacked", { path: world.device.path });
    const { targetId } = await browser.send("Target.createTarget", {
      url: `chrome-extension://${id}/${EMPTY_PAGE}`,
    });
    const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: true });
    const page = devtools.session(sessionId);
    await waitUntil("the page of the device did not load", () =>
      evaluate(page, () => document.readyState === "complete" && location.protocol === "chrome-extension:"),
    );
    await evaluateScript(page, world.device.script);
    await evaluate(page, beginInPage, JSON.stringify(await factsOf(world, user, groups)));
    return {
      async ask(request) {
        const reply: DeviceReply = await evaluate(page, askInPage, JSON.stringify(request));
        if (!reply.ok) throw Error(reply.error);
        return reply.value;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function factsOf(
  { server }: World,
  { id, sig, token, seeds }: BenchUser,
  groups: readonly BenchGroup[],
): Promise<DeviceFacts> {
  const hello = await fetch(`${server.origin}/trpc/hello`);
  const { result } = (await hello.json()) as { result: { data: { serverId: string; staticKey: string } } };
  const pins = groups.map(({ g, log: { known } }) => [
    g,
    { n: known.core?.n ?? 0, head: known.core?.head ?? "" },
  ]);
  return {
    server: { id: result.data.serverId, origin: server.origin, staticKey: result.data.staticKey },
    user: { id, sig, token, seeds },
    groups: Object.fromEntries(pins),
  };
}

function beginInPage(facts: string): Promise<void> {
  return (globalThis as unknown as InPage).benchDevice.begin(facts);
}
function askInPage(request: string): Promise<DeviceReply> {
  return (globalThis as unknown as InPage).benchDevice.ask(request);
}
