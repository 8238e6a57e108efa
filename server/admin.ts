import { server as opaque } from "@serenity-kit/opaque";
import { type Bytes, base64urlToBytes, bytesToBase64url } from "../shared/bytes.ts";
import { invitationKeys } from "../shared/group/invitation.ts";
import { formatInvitationCode, SECRET_BYTES, serverPrint } from "../shared/group/invitation-code.ts";
import { ok } from "../shared/result.ts";
import { sayImportedBindings, sayPlannedBindings } from "./admin-bindings.ts";
import { type Said, sayEndedSessions, sayReset, saySessions, saySuspended, sayUsers } from "./admin-users.ts";
import type { Config } from "./config.ts";
import type { Database } from "./db/open.ts";
import { refold } from "./groups/refold.ts";
import type { Secret } from "./secret.ts";
import { allowRegistration } from "./users/register.ts";

/** Used by whoever has just asked for it. */
const SET_UP_MS = 60 * 60_000;

type Administered = { readonly db: Database; readonly config: Config; readonly secret: Secret };

/** Something an administrator can have done: with one thing to do it to, or with nothing. */
export type AdminCommand = {
  readonly does: string;
} & (
  | { readonly takes: null; readonly run: (administered: Administered) => Promise<Said> }
  | {
      /** What is to be said after the command's name, in capitals. */
      readonly takes: string;
      readonly run: (administered: Administered, what: string) => Promise<Said>;
    }
);

/** What an administrator can have done, by the word they type after `admin`. */
export const ADMIN_COMMANDS: Readonly<Record<string, AdminCommand>> = {
  "set-up-code": {
    does: "a code that registers one user, good for an hour",
    takes: null,
    run: async (administered) => ok(await setUpCode(administered, Date.now())),
  },
  users: {
    does: "lists who is here",
    takes: null,
    run: ({ db }) => sayUsers(db, Date.now()),
  },
  suspend: {
    does: "shuts somebody out, and ends their sessions",
    takes: "ADDRESS",
    run: ({ db }, address) => saySuspended(db, address, true),
  },
  unsuspend: {
    does: "lets them in again",
    takes: "ADDRESS",
    run: ({ db }, address) => saySuspended(db, address, false),
  },
  sessions: {
    does: "lists where somebody is signed in",
    takes: "ADDRESS",
    run: ({ db }, address) => saySessions(db, address, Date.now()),
  },
  "end-sessions": {
    does: "signs somebody out everywhere",
    takes: "ADDRESS",
    run: ({ db }, address) => sayEndedSessions(db, address),
  },
  reset: {
    does: "a code by which somebody who has lost password and kit begins anew, good for three days",
    takes: "ADDRESS",
    run: (administered, address) =>
      sayReset(administered.db, address, () => newCode(administered), Date.now()),
  },
  "import-bindings": {
    does: "says what importing a CSV file of bindings to an outside system would do, and changes nothing",
    takes: "FILE",
    run: (administered, file) => sayPlannedBindings(administered, file),
  },
  "import-bindings-now": {
    does: "imports it: all of it, or nothing where a row is wrong",
    takes: "FILE",
    run: (administered, file) => sayImportedBindings(administered, file, Date.now()),
  },
  check: {
    does: "verifies every group's log from its first link, and that the rows say what the log says",
    takes: null,
    run: async ({ db }) => ok(await checkGroups(db)),
  },
};

/** Lets its holder register as a user: of the same form as an invitation's code. */
export async function setUpCode(administered: Administered, now: number): Promise<string> {
  const { code, register } = await newCode(administered);
  await allowRegistration(administered.db, bytesToBase64url(register), now + SET_UP_MS);
  return code;
}

/** A code, and the registration token in it, which nothing is allowed with yet. */
async function newCode({ config, secret }: Administered): Promise<{ code: string; register: Bytes }> {
  const random = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  const { register } = await invitationKeys(random);
  const staticKey = base64urlToBytes(opaque.getPublicKey(secret.opaqueSetup));
  if (!staticKey.ok) throw Error("the server's key is not base64url");
  const server = await serverPrint(secret.serverId, staticKey.value);
  const code = await formatInvitationCode({ kind: "set-up", origin: config.origin, secret: random, server });
  return { code, register };
}

async function checkGroups(db: Database): Promise<string> {
  const groups = await db.selectFrom("group_state").select("g").orderBy("g").execute();
  const lines: string[] = [];
  for (const { g } of groups) {
    const found = await refold(db, g);
    if (found === "sound") continue;
    lines.push(found.what === "link" ? `${g}: link ${found.n} does not follow` : `${g}: its rows differ`);
  }
  return [`${groups.length - lines.length} of ${groups.length} groups are sound.`, ...lines].join("\n");
}
