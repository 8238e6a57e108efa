type WorkerPolicy = { createScriptURL(url: string): string };
type PolicyFactory = {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): WorkerPolicy;
};

/** The one Trusted Types policy that the extension's content security policy names; a second of it cannot be made. */
let policy: WorkerPolicy | null = null;

/**
 * Starts a worker that was packaged with the extension, from its address as `?worker&url` gives it.
 *
 * The pages demand Trusted Types for script, so `new Worker` takes no plain text: the policy passes only addresses of
 * the page's own origin, where nothing but what was packaged with the extension lies.
 */
export function startPackagedWorker(workerUrl: string, name: string): Worker {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  if (policy === null && factory !== undefined) {
    policy = factory.createPolicy("countersign-worker", { createScriptURL: packagedUrl });
  }
  const url = policy === null ? packagedUrl(workerUrl) : policy.createScriptURL(workerUrl);
  return new Worker(url, { type: "module", name });
}

/** @throws if the address is not of the page's own origin: a bug, or an attempt to run what was not packaged. */
export function packagedUrl(url: string): string {
  const absolute = new URL(url, location.href);
  if (absolute.origin !== location.origin || absolute.protocol !== location.protocol) {
    throw new Error("worker address outside the extension");
  }
  return absolute.href;
}
