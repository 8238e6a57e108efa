import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { openStream } from "../../server/event-stream.ts";
import { putGroup } from "./group.ts";
import type { World } from "./world.ts";

const SUBSCRIBERS = 100;

/** What a server takes of memory when nobody asks it anything, and with so many who watch, beside a Node that does nothing. */
export async function measureMemory(world: World) {
  const node = spawn(process.execPath, ["-e", "process.stdout.write('up'); setInterval(() => {}, 1e6)"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(node.stdout, "data");
  const empty = residentBytes(node.pid);
  node.kill();
  const idle = residentBytes(world.server.child.pid);
  const people = [];
  for (let one = 0; one < SUBSCRIBERS; one++) people.push(await world.newUser());
  const [owner, ...others] = people;
  if (owner === undefined) throw Error("nobody watches");
  await putGroup(world, owner, { records: 1, people: others });
  const streams = [];
  for (const { token } of people) {
    const headers = { authorization: `Bearer ${token}` };
    const stream = await openStream(`${world.server.origin}/trpc/group.watch`, headers);
    // "connected", then the head of the one group.
    for (const _ of [1, 2]) await stream.next();
    streams.push(stream);
  }
  const watched = residentBytes(world.server.child.pid);
  for (const stream of streams) stream.cut();
  return { subscribers: SUBSCRIBERS, empty, idle, watched };
}

function residentBytes(pid: number | undefined): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)])) * 1024;
}
