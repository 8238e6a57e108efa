import { type Bytes, base64ToBytes, utf8, utf8Decode } from "../bytes.ts";
import { openAesGcm, pbkdf2 } from "../crypto/foreign.ts";
import { splitLabel } from "../otp/label.ts";
import { parseOtpauthUri } from "../otp/otpauth-uri.ts";
import { err, ok, type Result } from "../result.ts";
import type { FileRefusal, Format, ReadEntry, ReadFile, RejectedEntry } from "./format.ts";
import { brokenEntry, readFields, textOf } from "./parts/entry-fields.ts";
import { gatherEntries, orNewerVersion } from "./parts/gather-entries.ts";
import { jsonList, jsonObject, parseJson } from "./parts/json-value.ts";
import { writeTwoFasBackup } from "./two-fas-write.ts";

/** The latest schema that is known; 1 and 2 have no type of a token, 3 has, 4 keeps the link too. */
const LATEST_SCHEMA = 4;

/** The app has never taken another number, and the file does not name it. */
const ITERATIONS = 10_000;

/** The backup of 2FAS, plain and encrypted, of Android and iOS (RemoteBackup, BackupContent, ExchangeData). */
export const twoFasFormat = {
  id: "2fas",
  recognise: ({ json }) => {
    const backup = jsonObject(json);
    if (backup === null || !(Array.isArray(backup.services) || encryptedServices(backup) !== null))
      return false;
    const isSaidSo = ["schemaVersion", "appVersionCode", "appOrigin"].some((name) => name in backup);
    return (
      isSaidSo || jsonList(backup.services).some((service) => jsonObject(jsonObject(service)?.otp) !== null)
    );
  },
  read: async ({ json }, passphrase) => {
    const backup = jsonObject(json);
    if (backup === null) return err("corrupt");
    const sealed = encryptedServices(backup);
    if (sealed === null) return readServices(backup, backup.services);
    if (passphrase === null) return err("passphrase-needed");
    const services = await openServices(sealed, passphrase);
    return services.ok ? readServices(backup, services.value) : services;
  },
  write: writeTwoFasBackup,
  readBy: {
    plain: [
      "2FAS",
      "2FAuth",
      "Aegis",
      "Bitwarden Authenticator",
      "Ente Auth",
      "Proton Authenticator",
      "Stratum",
    ],
  },
} as const satisfies Format;

function encryptedServices(backup: Readonly<Record<string, unknown>>): string | null {
  const sealed = backup.servicesEncrypted;
  return typeof sealed === "string" && sealed.trim() !== "" ? sealed : null;
}

/** Ciphertext with tag, salt and nonce, in base64 with colons between. */
async function openServices(
  sealed: string,
  passphrase: string,
): Promise<Result<unknown, "wrong-passphrase" | "corrupt">> {
  const [ciphertext, salt, nonce] = sealed.split(":").map(base64Of);
  if (!ciphertext || !salt || !nonce) return err("corrupt");
  const key = await pbkdf2(utf8(passphrase), salt, { hash: "SHA-256", iterations: ITERATIONS, length: 32 });
  const opened = await openAesGcm(key, { nonce, sealed: ciphertext });
  if (!opened.ok) return err("wrong-passphrase");
  const text = utf8Decode(opened.value);
  const services = text.ok ? parseJson(text.value) : undefined;
  return services === undefined ? err("corrupt") : ok(services);
}

function base64Of(text: string): Bytes | null {
  const bytes = base64ToBytes(text);
  return bytes.ok && bytes.value.length > 0 ? bytes.value : null;
}

function readServices(
  backup: Readonly<Record<string, unknown>>,
  services: unknown,
): Result<ReadFile, FileRefusal> {
  if (!Array.isArray(services)) return err("corrupt");
  // Groups are never encrypted.
  const groups = new Map(
    jsonList(backup.groups).map((group) => {
      const { id, name } = jsonObject(group) ?? {};
      return [idOf(id), name];
    }),
  );
  const file = gatherEntries(services.map((service) => readService(service, groups)));
  return orNewerVersion(file, backup.schemaVersion, LATEST_SCHEMA);
}

function readService(json: unknown, groups: ReadonlyMap<unknown, unknown>): Result<ReadEntry, RejectedEntry> {
  const service = jsonObject(json);
  if (service === null) return err(brokenEntry());
  const otp = jsonObject(service.otp) ?? {};
  const { issuer, account } = namesOf(service, otp);
  return readFields({
    type: textOf(otp.tokenType) || "TOTP",
    issuer,
    account,
    secret: service.secret,
    spelling: "base32",
    algorithm: otp.algorithm,
    digits: otp.digits,
    period: otp.period,
    counter: otp.counter,
    tags: [groups.get(idOf(service.groupId))],
  });
}

/** The name is what the person sees and may have changed; label and link are what the code once said. */
function namesOf(service: Readonly<Record<string, unknown>>, otp: Readonly<Record<string, unknown>>) {
  const link = parseOtpauthUri(textOf(otp.link));
  const linked = link.ok ? link.value.draft : null;
  const issuer = textOf(service.name) || textOf(otp.issuer) || (linked?.issuer ?? "");
  const labelled = splitLabel(textOf(otp.label), textOf(otp.issuer) || issuer).account;
  return { issuer, account: textOf(otp.account) || labelled || (linked?.account ?? "") };
}

/** iOS writes ids in upper case in one place and in lower case in another. */
function idOf(id: unknown): string {
  return textOf(id).toLowerCase();
}
