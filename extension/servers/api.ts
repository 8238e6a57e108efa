import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "../../server/router/index.ts";
import { isServerOrigin } from "../../shared/group/invitation-code.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { readAnswer } from "./answers.ts";
import { ApiError, type AskFailure, lackNamed } from "./api-failure.ts";
import { fetchJson, unlike } from "./bounded-fetch.ts";

/** The procedures of a server, as its own types have them: `api.user.sessions.query()`. */
export type Api = TRPCClient<AppRouter>;

/**
 * Speaks to a server. Nothing is sent before a call.
 *
 * tRPC's own client would bring WebSockets along, and takes any answer for what its type says
 * (docs/decisions/0018); of what it does, this is all that is needed.
 *
 * @param origin as a code names it: https, or http on this computer alone
 * @param token of the session; null: for what anybody may ask
 * @param nextToken the session's token by now, where one was refused and it has another; else null. With it the same is asked
 *   once more: whoever was refused for their token had nothing done
 */
export function apiOf(
  origin: string,
  token: string | null,
  nextToken: (refused: string) => Promise<string | null> = async () => null,
): Api {
  if (!isServerOrigin(origin)) throw Error("not the origin of a server");
  let latest = token;
  return procedureAt([], async (path, kind, input, signal) => {
    const asked = { origin, path, kind, input, signal };
    const used = latest;
    try {
      return await call({ ...asked, token: used });
    } catch (error) {
      if (used === null || !(error instanceof ApiError) || error.failure !== "signed-out") throw error;
      const next = await nextToken(used);
      if (next === null) throw error;
      latest = next;
      return call({ ...asked, token: next });
    }
  }) as Api;
}

/** Waits for a call. What the server refused keeps its reason; a bug throws. */
export async function ask<T>(called: Promise<T>): Promise<Result<T, AskFailure>> {
  try {
    return ok(await called);
  } catch (error) {
    if (error instanceof ApiError) return err(error.failure);
    throw error;
  }
}

type Send = (path: string, kind: string, input: unknown, signal: AbortSignal | undefined) => Promise<unknown>;

/** Each name that is read leads one step on; the last one says how it is called. */
function procedureAt(names: readonly string[], send: Send): unknown {
  return new Proxy(() => {}, {
    // "then" would make it look like a promise to whoever awaits it.
    get: (_, name) =>
      typeof name === "string" && name !== "then" ? procedureAt([...names, name], send) : undefined,
    apply: (_, __, [input, options]: [unknown, { signal?: AbortSignal }?]) =>
      send(names.slice(0, -1).join("."), names.at(-1) ?? "", input, options?.signal),
  });
}

/** tRPC over HTTP: a query is a GET with its input in the address, a mutation a POST. */
async function call(asked: {
  readonly origin: string;
  readonly token: string | null;
  readonly path: string;
  readonly kind: string;
  readonly input: unknown;
  readonly signal: AbortSignal | undefined;
}): Promise<unknown> {
  const { token, path, kind, input } = asked;
  if (kind !== "query" && kind !== "mutate") throw Error(`${path} can't be called by ${kind}`);
  const url = new URL(`/trpc/${path}`, asked.origin);
  const json = JSON.stringify(input);
  if (kind === "query" && json !== undefined) url.searchParams.set("input", json);
  const headers = new Headers();
  if (token !== null) headers.set("authorization", `Bearer ${token}`);
  if (kind === "mutate") headers.set("content-type", "application/json");
  const body = kind === "mutate" ? { method: "POST", body: json ?? null } : {};
  const answered = await fetchJson(url, { ...body, headers, signal: asked.signal ?? null });
  const answer = readAnswer(path, answered.json);
  if (answer === null) throw unlike(answered.status);
  if ("data" in answer) return answer.data;
  throw new ApiError(whyRefused(answer.code, answer.message));
}

/** @param reason ours where it is in lower case; else tRPC's own name for what is wrong, and the server gave none */
function whyRefused(code: string, reason: string): AskFailure {
  if (code === "UNAUTHORIZED" && reason === code) return "signed-out";
  if (code === "TOO_MANY_REQUESTS") return "too-often";
  if (code === "INTERNAL_SERVER_ERROR") return "failed";
  const lack = lackNamed(reason);
  if (lack !== undefined) return lack;
  // Nothing else that a server says is shown or compared with.
  return { refused: /^[a-z-]{1,40}$/.test(reason) ? reason : code === "NOT_FOUND" ? "not-found" : "unknown" };
}
