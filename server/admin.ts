import { server as opaque } from "@serenity-kit/opaque";
import { base64urlToBytes, bytesToBase64url } from "../shared/bytes.ts";
import { invitationKeys } from "../shared/group/invitation.ts";
import { formatInvitationCode, SECRET_BYTES, serverPrint } from "../shared/group/invitation-code.ts";
import type { Config } from "./config.ts";
import type { Database } from "./db/open.ts";
import { refold } from "./groups/refold.ts";
import type { Secret } from "./secret.ts";
import { allowRegistration } from "./users/register.ts";

/** Used by whoever has just asked for it. */
const SET_UP_MS = 60 * 60_000;

type Administered = { readonly db: Database; readonly config: Config; readonly secret: Secret };

/** What an administrator can have done, by the word they type after `admin`. Each says what it found. */
export const ADMIN_COMMANDS: Readonly<
  Record<string, { readonly does: string; readonly run: (administered: Administered) => Promise<string> }>
> = {
  "set-up-code": {
    does: "a code that registers one user, good for an hour",
    run: async (administered) => setUpCode(administered, Date.now()),
  },
  check: {
    does: "verifies every group's log from its first link, and that the rows say what the log says",
    run: ({ db }) => checkGroups(db),
  },
};

/** Lets its holder register as a user: of the same form as an invitation's code. */
export async function setUpCode({ db, config, secret }: Administered, now: number): Promise<string> {
  const code = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  const { register } = await invitationKeys(code);
  await allowRegistration(db, bytesToBase64url(register), now + SET_UP_MS);
  const staticKey = base64urlToBytes(opaque.getPublicKey(secret.opaqueSetup));
  if (!staticKey.ok) throw Error("the server's key is not base64url");
  const server = await serverPrint(secret.serverId, staticKey.value);
  return formatInvitationCode({ kind: "set-up", origin: config.origin, secret: code, server });
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
