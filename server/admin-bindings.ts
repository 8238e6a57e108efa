import { readFile } from "node:fs/promises";
import { utf8Decode } from "../shared/bytes.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { Said } from "./admin-users.ts";
import type { Config } from "./config.ts";
import type { Database } from "./db/open.ts";
import { logToStdout } from "./log.ts";
import { importBindings, planImport, tellImported } from "./mfa/bindings/import-bindings.ts";
import type { Binding, Plan } from "./mfa/bindings/plan.ts";
import { readMfaConfig } from "./mfa/config.ts";
import { type Mfa, makeMfa } from "./mfa/mfa.ts";
import type { Secret } from "./secret.ts";

/** A hundred thousand rows. */
const MOST_BYTES = 20_000_000;

type Administered = { readonly db: Database; readonly config: Config; readonly secret: Secret };

/** What importing a file of bindings would do, person by person; nothing is changed. */
export async function sayPlannedBindings(administered: Administered, file: string): Promise<Said> {
  const read = await readPlan(administered, file);
  if (!read.ok) return read;
  const { bindings, already } = read.value.plan;
  return ok(
    [
      ...bindings.map(lineOf),
      ...already.map((each) => `${lineOf(each)}\tbound already`),
      `${countOf(bindings)} to be bound, ${countOf(already)} bound already. Nothing has been changed:`,
      `\`admin import-bindings-now ${file}\` does it.`,
    ].join("\n"),
  );
}

/** Imports a file of bindings: all of it, or nothing where a row is wrong. */
export async function sayImportedBindings(
  administered: Administered,
  file: string,
  now: number,
): Promise<Said> {
  const read = await readPlan(administered, file);
  if (!read.ok) return read;
  const { mfa, plan } = read.value;
  const done = await importBindings(administered.db, mfa, plan, now);
  if (!done.ok) return err("Nothing was changed: somebody in the file was bound meanwhile. Run it again.");
  await tellImported(mfa, plan, now);
  return ok(`${countOf(plan.bindings)} bound, ${countOf(plan.already)} bound already.`);
}

async function readPlan(
  { db, config, secret }: Administered,
  file: string,
): Promise<Result<{ readonly mfa: Mfa; readonly plan: Plan }, string>> {
  const text = await readText(file);
  if (!text.ok) return text;
  const factors = readMfaConfig(config);
  if (!factors.ok) return err(`In ${config.mfaFile}:\n${factors.error.join("\n")}`);
  const mfa = await makeMfa(factors.value, secret, config, logToStdout);
  const planned = await planImport(db, mfa, text.value);
  if (planned.ok) return ok({ mfa, plan: planned.value });
  const mistakes = planned.error.map(({ line, why }) => `line ${line}: ${why}`);
  return err([`Nothing was changed. In ${file}:`, ...mistakes].join("\n"));
}

async function readText(file: string): Promise<Result<string, string>> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > MOST_BYTES) return err(`${file} is longer than ${MOST_BYTES / 1_000_000} MB.`);
    const text = utf8Decode(bytes);
    return text.ok ? text : err(`${file} is not in UTF-8: a spreadsheet saves it so as "CSV UTF-8".`);
  } catch (error) {
    return err(`${file} can't be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

function lineOf({ email, module, externalId, accounts }: Binding): string {
  const names = accounts.map(({ organization, user }) => `${organization}/${user}`);
  return [email, module, externalId, names.join(", ")].join("\t").trimEnd();
}

function countOf({ length }: readonly Binding[]): string {
  return length === 1 ? "1 person is" : `${length} people are`;
}
