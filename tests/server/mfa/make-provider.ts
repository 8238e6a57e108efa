import type { MfaModule } from "../../../server/mfa/module.ts";
import { providerKind } from "../../../server/mfa/modules/provider.ts";
import { makeSite } from "./asked.ts";

/** What the host and the server know of each other. */
export const SECRET = "what the host and the server know of each other";

/** A provider at that address, with what is said otherwise of it, and what the server has logged of it. */
export function makeProvider(
  url: string,
  more: object = {},
): { readonly provider: MfaModule; readonly logged: unknown[] } {
  const { site, logged } = makeSite();
  const settings = {
    url,
    secret: SECRET,
    sendsCodes: true,
    externalId: "email",
    allow: ["127.0.0.1"],
    ...more,
  };
  return { provider: providerKind.make(providerKind.settings.parse(settings), site), logged };
}
