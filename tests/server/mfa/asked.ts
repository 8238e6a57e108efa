import type { Asked, Site } from "../../../server/mfa/module.ts";

/** Alice, in a session of hers. */
export const ALICE: Asked = {
  user: { id: "user-of-alice", email: "alice@example.com" },
  factorId: "factor-of-alice",
  languages: ["zh-CN", "en"],
  sessionId: "session-of-alice",
  now: Date.now(),
};

/** A server, and what it has written down. */
export function makeSite(): { readonly site: Site; readonly logged: unknown[] } {
  const logged: unknown[] = [];
  return {
    logged,
    site: {
      serverId: "server",
      origin: "https://codes.example.com",
      extensionIds: [],
      hashKey: new Uint8Array(32).fill(7),
      log: (event, details) => logged.push({ event, ...details }),
    },
  };
}
