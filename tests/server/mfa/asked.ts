import type { Asked, Begun, Kept, MfaModule, Site } from "../../../server/mfa/module.ts";
import type { Mailer } from "../../../server/mfa/notices/mailer.ts";

/** Alice, in a session of hers. */
export const ALICE: Asked = {
  user: { id: "user-of-alice", email: "alice@example.com" },
  factorId: "factor-of-alice",
  others: [],
  languages: ["zh-CN", "en"],
  sessionId: "session-of-alice",
  now: Date.now(),
};

/** A step for alice, who reads English, at a moment that is always the same, with what is said otherwise. */
export function askedWith(otherwise: Partial<Asked> = {}): Asked {
  return { ...ALICE, languages: ["en"], now: Date.UTC(2026, 10, 28, 11, 5), ...otherwise };
}

/** A server, and what it has written down. */
export function makeSite(): { readonly site: Site; readonly logged: unknown[] } {
  const logged: unknown[] = [];
  return {
    logged,
    site: {
      serverId: "server",
      origin: "https://codes.example.com",
      extensionIds: ["ajfjjlmgpdbkgjpgmadohkkehcbigbfi", "bcdefghijklmnopabcdefghijklmnopa"],
      hashKey: new Uint8Array(32).fill(7),
      mailer: null,
      log: (event, details) => logged.push({ event, ...details }),
    },
  };
}

/** A server that sends mail, or none. */
export function siteWith(mailer: Mailer | null = null): Site {
  return { ...makeSite().site, mailer };
}

/** What a step gave, where it must have given something. */
export async function mustGive(step: ReturnType<MfaModule["beginSetUp"]>): Promise<Begun> {
  const begun = await step;
  if (!begun.ok) throw Error(`refused: ${begun.error.reason}`);
  return begun.value;
}

/** Sets a factor up as far as the first question: what is kept of both. */
export async function beginFactor(
  module: MfaModule,
  asked: Asked,
): Promise<{ readonly factor: Kept; readonly challenge: Kept; readonly shown: Begun["shown"] }> {
  const { kept: factor } = await mustGive(module.beginSetUp(asked, {}));
  const { kept: challenge, shown } = await mustGive(module.beginChallenge(asked, factor));
  return { factor, challenge, shown };
}
