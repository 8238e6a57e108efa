import { readPolicy } from "./policy.ts";

/**
 * Thrown by whatever the organisation forbids, at the place that would do it. The interface doesn't offer it, so nobody
 * meets this unless the policy came in the same moment.
 */
export class ForbiddenByPolicyError extends Error {
  override readonly name = "ForbiddenByPolicyError";
  constructor() {
    super("the organisation forbids it");
  }
}

/** Throws ForbiddenByPolicyError where the organisation forbids it. */
export async function requireAllowed(
  setting: "exportForbidden" | "backupForbidden" | "passphraseRequired",
): Promise<void> {
  if ((await readPolicy())[setting]) throw new ForbiddenByPolicyError();
}
