import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import type { AppRouter } from "../../server/router/index.ts";
import { isServerOrigin } from "../../shared/group/invitation-code.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { ApiError, type AskFailure } from "./api-failure.ts";
import { boundedFetch } from "./bounded-fetch.ts";

export type Api = ReturnType<typeof createTRPCClient<AppRouter>>;

/**
 * Speaks to a server. Nothing is sent before a call.
 *
 * @param origin as a code names it: https, or http on this computer alone
 * @param token of the session; null: for what anybody may ask
 */
export function apiOf(origin: string, token: string | null): Api {
  if (!isServerOrigin(origin)) throw Error("not the origin of a server");
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${origin}/trpc`, headers, fetch: boundedFetch })],
  });
}

/** Waits for a call. What the server refused keeps its reason; a bug throws. */
export async function ask<T>(call: Promise<T>): Promise<Result<T, AskFailure>> {
  try {
    return ok(await call);
  } catch (error) {
    if (!(error instanceof TRPCClientError)) throw error;
    if (error.cause instanceof ApiError) return err(error.cause.failure);
    if (error.shape === undefined) throw error;
    return err(whyRefused(String((error.data as { code?: unknown } | undefined)?.code), error.message));
  }
}

/** @param reason ours where it is in lower case; else tRPC's own name for what is wrong, and the server gave none */
function whyRefused(code: string, reason: string): AskFailure {
  if (code === "UNAUTHORIZED" && reason === code) return "signed-out";
  if (code === "TOO_MANY_REQUESTS") return "too-often";
  if (code === "INTERNAL_SERVER_ERROR") return "failed";
  if (reason === "sign-in-again") return "sign-in-again";
  // Nothing else that a server says is shown or compared with.
  return { refused: /^[a-z-]{1,40}$/.test(reason) ? reason : code === "NOT_FOUND" ? "not-found" : "unknown" };
}
