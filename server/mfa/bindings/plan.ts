import { err, ok, type Result } from "../../../shared/result.ts";
import { normalizeEmail } from "../../normalize-email.ts";
import type { Account } from "./bound-person.ts";
import { type CsvLine, type CsvMistake, parseCsv } from "./parse-csv.ts";

/** What is known here before anything is imported. */
export type Known = {
  /** The modules that have bindings; `onlyFor`: addresses in their one spelling, null: for everybody. */
  readonly modules: readonly { readonly id: string; readonly onlyFor: ReadonlySet<string> | null }[];
  /** Ids of those who are here, by their address in its one spelling. */
  readonly userIdsByEmail: ReadonlyMap<string, string>;
  /** Bindings that are here already. */
  readonly bound: readonly {
    readonly module: string;
    readonly userId: string;
    readonly externalId: string;
  }[];
};

/** One person's binding to a system: however many rows it takes to name their accounts. */
export type Binding = {
  readonly module: string;
  readonly userId: string;
  readonly email: string;
  readonly externalId: string;
  readonly accounts: readonly Account[];
};

export type Plan = {
  readonly bindings: readonly Binding[];
  /** Those who are bound to that very id already: nothing is done. */
  readonly already: readonly Binding[];
};

const COLUMNS = ["email", "external_id", "organization", "user", "module"] as const;
type Column = (typeof COLUMNS)[number];
type Row = { readonly line: number } & Readonly<Record<Column, string>>;

const LONGEST = 200;

/**
 * Reads a file of bindings and says what importing it comes to, without doing anything.
 *
 * @returns what is to be done; or everything that is wrong, each with its line: then nothing is done
 */
export function planBindings(text: string, known: Known): Result<Plan, readonly CsvMistake[]> {
  if (known.modules.length === 0)
    return err([{ line: 1, why: "mfa.json has no module of the kind provider to bind anybody to" }]);
  const parsed = parseCsv(text);
  if (!parsed.ok) return err([parsed.error]);
  const [header, ...lines] = parsed.value;
  if (header === undefined) return err([{ line: 1, why: "there is nothing in it" }]);
  const columns = readHeader(header);
  if (!columns.ok) return columns;
  const mistakes: CsvMistake[] = [];
  const rows: Row[] = [];
  for (const each of lines) {
    const row = readRow(each, columns.value, known);
    if (row.ok) rows.push(row.value);
    else mistakes.push({ line: each.line, why: row.error });
  }
  mistakes.push(...contradictions(rows, known));
  if (lines.length === 0) mistakes.push({ line: header.line, why: "there is no row below it" });
  if (mistakes.length > 0) return err(mistakes.toSorted((a, b) => a.line - b.line));
  return ok(gather(rows, known));
}

function readHeader({ line, cells }: CsvLine): Result<readonly Column[], readonly CsvMistake[]> {
  const names = cells.map((cell) => cell.toLowerCase());
  const isColumn = (name: string): name is Column => (COLUMNS as readonly string[]).includes(name);
  const mistakes = [
    ...names
      .filter((name) => !isColumn(name))
      .map((name) => `there is no column "${name}": there are ${COLUMNS.join(", ")}`),
    ...names
      .filter((name, at) => names.indexOf(name) !== at)
      .map((name) => `the column ${name} is there twice`),
    ...COLUMNS.slice(0, 2)
      .filter((name) => !names.includes(name))
      .map((name) => `the column ${name} is missing`),
  ];
  return mistakes.length > 0 ? err(mistakes.map((why) => ({ line, why }))) : ok(names.filter(isColumn));
}

