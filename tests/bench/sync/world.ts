import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, type DatabaseKind, openDatabase } from "../../../server/db/open.ts";
import { beginSession } from "../../../server/sessions/session.ts";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import { importPrivateKey } from "../../../shared/crypto/private-key.ts";
import { importSigningKey } from "../../../shared/crypto/signature.ts";
import { startPostgres } from "../../server/postgres-server.ts";
import { type ServerProcess, startProcess } from "../../server/server-process.ts";
import { type Person, random } from "../../shared/group/people.ts";
import type { DeviceBuild } from "./device.ts";

/** A real server, as a process of its own, and its database, which what is measured against is put into. */
export type World = {
  readonly kind: DatabaseKind;
  readonly db: Database;
  readonly server: ServerProcess;
  readonly device: DeviceBuild;
  /** For a bare database of the same kind, on the same disk. */
  newPlace(): Promise<string>;
  newUser(): Promise<BenchUser>;
  close(): Promise<void>;
};

/** Somebody who is signed in, with their seeds, so that a device can be theirs. */
export type BenchUser = Person & {
  readonly token: string;
  readonly seeds: { readonly signing: string; readonly opening: string };
};

/** Starts a server on SQLite, or on a PostgreSQL that waits for its disk. */
export async function openWorld(kind: DatabaseKind, device: DeviceBuild): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-bench-"));
  const data = join(folder, "countersign-data");
  await mkdir(data);
  const postgres = kind === "postgres" ? await startPostgres("durable") : null;
  let made = 0;
  const newPlace = async () => (postgres ? postgres.newDatabase() : join(data, `bare-${made++}.sqlite`));
  const place = postgres ? await newPlace() : join(data, "countersign.sqlite");
  const db = await openDatabase(place);
  const server = await startProcess(folder, [], postgres ? { DATABASE_URL: place } : {});
  return {
    kind,
    db,
    server,
    device,
    newPlace,
    newUser: () => newUser(db),
    async close() {
      server.child.kill("SIGTERM");
      await server.ended;
      await db.destroy();
      await postgres?.stop();
      await rm(folder, { recursive: true, maxRetries: 5 });
    },
  };
}

async function newUser(db: Database): Promise<BenchUser> {
  const [signingSeed, openingSecret] = [random(32), random(32)];
  const signing = await importSigningKey(signingSeed);
  const opening = await importPrivateKey("X25519", openingSecret);
  const [sig, enc] = [bytesToBase64url(signing.publicKey), bytesToBase64url(opening.publicKey)];
  const id = crypto.randomUUID();
  const bytes = random(8);
  await db
    .insertInto("user")
    .values({
      ...{ user_id: id, email: `${id}@example.com`, login_id: id, record: "", sig, enc, recovery: sig },
      ...{ bundle: bytes, wrapped_by_password: bytes, wrapped_by_kit: bytes, bundle_ver: 1, suspended: 0 },
      made_at: Date.now(),
    })
    .execute();
  const token = await beginSession(db, id, Date.now());
  const seeds = { signing: bytesToBase64url(signingSeed), opening: bytesToBase64url(openingSecret) };
  return { id, signing, opening, sig, enc, token, seeds };
}
