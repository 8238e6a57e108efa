import { expect, it } from "vitest";
import { killUnderLoad } from "./kill-under-load.ts";

it("a server that is killed at any moment has lost nothing that it acknowledged, and its logs are sound", async () => {
  const { acknowledged, lost, check } = await killUnderLoad({ kills: 8 });
  expect(acknowledged).toBeGreaterThan(8);
  expect(lost).toBe(0);
  expect(check).toMatchObject({ ok: true, value: { groups: 4 } });
}, 240_000);
