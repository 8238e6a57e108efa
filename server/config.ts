import { join, resolve } from "node:path";
import * as z from "zod/mini";
import { isServerOrigin } from "../shared/group/invitation-code.ts";
import { err, ok, type Result } from "../shared/result.ts";

export type Config = {
  /** Where the database (SQLite) and the secret file are. */
  readonly dataFolder: string;
  /** A path of SQLite, or the address of a PostgreSQL. */
  readonly database: string;
  readonly secretFile: string;
  /** What the server wants of second factors; it may be missing. */
  readonly mfaFile: string;
  /** Whether COUNTERSIGN_MFA names it: then it has to be there. */
  readonly isMfaFileNamed: boolean;
  readonly host: string;
  readonly port: number;
  /** Where devices reach the server: it stands in every code that is sent to somebody. */
  readonly origin: string;
  readonly tls: { readonly keyFile: string; readonly certificateFile: string } | null;
  /** Ids of the Chromium extensions that may call; Firefox gives each profile another one. */
  readonly extensionIds: readonly string[];
  /** Whether a proxy in front says who calls, in X-Forwarded-For. */
  readonly isBehindProxy: boolean;
  /** How much is kept, so that nobody fills the disk: see the server's quotas of groups. */
  readonly quota: {
    readonly stagedBytes: number;
    readonly groupBytes: number;
    readonly logBytes: number;
    readonly groups: number;
  };
};

/** Fixed by the key in the extension's manifest. */
const EXTENSION_ID = "ajfjjlmgpdbkgjpgmadohkkehcbigbfi";

const DEFAULT_PORT = 8420;
const MEGABYTE = 1_000_000;
/** A new key for 5,000 records of the longest kind needs 83 of them; for such as most are, 2. */
const DEFAULT_STAGED_MB = 100;
/** Such a group, and its former ciphertexts until they are swept, several times over. */
const DEFAULT_GROUP_MB = 500;
/** Some 200,000 changes, or the lists of 500 rotations of the largest group. */
const DEFAULT_LOG_MB = 200;
/** A person has one of their own, and one for each kind of account that others use too. */
const DEFAULT_GROUPS = 100;
const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

