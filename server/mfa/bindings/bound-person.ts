import * as z from "zod/mini";

/** An account of a person in an organisation, as an outside system knows them. */
const account = z.strictObject({ organization: z.string(), user: z.string() });
export type Account = z.infer<typeof account>;

/** A code that was taken, hashed, and until when (milliseconds since 1970 UTC) it is not taken again. */
const usedCode = z.strictObject({ hash: z.string(), until: z.number() });

/**
 * What is kept of a person whom an outside system knows: by one id, whatever accounts they have in whatever organisations.
 * That makes it one person there, however many pairs of organisation and user lead to them.
 */
export const boundPersonSchema = z.strictObject({
  externalId: z.string(),
  accounts: z.array(account),
  /** What they want to be bound by, until they are. */
  identifier: z.nullable(z.string()),
  isBound: z.boolean(),
  /** Those that were taken lately. What was kept first has the last one alone. */
  used: z.pipe(
    z.union([z.array(usedCode), usedCode, z.null()]),
    z.transform((kept) => (kept === null ? [] : [kept].flat())),
  ),
});
export type BoundPerson = z.infer<typeof boundPersonSchema>;

/** Somebody who is bound there already. */
export function boundPerson(externalId: string, accounts: readonly Account[]): BoundPerson {
  return { externalId, accounts: [...accounts], identifier: null, isBound: true, used: [] };
}
