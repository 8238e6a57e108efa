export type ClockJump = {
  /** How far the clock stands behind the last time it was seen, in milliseconds. */
  readonly backMs: number;
};

/** Whether the clock went back since the last use. To be said, never to be corrected. */
export async function clockJump(_now: number): Promise<ClockJump | null> {
  throw new Error("not written yet");
}
