import { type Label, splitLabel } from "../../otp/label.ts";
import type { Result } from "../../result.ts";
import type { ReadEntry, RejectedEntry } from "../format.ts";
import { addressesIn, type CsvRow, isUriCell, isYes } from "./csv-row.ts";
import { embeddedUris } from "./embedded-uris.ts";
import { readFields } from "./entry-fields.ts";
import { readLoginCode } from "./login-code.ts";
import { sitesOfLogin } from "./login-sites.ts";
import { OTHER_COLUMNS, PARAMETER_COLUMNS } from "./other-columns.ts";

/**
 * Reads what a table or a list of objects of a program that is not known says of an account, by the names of its columns.
 * Every URI of a row is an entry; where there is none, a secret by itself is one.
 */
export function readOtherRow(row: CsvRow): Result<ReadEntry, RejectedEntry>[] {
  // A note may hold one, or a cell have quotes of its own around it.
  const uris = row.cells.flatMap((cell) => (isUriCell(cell) ? [cell] : embeddedUris(cell)));
  const { note, tags, addresses, pinned, trashed } = OTHER_COLUMNS;
  const beside = {
    note: row.first(note),
    tags: row.all(tags).flatMap((cell) => cell.split(/[,;]/)),
    pinned: isYes(row.first(pinned)),
    trashed: isYes(row.first(trashed)),
  };
  const [name, username] = [row.first(OTHER_COLUMNS.name), row.first(OTHER_COLUMNS.username)];
  const sites = addressesIn(row.all(addresses)).filter((address) => !isUriCell(address));
  if (uris.length > 0) {
    return [...new Set(uris)].map((code) =>
      readLoginCode({ ...beside, code, name, username, addresses: sites }),
    );
  }
  const secret = row.first(OTHER_COLUMNS.code);
  if (secret === "") return [];
  const type = row.first(PARAMETER_COLUMNS.type);
  // A table may call something else a type, and then its codes are of the usual one.
  const said = COUNTED.test(type) ? "hotp" : /^(?:totp|hotp|steam|motp|yandex|yaotp)/i.exec(type)?.[0];
  const entry = readFields({
    ...beside,
    type: said ?? "totp",
    ...namesOf(name, username),
    secret,
    ...(/^motp/i.test(type) ? { spelling: "motp" } : {}),
    pin: row.first(["pin"]),
    algorithm: row.first(PARAMETER_COLUMNS.algorithm),
    digits: row.first(PARAMETER_COLUMNS.digits),
    period: row.first(PARAMETER_COLUMNS.period).replace(/\s*s(?:ec|econds)?$/i, ""),
    counter: row.first(PARAMETER_COLUMNS.counter),
    sites: sitesOfLogin(sites),
    steamByName: said === undefined,
  });
  return [entry];
}

/** "counter-based", "HMAC", "event", as opposed to those of the time. */
const COUNTED = /^(?:counter|event|hmac|基于计数|计数|事件)/i;

/** One name may be both, as in the label of a URI; an address is none of them. */
function namesOf(name: string, username: string): Label {
  const isLabel = username === "" && /^[^:/]+:(?!\/\/)/.test(name);
  return isLabel ? splitLabel(name, "") : { issuer: name, account: username };
}
