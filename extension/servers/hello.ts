import * as z from "zod/mini";
import { base64urlToBytes, equalBytes } from "../../shared/bytes.ts";
import { type InvitationCode, serverPrint } from "../../shared/group/invitation-code.ts";
import { PROTOCOL } from "../../shared/protocol.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { apiOf, ask } from "./api.ts";
import type { AskFailure } from "./api-failure.ts";

/** What a server is known by. */
export type ServerIdentity = { readonly serverId: string; readonly staticKey: string };

const helloSchema = z.object({
  serverId: z.string().check(z.minLength(1), z.maxLength(64)),
  staticKey: z.string().check(z.minLength(1), z.maxLength(128)),
});

/** Asks a server who it is. Nothing is sent but the question. */
export async function greet(origin: string): Promise<Result<ServerIdentity, AskFailure>> {
  const hello = await ask(apiOf(origin, null).hello.query());
  if (!hello.ok) {
    // The one procedure that every server has: whoever refuses it is none.
    return typeof hello.error === "object" ? err("not-a-server") : hello;
  }
  // The compiler knows this version's answer alone.
  const protocol: number = hello.value.protocol;
  if (protocol !== PROTOCOL) return err(protocol < PROTOCOL ? "server-too-old" : "server-too-new");
  const identity = helloSchema.safeParse(hello.value);
  return identity.success ? ok(identity.data) : err("not-a-server");
}

/** The same, and whether it is the server that a code names. */
export async function greetServerOf(
  code: Pick<InvitationCode, "origin" | "server">,
): Promise<Result<ServerIdentity, AskFailure>> {
  const identity = await greet(code.origin);
  if (!identity.ok) return identity;
  const key = base64urlToBytes(identity.value.staticKey);
  if (!key.ok) return err("not-a-server");
  const print = await serverPrint(identity.value.serverId, key.value);
  return equalBytes(print, code.server) ? identity : err("another-server");
}
