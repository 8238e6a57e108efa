import { describe, expect, it } from "vitest";
import { CLOCK_JUMP_THRESHOLD_MS, clockJump } from "../../../extension/vault/clock.ts";

const NOON = Date.parse("2026-03-01T12:00:00Z");
const HOUR = 60 * 60 * 1000;

describe("the clock", () => {
  it("that only goes on, or is corrected by less than one step, is nothing to say", async () => {
    expect(await clockJump(NOON)).toBeNull();
    expect(await clockJump(NOON + 5 * HOUR)).toBeNull();
    expect(await clockJump(NOON + 5 * HOUR - CLOCK_JUMP_THRESHOLD_MS + 1)).toBeNull();
  });

  it("that went back since the last use is said, with how far", async () => {
    await clockJump(NOON);
    expect(await clockJump(NOON - 3 * HOUR)).toEqual({ backMs: 3 * HOUR, isNew: true });
  });

  it("is said for an hour, so that a popup that closed at once did not hide it, and then no more", async () => {
    await clockJump(NOON);
    await clockJump(NOON - 3 * HOUR);
    expect(await clockJump(NOON - 3 * HOUR + 1)).toEqual({ backMs: 3 * HOUR, isNew: false });
    expect(await clockJump(NOON - 2 * HOUR - 1)).toEqual({ backMs: 3 * HOUR, isNew: false });
    expect(await clockJump(NOON - 2 * HOUR)).toBeNull();
    expect(await clockJump(NOON)).toBeNull();
  });
});
