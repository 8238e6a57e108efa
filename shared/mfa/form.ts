import { err, ok, type Result } from "../result.ts";

/** A text in the languages of the interface. */
export type Words = { readonly en: string; readonly "zh-CN": string };

/**
 * What is typed into a field: "code" digits or letters that are good once; "text", "email" and "phone" as browsers know
 * them; "credential" is typed by nobody: the browser gives it (WebAuthn), as JSON.
 */
export const FIELD_KINDS = ["code", "text", "email", "phone", "credential"] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

export type Field = {
  /** As the input is named when it is sent. */
  readonly name: string;
  readonly kind: FieldKind;
  readonly label: Words;
  /** What is said below it; null: nothing. */
  readonly hint: Words | null;
  /** Characters at most. */
  readonly longest: number;
};

/** What a module asks for in one step. Sent to the client, which draws the form from it. */
export type Form = readonly Field[];

/** What was typed, by the names of the form's fields. */
export type Input = Readonly<Record<string, string>>;

/** A credential of WebAuthn with its certificates, as JSON. */
export const LONGEST_CREDENTIAL = 16_384;

/**
 * Holds what was sent against the form that asked for it: every field is there, filled in and not too long, and nothing
 * else is. Blanks around what was typed are dropped.
 */
export function readInput(form: Form, sent: Input): Result<Input, "malformed"> {
  const input: Record<string, string> = {};
  for (const { name, longest } of form) {
    const text = Object.hasOwn(sent, name) ? sent[name]?.trim() : undefined;
    if (text === undefined || text === "" || text.length > longest) return err("malformed");
    input[name] = text;
  }
  return Object.keys(sent).length === form.length ? ok(input) : err("malformed");
}
