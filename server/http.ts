import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import type { Config } from "./config.ts";
import { callerOf } from "./context.ts";
import type { Database } from "./db/open.ts";
import type { Bus } from "./events/bus.ts";
import type { Log } from "./log.ts";
import type { Mfa } from "./mfa/mfa.ts";
import { appRouter } from "./router/index.ts";
import type { Secret } from "./secret.ts";

/** Room for a rotation's list in base64url, the longest that is sent. */
const MOST_BODY_BYTES = 1_500_000;
const REQUEST_MS = 30_000;

/** Said with every answer: it is for extensions alone, nothing of it is kept, and nothing of it is a page. */
const HEADERS = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Strict-Transport-Security": "max-age=63072000",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
} as const;

/** The server's one door. It does not listen yet. */
export function createHttpServer(
  {
    config,
    ...shared
  }: {
    readonly config: Config;
    readonly db: Database;
    readonly bus: Bus;
    readonly secret: Secret;
    readonly mfa: Mfa;
  },
  log: Log,
): Server {
  const handle = createHTTPHandler({
    router: appRouter,
    basePath: "/trpc/",
    allowMethodOverride: false,
    allowBatching: false,
    maxBodySize: MOST_BODY_BYTES,
    createContext: ({ req }) => ({ ...shared, config, now: Date.now(), ...callerOf(req, config) }),
    // tRPC lets a stream be kept, if it is asked for again each time.
    responseMeta: ({ type }) => (type === "subscription" ? { headers: { "Cache-Control": "no-store" } } : {}),
    onError({ error, path }) {
      // What was refused is the caller's business; what broke is ours. Neither input nor token is written down.
      if (error.code === "INTERNAL_SERVER_ERROR")
        log("failed", { path: path ?? "", error: String(error.cause ?? error) });
    },
  });
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const { origin } = request.headers;
    if (origin !== undefined && !isExtension(origin, config)) return end(response, 403);
    if (origin !== undefined) {
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("Vary", "Origin");
      response.setHeader("Access-Control-Allow-Headers", "authorization, content-type, last-event-id");
      response.setHeader("Access-Control-Max-Age", "600");
    }
    if (request.method === "OPTIONS") return end(response, 204);
    const path = (request.url ?? "").split("?")[0] ?? "";
    if (path === "/health") return void health(shared.db, response);
    if (!path.startsWith("/trpc/")) return end(response, 404);
    void handle(request, response);
  };
  const server =
    config.tls === null
      ? createServer(answer)
      : createTlsServer(
          { key: readFileSync(config.tls.keyFile), cert: readFileSync(config.tls.certificateFile) },
          answer,
        );
  server.requestTimeout = REQUEST_MS;
  server.headersTimeout = REQUEST_MS;
  return server;
}

/** Firefox gives the extension another origin in each profile. A page has no business here: it could only hold a stolen token. */
function isExtension(origin: string, { extensionIds }: Config): boolean {
  if (/^moz-extension:\/\/[0-9a-f-]{36}$/.test(origin)) return true;
  return extensionIds.some((id) => origin === `chrome-extension://${id}`);
}

async function health(db: Database, response: ServerResponse): Promise<void> {
  try {
    await db.selectFrom("group_state").select("g").limit(1).execute();
    response.setHeader("Content-Type", "application/json");
    response.end('{"status":"ok"}');
  } catch {
    end(response, 503);
  }
}

function end(response: ServerResponse, status: number): void {
  response.statusCode = status;
  response.end();
}
