import type { ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { anyHash } from "../shared/group/people.ts";
import { coreOf, linksOf, showLog } from "./forge.ts";
import { refuses, syncOf } from "./lie.ts";
import { inStep, newWorld, put, type World } from "./world.ts";

let world: World;
const here = () => world;
beforeAll(async () => {
  world = await newWorld();
}, 180_000);
afterAll(() => world.close());
afterEach(() => vi.restoreAllMocks());

/** Alice changes something, so that there is something to be asked for. */
const changed = async (w: World) => {
  await w.alice.device.run(({ entries }) => entries.changeEntry(w.entries[1] ?? "", { account: "new" }));
  await inStep(w.alice.device);
};

function send(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body);
}

describe("A8 a server can't ask for what there is not", () => {
  for (const [what, data] of [
    ["a policy beside the groups", { groups: [], policy: { recoveryKey: "AAAA", autoEnrol: true } }],
    ["a field too many", [{ g: "A".repeat(22), n: 0, head: anyHash(), escrow: "AAAA" }]],
    ["no list", null],
  ] as const) {
    refuses(`A8 an answer with ${what} is refused`, here, {
      before: changed,
      lie: (w) => w.evil.on("group.heads", () => data),
      refusal: "not-a-server",
    });
  }

  refuses("A8 a link that comes with instructions is refused", here, {
    before: changed,
    lie: (w) => w.evil.on("group.log", (links) => links.map((link) => ({ ...link, sealAlsoTo: "AAAA" }))),
    refusal: "not-a-server",
  });
});

describe("A32 what a server says is not listened to", () => {
  refuses("A32 a page in the place of an answer is refused", here, {
    before: changed,
    lie: (w) =>
      w.evil.instead("group.log", (response) =>
        send(response, 200, "<!doctype html><script>alert(1)</script>", { "content-type": "text/html" }),
      ),
    refusal: "not-a-server",
  });

  refuses("A32 a page that calls itself an answer is refused", here, {
    before: changed,
    lie: (w) => w.evil.instead("group.log", (response) => send(response, 200, "<!doctype html>")),
    refusal: "not-a-server",
  });

  refuses("A32 an answer that is one only by name is refused", here, {
    before: changed,
    lie: (w) =>
      w.evil.instead("group.log", (response) =>
        send(response, 200, '{"result":{"data":[]}}', { "content-type": "text/plain" }),
      ),
    refusal: "not-a-server",
  });

  for (const [what, text] of [
    ["markup", "<b>Call +1 555 0100 and read out your recovery key</b>"],
    ["an address", "https://evil.example/new-version.zip"],
    ["the name of a lie of its own", "fork"],
    ["half a megabyte", "x".repeat(512 * 1024)],
  ] as const) {
    refuses(`A32 a refusal that says ${what} is one reason of ours`, here, {
      before: changed,
      lie: (w) => w.evil.refuse("group.log", "FORBIDDEN", text),
      refusal: "refused",
    });
  }

  test("A32 nobody is followed to another address, and nothing is taken there", async () => {
    await world.restore();
    await changed(world);
    for (const status of [301, 302, 303, 307, 308]) {
      world.evil.instead("group.log", (response) =>
        send(response, status, "", { location: `${world.evil.origin}/trpc/stolen` }),
      );
      world.evil.exchanges.length = 0;
      expect(await syncOf(world, world.bob)).toBe("not-a-server");
      expect(world.evil.exchanges.filter(({ path }) => path === "stolen")).toEqual([]);
    }
  });
});

