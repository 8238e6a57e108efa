import * as z from "zod/mini";
import { LONGEST_CREDENTIAL } from "../../shared/mfa/form.ts";
import { MOST } from "../mfa/limits.ts";
import { isTyped } from "./fields.ts";

/** What was typed: no form has so many fields. */
export const input = z
  .record(z.string().check(z.maxLength(32)), z.string().check(z.maxLength(LONGEST_CREDENTIAL)))
  .check(z.refine((record) => Object.keys(record).length <= 8));
export const moduleId = z.string().check(z.regex(/^[a-z0-9_-]{1,40}$/));
/** What somebody calls a factor; null: nothing. */
export const ownName = z.nullable(z.string().check(z.maxLength(MOST.name), isTyped));
/** BCP 47, the best first. */
export const languages = z.array(z.string().check(z.regex(/^[A-Za-z0-9-]{2,35}$/))).check(z.maxLength(10));
