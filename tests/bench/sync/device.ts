import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Link } from "../../../shared/group/link.ts";
import type { BenchGroup } from "./group.ts";
import type { BenchUser, World } from "./world.ts";

export type DeviceFacts = {
  readonly server: { readonly id: string; readonly origin: string; readonly staticKey: string };
  readonly user: Pick<BenchUser, "id" | "token" | "seeds">;
  readonly groups: Readonly<Record<string, { readonly n: number; readonly head: string }>>;
};

export type DeviceRequest =
  /** A call by somebody who is signed in, and nothing else. */
  | { readonly kind: "empty" }
  | { readonly kind: "sync" }
  | { readonly kind: "rotate"; readonly g: string }
  | { readonly kind: "verify"; readonly g: string; readonly links: readonly Link[]; readonly head: string }
  /** How many entries it has. */
  | { readonly kind: "count" };

export type DeviceReply =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly error: string };

export type BenchDevice = {
  /** Does it, and returns how many milliseconds it took. */
  ask(request: DeviceRequest): Promise<number>;
  close(): Promise<unknown>;
};

/** A device of somebody's who is in groups, as their other devices have told it. It has fetched nothing yet. */
export async function newDevice(
  world: World,
  user: BenchUser,
  groups: readonly BenchGroup[],
): Promise<BenchDevice> {
  const hello = await fetch(`${world.server.origin}/trpc/hello`);
  const { result } = (await hello.json()) as { result: { data: { serverId: string; staticKey: string } } };
  const pins = groups.map(({ g, log: { known } }) => [
    g,
    { n: known.core?.n ?? 0, head: known.core?.head ?? "" },
  ]);
  const facts: DeviceFacts = {
    server: { id: result.data.serverId, origin: world.server.origin, staticKey: result.data.staticKey },
    user: { id: user.id, token: user.token, seeds: user.seeds },
    groups: Object.fromEntries(pins),
  };
  const worker = new Worker(new URL("./device-thread.ts", import.meta.url), { workerData: facts });
  const hear = async () => {
    const [reply]: DeviceReply[] = await once(worker, "message");
    if (!reply?.ok) throw Error(reply?.error ?? "the device is gone");
    return reply.value;
  };
  await hear();
  return {
    async ask(request) {
      const reply = hear();
      worker.postMessage(request);
      return reply;
    },
    close: () => worker.terminate(),
  };
}