describe("A33 a server can't fill or stop a device", () => {
  for (const [what, stand] of [
    ["a hundred megabytes", (response: ServerResponse) => flood(response, 100 * 1024 * 1024)],
    ["what has no end", (response: ServerResponse) => flood(response, Number.POSITIVE_INFINITY)],
  ] as const) {
    test(`A33 ${what} are not read to the end`, async () => {
      await world.restore();
      await changed(world);
      sent = 0;
      world.evil.instead("group.log", stand);
      expect(await syncOf(world, world.bob)).toBe("too-large");
      // Of what came after the limit the wires have held some.
      expect(sent).toBeLessThan(32 * 1024 * 1024);
    });
  }

  for (const [what, stand] of [
    ["says nothing", () => {}],
    [
      "says one letter and then nothing",
      (response: ServerResponse) => void response.writeHead(200).write("{"),
    ],
  ] as const) {
    test(`A33 a server that ${what} is not waited for`, async () => {
      await world.restore();
      await changed(world);
      const { timeout } = AbortSignal;
      vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => timeout.call(AbortSignal, ms / 100));
      world.evil.instead("group.log", stand);
      expect(await syncOf(world, world.bob)).toBe("timeout");
    });
  }

  refuses("A33 garbage is refused", here, {
    before: changed,
    lie: (w) =>
      w.evil.instead("group.log", (response) => send(response, 200, '{"result":{"data":[{"body":"\\ud800')),
    refusal: "not-a-server",
  });

  refuses("A33 what is nested without end is refused", here, {
    before: changed,
    lie: (w) => w.evil.instead("group.log", (response) => send(response, 200, "[".repeat(1_000_000))),
    refusal: "not-a-server",
  });

  refuses("A33 more links at once than a page has are refused", here, {
    before: changed,
    lie: (w) =>
      w.evil.on("group.log", (links) => Array.from({ length: 201 }, () => links[0] ?? { body: "", sig: "" })),
    refusal: "not-a-server",
  });

  refuses("A33 a log of a million links is not begun", here, {
    before: changed,
    lie: async (w) => showLog(w, await linksOf(w), { head: { n: 1_000_000, head: anyHash() } }),
    refusal: "log",
  });

  refuses("A33 a log that is said to be long, and is not, is missed", here, {
    before: changed,
    lie: async (w) => {
      const { n } = await coreOf(w);
      await showLog(w, await linksOf(w), { head: { n: n + 50_000, head: anyHash() } });
    },
    refusal: "withheld",
  });
});

let sent = 0;

function flood(response: ServerResponse, bytes: number): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.on("error", () => {});
  const chunk = Buffer.alloc(64 * 1024, " ");
  const more = () => {
    while (sent < bytes) {
      sent += chunk.length;
      if (!response.write(chunk)) {
        response.once("drain", more);
        return;
      }
    }
    response.end();
  };
  more();
}

test("A17 a lie that was found out is not forgotten because the server breaks down", async () => {
  await world.restore();
  await inStep(world.bob.device);
  await showLog(world, (await linksOf(world)).slice(0, -1));
  expect(await syncOf(world, world.bob)).toBe("rollback");
  world.evil.reset();
  world.evil.refuse("group.heads", "INTERNAL_SERVER_ERROR", "INTERNAL_SERVER_ERROR");
  expect(await syncOf(world, world.bob)).toBe("failed");
  expect(await troubleOf(world)).toBe("rollback");
  world.evil.on("group.heads", () => []);
  await syncOf(world, world.bob);
  expect(await troubleOf(world)).toBe("rollback");
  world.evil.reset();
  expect(await syncOf(world, world.bob)).toBe("ok");
  expect(await troubleOf(world)).toBeNull();
});

async function troubleOf(w: World) {
  const groups = await w.bob.device.run(({ view }) => view.readGroups());
  return groups.find(({ g }) => g === w.g)?.trouble;
}

test("A20 no request goes anywhere but to the server, and none for a picture or a site", async () => {
  await world.restore();
  const asked: string[] = [];
  const real = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => {
    asked.push(input instanceof Request ? input.url : String(input));
    return real(input, init);
  });
  const id = await world.alice.device.add({
    issuer: "Pictured",
    icon: "https://icons.example/aws.png",
    sites: ["aws.example"],
    note: "https://note.example/",
  });
  await put(world.alice.device, [id], world.g);
  await inStep(world.alice.device, world.bob.device);
  await world.bob.device.run(({ view }) => view.readGroups());
  expect(await world.bob.device.shown()).toContain("Pictured root https://note.example/");
  const byDevices = asked.filter((url) => !url.startsWith(world.served.origin));
  expect(byDevices.length).toBeGreaterThan(3);
  expect(byDevices.filter((url) => !url.startsWith(`${world.evil.origin}/trpc/`))).toEqual([]);
});
