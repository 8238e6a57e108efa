import { vi } from "vitest";
import { fakeWorkers } from "./packaged-worker.ts";

/**
 * Signing in by the extension's own code, as fast as it goes: whoever imports this is in Node, where there are no workers,
 * and asks for the same passphrase again and again.
 */
vi.mock("../../extension/platform/packaged-worker.ts", () => fakeWorkers());
// What is tested is what the client does with what a server says of it: nothing (A10).
vi.mock("../../extension/servers/key-stretching.ts", () => ({
  KEY_STRETCHING: { "argon2id-custom": { iterations: 1, memory: 8, parallelism: 1 } },
}));
vi.mock("hash-wasm", async (original) => {
  const real = await original<typeof import("hash-wasm")>();
  const known = new Map<string, ReturnType<typeof real.argon2id>>();
  const argon2id: typeof real.argon2id = (options) => {
    const name = JSON.stringify(options);
    const before = known.get(name) ?? real.argon2id(options);
    known.set(name, before);
    return before;
  };
  return { ...real, argon2id };
});
