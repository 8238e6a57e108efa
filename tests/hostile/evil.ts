import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { Database } from "../../server/db/open.ts";
import type { AppRouter } from "../../server/router/index.ts";
import { findSession } from "../../server/sessions/session.ts";
import { lieInNews } from "./lie-in-news.ts";

type Inputs = inferRouterInputs<AppRouter>;
type Outputs = inferRouterOutputs<AppRouter>;
type Room = "user" | "group" | "invitation" | "mfa";

/** A procedure by its path. */
export type Path = { [R in Room]: `${R}.${keyof Outputs[R] & string}` }[Room] | "hello";
type In<All, P> = P extends "hello" & keyof All
  ? All[P]
  : P extends `${infer R}.${infer Name}`
    ? R extends keyof All
      ? Name extends keyof All[R]
        ? All[R][Name]
        : never
      : never
    : never;
export type AnswerOf<P extends Path> = In<Outputs, P>;
export type InputOf<P extends Path> = In<Inputs, P>;

/** What was asked of the server, and what was answered, as it went over the wire. */
export type Exchange = {
  readonly path: string;
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly token: string | null;
  readonly input: unknown;
  answer: string;
  /** Whether the answer was a lie. */
  isLie: boolean;
};

type Lie = (answer: unknown, input: unknown, userId: string) => unknown;
type Stand = (response: ServerResponse, exchange: Exchange) => void | Promise<void>;

/**
 * A server that lies: a real one behind it, over real HTTP, and in front of it somebody who sees every request, changes
 * every answer they like, keeps requests back and sends them again later.
 */
export type Evil = {
  readonly origin: string;
  readonly exchanges: Exchange[];
  /** Changes what a procedure answers, for whoever asks or by who they are. */
  on<P extends Path>(
    path: P,
    lie: (answer: AnswerOf<P>, input: InputOf<P>, userId: string) => unknown | Promise<unknown>,
  ): void;
  /** Answers a procedure itself: the real server is not asked. */
  instead(path: Path, stand: Stand): void;
  /** Refuses as a server does, with a reason of its own. */
  refuse(path: Path, code: string, message: string): void;
  /** Sends a request that it has seen once more, to the real server. */
  replay(exchange: Exchange): Promise<number>;
  /** Lies no more. */
  reset(): void;
  close(): Promise<void>;
};

export async function beginEvil(realOrigin: string, db: Database): Promise<Evil> {
  const lies = new Map<string, Lie>();
  const stands = new Map<string, Stand>();
  const exchanges: Exchange[] = [];
  const inNews: Lie = (answer, input, userId) =>
    lieInNews({ lies, stands }, answer as AnswerOf<"group.news">, input as InputOf<"group.news">, userId);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = await readExchange(request);
    exchanges.push(exchange);
    const isNews = exchange.path === "group.news";
    const stand = stands.get(exchange.path) ?? (isNews ? stands.get("group.heads") : undefined);
    if (stand) {
      exchange.isLie = true;
      await stand(response, exchange);
      return;
    }
    const real = await forward(realOrigin, exchange);
    const lie = lies.get(exchange.path) ?? (isNews ? inNews : undefined);
    exchange.answer = real.text;
    if (lie && real.ok) {
      const json = JSON.parse(real.text);
      const session = exchange.token === null ? null : await findSession(db, exchange.token, Date.now());
      const before = JSON.stringify(json);
      json.result.data = await lie(json.result.data, exchange.input, session?.userId ?? "");
      exchange.answer = JSON.stringify(json);
      exchange.isLie = exchange.answer !== before;
    }
    response.writeHead(real.status, { "content-type": "application/json" });
    response.end(exchange.answer);
  }

  const http = createServer((request, response) => {
    handle(request, response).catch((error) => {
      response.writeHead(500);
      response.end();
      console.error(error);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    exchanges,
    on: (path, lie) => void lies.set(path, lie as Lie),
    instead: (path, stand) => void stands.set(path, stand),
    refuse(path, code, message) {
      stands.set(path, (response, exchange) => {
        exchange.answer = JSON.stringify({
          error: { message, code: -32000, data: { code, httpStatus: 400 } },
        });
        response.writeHead(400, { "content-type": "application/json" });
        response.end(exchange.answer);
      });
    },
    replay: async (exchange) => (await forward(realOrigin, exchange)).status,
    reset() {
      lies.clear();
      stands.clear();
    },
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

async function readExchange(request: IncomingMessage): Promise<Exchange> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const url = request.url ?? "";
  const { pathname, searchParams } = new URL(url, "http://localhost");
  const text = request.method === "GET" ? searchParams.get("input") : body;
  return {
    path: pathname.slice(pathname.lastIndexOf("/") + 1),
    method: request.method ?? "",
    url,
    body,
    token: /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? null,
    input: text ? JSON.parse(text) : undefined,
    answer: "",
    isLie: false,
  };
}

async function forward(origin: string, { url, method, body, token }: Exchange) {
  const response = await fetch(`${origin}${url}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(method === "POST" ? { "content-type": "application/json" } : {}),
    },
    ...(method === "POST" ? { body } : {}),
  });
  return { ok: response.ok, status: response.status, text: await response.text() };
}
