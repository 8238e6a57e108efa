import { vi } from "vitest";
import { fakeWorkers } from "../hostile/packaged-worker.ts";

/** Stretching passphrases is slow by design: here it is done as little as it goes. To be imported first. */
vi.mock("../../extension/platform/packaged-worker.ts", () => fakeWorkers());
// A constant of the client's, which no server has a say in (A10 of tests/hostile).
vi.mock("../../extension/servers/key-stretching.ts", () => ({
  KEY_STRETCHING: { "argon2id-custom": { iterations: 1, memory: 8, parallelism: 1 } },
}));
vi.mock("hash-wasm", async (original) => {
  const real = await original<typeof import("hash-wasm")>();
  const argon2id: typeof real.argon2id = (options) =>
    real.argon2id({ ...options, iterations: 1, memorySize: 8, parallelism: 1 });
  return { ...real, argon2id };
});
