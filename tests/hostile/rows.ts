/** Where a line of the attack table is proved. */
export type Row = {
  readonly row: string;
  readonly attack: string;
  /** "here": tests of that name in this folder; else why not yet. */
  readonly proof: "here" | { readonly later: string };
};

const here = (row: string, attack: string): Row => ({ row, attack, proof: "here" });
const later = (row: string, attack: string, why: string): Row => ({ row, attack, proof: { later: why } });

/** What a server that lies may try, and where each is shown to come to nothing. */
export const ROWS: readonly Row[] = [
  here("A1", "another key in the place of somebody's"),
  here("A2", "a member whom nobody added"),
  here("A3", "a role that nobody gave"),
  here("A4", "a viewer who writes, with the server's help"),
  here("A5", "a group, or an invitation, that is somebody else's"),
  here("A6", "a group's key of the server's own"),
  here("A7", "a user's own keys replaced, or denied"),
  here("A8", "fields that ask for more than there is"),
  here("A9", "the recovery key caught when keys are replaced"),
  here("A10", "cheaper key stretching"),
  here("A11", "another version of the protocol"),
  here("A12", "fields of one record in another"),
  here("A13", "a record in another's place"),
  here("A14", "an older record"),
  here("A15", "records hidden, deleted, put in, doubled"),
  here("A16", "a log that is shorter than it was"),
  here("A17", "another past"),
  here("A18", "links left out, in another order, once more"),
  here("A19", "a group as it was yesterday"),
  here("A20", "requests that tell what somebody has"),
  here("A21", "lengths that tell what is inside"),
  here("A22", "a ciphertext that opens under two keys"),
  here("A23", "guessing passwords with the server's database"),
  here("A24", "another server in its place"),
  here("A25", "keys that are everybody's, or nobody's"),
  here("A26", "one text that is read in two ways"),
  here("A27", "a signature of one thing for another"),
  here("A28", "a group without an owner"),
  here("A29", "somebody who was taken out"),
  here("A30", "a new key that leaves records behind"),
  here("A31", "texts that are meant for a browser"),
  here("A32", "texts, pages and addresses in answers"),
  here("A33", "answers that are too long, too slow, or none"),
  here("A34", "counters that go back"),
  later("A35", "codes lent to somebody else", "with lending codes"),
  here("A36", "forms that ask for what opens everything"),
];
