import type { IncomingMessage } from "node:http";
import type { Html } from "../html.ts";
import { readJson } from "../read-json.ts";
import type { System } from "./system.ts";

type Answer = { readonly type: string; readonly body: string; readonly status?: number };

/** Answers what is asked below /systems/: a page of one of them, or a request that such a page makes. */
export async function answerSystem(
  systems: ReadonlyMap<string, System>,
  request: IncomingMessage,
  url: URL,
): Promise<Answer | null> {
  const [, , id = "", ...rest] = url.pathname.split("/");
  const system = systems.get(id);
  if (system === undefined) return null;
  const path = rest.join("/");
  const method = request.method ?? "GET";
  if (method === "GET")
    return Object.hasOwn(system.pages, path) ? htmlAnswer(system.page(path, url.searchParams)) : null;
  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const reply = await system.call({ method, path, body: await readJson(request), bearer });
  return reply && { type: "application/json", body: JSON.stringify(reply.json), status: reply.status };
}

function htmlAnswer({ html }: Html): Answer {
  return { type: "text/html", body: html };
}
