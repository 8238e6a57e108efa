/** Somebody's factor: how it is set up, and how the answer to the next question comes about. */
export type Measured = {
  readonly name: string;
  readonly bare: { readonly name: string; readonly run: () => Promise<unknown> };
  readonly factorId: () => Promise<string>;
  readonly proof: (options: string) => Record<string, string>;
  /** So long before each question, because a code is good once, and messages are few. */
  readonly restMs: number;
};
