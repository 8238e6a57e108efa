/** Writes one line of JSON: what happened, and what about it may be known. */
export type Log = (event: string, details?: Readonly<Record<string, string | number>>) => void;

/** A log to standard output, as systemd and containers collect it. */
export const logToStdout: Log = (event, details = {}) => {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...details })}\n`);
};