const environmentSchema = z.object({
  COUNTERSIGN_DATA: z.optional(z.string().check(z.minLength(1))),
  COUNTERSIGN_HOST: z.optional(z.string().check(z.minLength(1))),
  COUNTERSIGN_PORT: z.optional(z.string().check(z.regex(/^\d{1,5}$/))),
  COUNTERSIGN_ORIGIN: z.optional(z.string()),
  COUNTERSIGN_MFA: z.optional(z.string().check(z.minLength(1))),
  COUNTERSIGN_TLS_KEY: z.optional(z.string().check(z.minLength(1))),
  COUNTERSIGN_TLS_CERTIFICATE: z.optional(z.string().check(z.minLength(1))),
  COUNTERSIGN_EXTENSIONS: z.optional(z.string().check(z.regex(/^[a-p]{32}(,[a-p]{32})*$/))),
  COUNTERSIGN_BEHIND_PROXY: z.optional(z.enum(["yes", "no"])),
  COUNTERSIGN_STAGED_MB: z.optional(z.string().check(z.regex(/^[1-9]\d{0,6}$/))),
  COUNTERSIGN_GROUP_MB: z.optional(z.string().check(z.regex(/^[1-9]\d{0,6}$/))),
  COUNTERSIGN_LOG_MB: z.optional(z.string().check(z.regex(/^[1-9]\d{0,6}$/))),
  COUNTERSIGN_GROUPS: z.optional(z.string().check(z.regex(/^[1-9]\d{0,6}$/))),
  DATABASE_URL: z.optional(z.string().check(z.regex(/^postgres(ql)?:\/\//))),
});

/** What each variable must look like, for whoever set it otherwise. */
const MEANINGS: Readonly<Record<string, string>> = {
  COUNTERSIGN_DATA: "must name a folder",
  COUNTERSIGN_HOST: "must name an address to listen on, e.g. 127.0.0.1",
  COUNTERSIGN_PORT: "must be a number from 1 to 65535",
  COUNTERSIGN_MFA: "must name a file",
  COUNTERSIGN_TLS_KEY: "must name a file",
  COUNTERSIGN_TLS_CERTIFICATE: "must name a file",
  COUNTERSIGN_EXTENSIONS: "must be ids of extensions (32 letters from a to p), with commas between them",
  COUNTERSIGN_BEHIND_PROXY: "must be yes or no",
  COUNTERSIGN_STAGED_MB: "must be a whole number of megabytes, at least 1",
  COUNTERSIGN_GROUP_MB: "must be a whole number of megabytes, at least 1",
  COUNTERSIGN_LOG_MB: "must be a whole number of megabytes, at least 1",
  COUNTERSIGN_GROUPS: "must be a whole number, at least 1",
  DATABASE_URL: "must begin with postgres://",
};

/**
 * Reads the configuration from the environment. Every mistake is named, not only the first.
 *
 * @param folder against which paths are resolved
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  folder: string,
): Result<Config, readonly string[]> {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map(({ path: [name] }) => String(name)));
    return err([...names].map((name) => `${name} ${MEANINGS[name]}`));
  }
  const { data } = parsed;
  const mistakes: string[] = [];
  const host = data.COUNTERSIGN_HOST ?? "127.0.0.1";
  const port = Number(data.COUNTERSIGN_PORT ?? DEFAULT_PORT);
  if (port < 1 || port > 65_535) mistakes.push(`COUNTERSIGN_PORT ${MEANINGS.COUNTERSIGN_PORT}`);
  const { COUNTERSIGN_TLS_KEY: keyFile, COUNTERSIGN_TLS_CERTIFICATE: certificateFile } = data;
  if ((keyFile === undefined) !== (certificateFile === undefined))
    mistakes.push("COUNTERSIGN_TLS_KEY and COUNTERSIGN_TLS_CERTIFICATE go together: set both or none");
  const tls =
    keyFile && certificateFile
      ? { keyFile: resolve(folder, keyFile), certificateFile: resolve(folder, certificateFile) }
      : null;
  const isBehindProxy = data.COUNTERSIGN_BEHIND_PROXY === "yes";
  if (!LOOPBACK.has(host) && tls === null && !isBehindProxy)
    mistakes.push(
      "COUNTERSIGN_HOST is not this computer alone, so the connection must be encrypted: set COUNTERSIGN_TLS_KEY and COUNTERSIGN_TLS_CERTIFICATE, or put a proxy in front that does it and set COUNTERSIGN_BEHIND_PROXY=yes",
    );
  const origin = data.COUNTERSIGN_ORIGIN ?? (LOOPBACK.has(host) ? `http://localhost:${port}` : null);
  if (origin === null)
    mistakes.push(
      "COUNTERSIGN_ORIGIN must say where devices reach this server, e.g. https://codes.example.com",
    );
  else if (!isServerOrigin(origin))
    mistakes.push(
      "COUNTERSIGN_ORIGIN must be https:// and a host, with nothing behind it (http:// is for localhost alone)",
    );
  if (mistakes.length > 0 || origin === null) return err(mistakes);
  const dataFolder = resolve(folder, data.COUNTERSIGN_DATA ?? "countersign-data");
  return ok({
    dataFolder,
    database: data.DATABASE_URL ?? join(dataFolder, "countersign.sqlite"),
    secretFile: join(dataFolder, "secret.json"),
    mfaFile: data.COUNTERSIGN_MFA ? resolve(folder, data.COUNTERSIGN_MFA) : join(dataFolder, "mfa.json"),
    isMfaFileNamed: data.COUNTERSIGN_MFA !== undefined,
    host,
    port,
    origin,
    tls,
    extensionIds: data.COUNTERSIGN_EXTENSIONS?.split(",") ?? [EXTENSION_ID],
    isBehindProxy,
    quota: {
      stagedBytes: Number(data.COUNTERSIGN_STAGED_MB ?? DEFAULT_STAGED_MB) * MEGABYTE,
      groupBytes: Number(data.COUNTERSIGN_GROUP_MB ?? DEFAULT_GROUP_MB) * MEGABYTE,
      logBytes: Number(data.COUNTERSIGN_LOG_MB ?? DEFAULT_LOG_MB) * MEGABYTE,
      groups: Number(data.COUNTERSIGN_GROUPS ?? DEFAULT_GROUPS),
    },
  });
}
