import { err } from "../result.ts";
import type { Format } from "./format.ts";
import { textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { jsonList, recordOf } from "./parts/json-value.ts";
import { readLoginCode } from "./parts/login-code.ts";

/**
 * Dashlane's JSON: objects by their kind, whose names are French (read by bitwarden/clients, dashlane-json-importer). Codes
 * are in the exports of its command line, by the names that they have in its vault; others leave them out.
 */
export const dashlaneFormat = {
  id: "dashlane",
  recognise: ({ json }) => json !== null && Array.isArray(recordOf(json).AUTHENTIFIANT),
  read: async ({ json }) => {
    const logins = jsonList(recordOf(json).AUTHENTIFIANT).map(recordOf);
    const withCode = logins.filter(({ otpUrl, otpSecret }) => textOf(otpUrl) + textOf(otpSecret) !== "");
    if (withCode.length === 0) return err(logins.length === 0 ? "nothing-found" : "no-codes-in-format");
    return gatherEntries(
      withCode.map((login) =>
        readLoginCode({
          name: textOf(login.title) || login.domain,
          username: [login.login, login.email, login.secondaryLogin].find((name) => textOf(name) !== ""),
          code: textOf(login.otpUrl) || login.otpSecret,
          note: login.note,
          tags: [login.category],
          addresses: [login.url, login.domain],
        }),
      ),
    );
  },
  write: null,
} as const satisfies Format;
