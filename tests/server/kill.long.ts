import { expect, it } from "vitest";
import { killUnderLoad } from "./kill-under-load.ts";

it("killed 200 times while several people write, a server has lost nothing that it acknowledged", async () => {
  const { kills, acknowledged, lost, unanswered, check } = await killUnderLoad({ kills: 200 });
  console.info(
    `${kills} kills: ${acknowledged} links acknowledged, ${lost} of them lost, ${unanswered} kept that were not answered for`,
  );
  expect(lost).toBe(0);
  expect(acknowledged).toBeGreaterThan(200);
  // Some kills came between the commit and the answer, or they came too late to show anything.
  expect(unanswered).toBeGreaterThan(0);
  expect(check).toMatchObject({ ok: true, value: { groups: 4 } });
});
