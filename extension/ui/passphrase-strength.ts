/** From 0 (guessed at once) to 4 (out of reach), as zxcvbn scores it. */
export type Strength = 0 | 1 | 2 | 3 | 4;

/** Shorter passphrases are not accepted: with eight characters even a random one is worth a few days of guessing. */
export const MIN_PASSPHRASE_LENGTH = 8;

/**
 * Estimates how hard a passphrase is to guess. The estimator and its dictionary (430 kB) are loaded at the first call,
 * so that only the screens that set a passphrase pay for them.
 */
export async function passphraseStrength(passphrase: string): Promise<Strength> {
  const { ZxcvbnFactory } = await import("@zxcvbn-ts/core");
  const { adjacencyGraphs, dictionary } = await import("@zxcvbn-ts/language-common");
  const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return estimator.check(passphrase.slice(0, 256), ["countersign"]).score;
}
