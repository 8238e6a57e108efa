import { vi } from "vitest";

type Listener = (event: { data: unknown }) => void;

/**
 * Runs the worker of OPAQUE where there are no workers: its own code, which talks to what it takes for the page that has
 * started it. One at a time, as it is used.
 *
 * @returns what stands in for extension/platform/packaged-worker.ts
 */
export function fakeWorkers() {
  const inWorker: Listener[] = [];
  const inPage = new Set<Listener>();
  let loaded: Promise<unknown> | null = null;
  vi.stubGlobal("addEventListener", (_: string, listener: Listener) => inWorker.push(listener));
  vi.stubGlobal("postMessage", (data: unknown) => {
    for (const listener of [...inPage]) listener({ data });
  });
  return {
    startPackagedWorker: () => ({
      addEventListener(name: string, listener: Listener, options?: { signal?: AbortSignal }) {
        if (name !== "message") return;
        inPage.add(listener);
        options?.signal?.addEventListener("abort", () => inPage.delete(listener));
      },
      postMessage: async (data: unknown) => {
        loaded ??= import("../../extension/servers/opaque.worker.ts");
        await loaded;
        for (const listener of inWorker) listener({ data });
      },
      terminate: () => inPage.clear(),
    }),
    packagedUrl: (url: string) => url,
  };
}
