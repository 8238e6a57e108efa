import { apiOf } from "../../../extension/servers/api.ts";
import { spreadOf } from "../statistics.ts";
import { newDevice } from "./device.ts";
import { goOn, putGroup, stagedChange } from "./group.ts";
import type { World } from "./world.ts";

const ROUNDS = 30;
const SIZES = [100, 10_000] as const;

/**
 * Bringing a device in step when one record in one of two groups has changed, beside what it can't do without: an empty call,
 * and a bare transaction of as many rows in its database. And the call that pulls that record, by itself.
 */
export async function measurePull(world: World) {
  const sizes = [];
  for (const records of SIZES) {
    const user = await world.newUser();
    const groups = [];
    for (let one = 0; one < 2; one++)
      groups.push(await putGroup(world, user, { records: records / 2, perLink: 200 }));
    const device = await newDevice(world, user, groups);
    const first = await device.ask({ kind: "sync" });
    const [group] = groups;
    if (group === undefined) throw Error("no group");
    const api = apiOf(world.server.origin, user.token);
    sizes.push({
      records,
      first,
      device,
      group,
      api,
      times: { empty: [], news: [], none: [], write: [], one: [] } as Times,
    });
  }
  for (let round = -5; round < ROUNDS; round++) {
    for (const { device, group, api, times } of sizes) {
      const link = await stagedChange(api, group, "change");
      await api.group.append.mutate({ link, seals: [] });
      await goOn(group, link);
      const news = await device.ask({ kind: "news" });
      const one = await device.ask({ kind: "sync" });
      const none = await device.ask({ kind: "sync" });
      const empty = await device.ask({ kind: "empty" });
      const write = await device.ask({ kind: "bare-write" });
      if (round < 0) continue;
      times.news.push(news);
      times.one.push(one);
      times.none.push(none);
      times.empty.push(empty);
      times.write.push(write);
    }
  }
  for (const { device } of sizes) await device.close();
  return sizes.map(({ records, first, times }) => ({
    records,
    first,
    empty: spreadOf(times.empty),
    none: spreadOf(times.none),
    write: spreadOf(times.write),
    news: spreadOf(times.news),
    one: spreadOf(times.one),
  }));
}

type Times = Readonly<Record<"empty" | "news" | "none" | "write" | "one", number[]>>;
