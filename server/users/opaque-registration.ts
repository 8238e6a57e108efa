import { ready, server } from "@serenity-kit/opaque";
import type { Secret } from "../secret.ts";

/**
 * The server's part in setting a password (OPAQUE, RFC 9807 section 5): it learns nothing of it. Nothing has to be kept
 * between this and the record that comes back.
 *
 * @returns null where what was sent is no message of the protocol
 */
export async function answerRegistration(
  secret: Secret,
  loginId: string,
  registrationRequest: string,
): Promise<string | null> {
  await ready;
  try {
    return server.createRegistrationResponse({
      serverSetup: secret.opaqueSetup,
      userIdentifier: loginId,
      registrationRequest,
    }).registrationResponse;
  } catch {
    return null;
  }
}
