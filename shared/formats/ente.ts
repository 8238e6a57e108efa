import { base32Decode, base32Encode, utf8Decode } from "../bytes.ts";
import { splitLabel } from "../otp/label.ts";
import { parseOtpauthUri } from "../otp/otpauth-uri.ts";
import { decodePercent } from "../otp/percent.ts";
import { readYandexPin } from "../otp/pin-uri.ts";
import { parameter, readParameters, type UriParameters } from "../otp/uri-parameters.ts";
import { err, ok, type Result } from "../result.ts";
import { openEnteExport } from "./ente-encryption.ts";
import type { FileContent, FileRefusal, Format, ReadEntry, ReadFile, RejectedEntry } from "./format.ts";
import { labelOfUri, urisOfText } from "./otpauth-list.ts";
import { readFields, textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { isSet, jsonList, recordOf } from "./parts/json-value.ts";

/**
 * What Ente Auth exports (ente-io/ente, auth: models/code.dart, ui/settings/data): a text of otpauth URIs, each with a
 * parameter codeDisplay that holds JSON; the lines of its automatic backup are JSON texts. And the same encrypted.
 */
export const enteFormat = {
  id: "ente",
  recognise: ({ text, json }) => (json === null ? isEnteText(text) : isEncrypted(json) || isEnteList(json)),
  read: readEnte,
  write: null,
} as const satisfies Format;

/** Yandex Key gives 16 bytes, or those and a checksum that no code is computed from. */
const YANDEX_SECRET_BYTES = 16;

function isEnteText(text: string | null): boolean {
  return text !== null && /^[^\S\r\n]*"?otpauth:\/\/\S.*[?&]codeDisplay=/im.test(text);
}

/** The same addresses as the strings of a list. */
function isEnteList(json: object): boolean {
  return jsonList(json).some((uri) => typeof uri === "string" && isEnteText(uri));
}

function isEncrypted(json: object): boolean {
  const { kdfParams, encryptedData, encryptionNonce } = recordOf(json);
  return (
    typeof kdfParams === "object" && typeof encryptedData === "string" && typeof encryptionNonce === "string"
  );
}

async function readEnte(
  { text, json }: FileContent,
  passphrase: string | null,
): Promise<Result<ReadFile, FileRefusal>> {
  if (json === null) return text === null ? err("corrupt") : readEnteText(text);
  if (isEnteList(json))
    return readEnteText(
      jsonList(json)
        .map((uri) => textOf(uri).replace(/[\r\n]/g, " "))
        .join("\n"),
    );
  if (passphrase === null) return err("passphrase-needed");
  const opened = await openEnteExport(recordOf(json), passphrase);
  if (!opened.ok) return opened;
  const lines = utf8Decode(opened.value);
  return lines.ok ? readEnteText(lines.value) : err("corrupt");
}

function readEnteText(text: string): Result<ReadFile, FileRefusal> {
  const uris = urisOfText(
    text.replace(/^[^\S\r\n]*"(otpauth:[^\r\n]*)"[^\S\r\n]*,?[^\S\r\n]*$/gim, unquoted),
  );
  return gatherEntries(uris.map(({ uri, line }) => readLine(uri, line)));
}

/** A line as jsonEncode wrote it. */
function unquoted(whole: string, quoted: string): string {
  try {
    return String(JSON.parse(`"${quoted}"`)).replace(/[\r\n]/g, " ");
  } catch {
    return whole;
  }
}

function readLine(uri: string, line: number): Result<ReadEntry, RejectedEntry> {
  const start = uri.indexOf("?");
  const parameters = readParameters(start === -1 ? "" : uri.slice(start + 1));
  const read = isYandex(uri, parameters) ? readYandex(uri, parameters) : readUri(uri);
  if (!read.ok) return err({ ...read.error, line });
  const display = displayOf(parameters);
  const note = textOf(display.note);
  const tags = [...new Set(jsonList(display.tags).map(textOf))].filter((tag) => tag !== "");
  return ok({
    ...read.value,
    draft: {
      ...read.value.draft,
      ...(note === "" ? {} : { note }),
      ...(tags.length === 0 ? {} : { tags }),
    },
    line,
    ...(isSet(display.pinned) ? { pinned: true } : {}),
    ...(isSet(display.trashed) ? { trashed: true } : {}),
  });
}

function readUri(uri: string): Result<ReadEntry, RejectedEntry> {
  const read = parseOtpauthUri(uri, { context: "uri" });
  if (!read.ok) return err({ ...read.error, label: labelOfUri(uri), line: null });
  return ok({ draft: read.value.draft, notices: read.value.notices, line: null });
}

function isYandex(uri: string, parameters: UriParameters): boolean {
  return /^otpauth:\/\/(?:yaotp|yandex)\//i.test(uri) || parameters.has("pin");
}

function readYandex(uri: string, parameters: UriParameters): Result<ReadEntry, RejectedEntry> {
  const label = decodePercent(/^otpauth:\/\/[^/?]*\/([^?]*)/i.exec(uri)?.[1] ?? "");
  const { issuer, account } = splitLabel(label, parameter(parameters, "issuer"));
  const secret = base32Decode(parameter(parameters, "secret"));
  return readFields({
    type: "yandex",
    issuer: parameter(parameters, "issuer") || issuer || "Yandex",
    account,
    secret: secret.ok
      ? base32Encode(secret.value.subarray(0, YANDEX_SECRET_BYTES))
      : parameter(parameters, "secret"),
    pin: readYandexPin(parameter(parameters, "pin")),
  });
}

function displayOf(parameters: UriParameters): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(parameter(parameters, "codedisplay")));
  } catch {
    // What stands around the code is no reason to lose it.
    return {};
  }
}