function readRow({ line, cells }: CsvLine, columns: readonly Column[], known: Known): Result<Row, string> {
  if (cells.length !== columns.length)
    return err(`it has ${cells.length} cells, and the first line ${columns.length}`);
  const said = Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? ""]));
  const { email = "", external_id = "", organization = "", user = "", module: named = "" } = said;
  if (!known.userIdsByEmail.has(normalizeEmail(email)))
    return err(email === "" ? "it has no email" : `nobody here has the address ${email}`);
  if (external_id === "") return err("it has no external_id");
  if ((organization === "") !== (user === ""))
    return err("organization and user go together: both, or neither");
  for (const cell of [external_id, organization, user])
    if (cell.length > LONGEST || /\p{C}/u.test(cell))
      return err(`a cell is longer than ${LONGEST} characters, or has signs in it that can't be seen`);
  const ids = known.modules.map(({ id }) => id);
  const module = known.modules.find(({ id }) => id === named || (named === "" && ids.length === 1));
  if (module === undefined)
    return err(named === "" ? `it has no module: ${ids.join(", ")}` : `there is no module ${named}`);
  if (module.onlyFor !== null && !module.onlyFor.has(normalizeEmail(email)))
    return err(`${module.id} is not for ${email}`);
  return ok({ line, email: normalizeEmail(email), external_id, organization, user, module: module.id });
}

/** What no row says that is wrong by itself: the same said twice, and one thing said in two ways. */
function contradictions(rows: readonly Row[], known: Known): CsvMistake[] {
  const idByPerson = new Map<string, Row>();
  const personById = new Map<string, Row>();
  const rowByPair = new Map<string, Row>();
  const isBound = new Set(known.bound.map(({ module, userId }) => keyOf(module, userId)));
  const isBoundTo = new Set(
    known.bound.map(({ module, userId, externalId }) => keyOf(module, userId, externalId)),
  );
  const boundBy = new Map(known.bound.map((each) => [keyOf(each.module, each.externalId), each.userId]));
  return rows.flatMap((row) => {
    const { line, module, email, external_id, organization, user } = row;
    const userId = known.userIdsByEmail.get(email) ?? "";
    const whys: string[] = [];
    const ofPerson = firstAt(idByPerson, keyOf(module, email), row);
    if (ofPerson.external_id !== external_id)
      whys.push(`${email} has another external_id in line ${ofPerson.line}`);
    const ofId = firstAt(personById, keyOf(module, external_id), row);
    if (ofId.email !== email) whys.push(`${external_id} is ${ofId.email} in line ${ofId.line}`);
    const ofPair = firstAt(rowByPair, keyOf(module, organization, user || email), row);
    if (ofPair !== row)
      whys.push(
        ofPair.external_id === external_id
          ? `it says the same as line ${ofPair.line}`
          : `${organization} and ${user} lead to ${ofPair.external_id} in line ${ofPair.line}`,
      );
    if (isBound.has(keyOf(module, userId)) && !isBoundTo.has(keyOf(module, userId, external_id)))
      whys.push(`${email} is bound here to another external_id`);
    const other = boundBy.get(keyOf(module, external_id));
    if (other !== undefined && other !== userId) whys.push(`${external_id} is bound here to somebody else`);
    return whys.map((why) => ({ line, why }));
  });
}

function gather(rows: readonly Row[], known: Known): Plan {
  const all = Map.groupBy(rows, ({ module, email }) => keyOf(module, email));
  const bindings = [...all.values()].flatMap((ofPerson): Binding[] => {
    const [first] = ofPerson;
    if (first === undefined) return [];
    const { module, email, external_id: externalId } = first;
    const accounts = ofPerson.flatMap(({ organization, user }) =>
      user === "" ? [] : [{ organization, user }],
    );
    return [{ module, userId: known.userIdsByEmail.get(email) ?? "", email, externalId, accounts }];
  });
  const there = new Set(known.bound.map(({ module, userId }) => keyOf(module, userId)));
  const isThere = ({ module, userId }: Binding) => there.has(keyOf(module, userId));
  return { bindings: bindings.filter((each) => !isThere(each)), already: bindings.filter(isThere) };
}

/** What stands there, or now does. */
function firstAt(rows: Map<string, Row>, key: string, row: Row): Row {
  const first = rows.get(key) ?? row;
  rows.set(key, first);
  return first;
}

/** Parts that may hold anything, told apart. */
function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
