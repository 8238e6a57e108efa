/** What an attempt comes to: the server's own reason where it refuses. */
export async function outcome(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return "ok";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
