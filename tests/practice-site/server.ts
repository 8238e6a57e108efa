import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { readAsset } from "./assets.ts";
import { enrol, type ShownEnrolment } from "./enrolment.ts";
import {
  consecutiveCodesPage,
  ENROLMENT_VARIANTS,
  enrolmentPage,
  framedCodePage,
  otherCodePage,
  pngFile,
} from "./enrolment-pages.ts";
import { type Html, html } from "./html.ts";
import { indexPage } from "./index-page.ts";
import { readJson } from "./read-json.ts";
import { SIGN_IN_VARIANTS, signInPage } from "./sign-in-pages.ts";
import { startVerifier, type Verifier } from "./start-verifier.ts";
import { answerSystem } from "./systems/answer.ts";
import { playSystems } from "./systems/index.ts";

export type PracticeSite = {
  /** The site, e.g. "http://127.0.0.1:4321". */
  readonly origin: string;
  /** The same site as another one: cross-origin pictures and frames come from here. */
  readonly otherOrigin: string;
  readonly verifier: Verifier;
  /**
   * What was enrolled last for an account, as its page showed it; undefined before. At a system an account goes by both
   * names, e.g. "supabase/alice@example.com".
   */
  enrolmentOf(account: string): ShownEnrolment | undefined;
  close(): Promise<void>;
};

const FAVICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#1d6fe0"/></svg>';

type Answer = { readonly type: string; readonly body: string | Buffer; readonly status?: number };

/**
 * Starts the practice site on 127.0.0.1, with its verifier as a process of its own.
 *
 * @param port of the site itself; any free one by default
 */
export async function startPracticeSite(port = 0): Promise<PracticeSite> {
  const verifier = await startVerifier();
  const enrolmentsByAccount = new Map<string, ShownEnrolment>();
  const textsByToken = new Map<string, string>();
  let otherOrigin = "";

  const keep = (text: string): string => {
    const token = randomUUID();
    textsByToken.set(token, text);
    return token;
  };

  const enrolAs = async (query: URLSearchParams): Promise<ShownEnrolment> => {
    const enrolment = await enrol(verifier, query);
    enrolmentsByAccount.set(enrolment.account, enrolment);
    return enrolment;
  };

  const enrolmentAnswer = async (id: string, query: URLSearchParams): Promise<Html | null> => {
    const show = async (uri: string, variant = "png"): Promise<Html> =>
      (await ENROLMENT_VARIANTS[variant]?.show(uri, { keep, otherOrigin })) ?? html``;
    switch (id) {
      case "two-codes": {
        const first = await enrolAs(query);
        const account = query.get("account2") ?? "bob@example.com";
        const second = await enrolAs(new URLSearchParams([...withoutAccount(query), ["account", account]]));
        return enrolmentPage(
          "Two codes on one page",
          first,
          html`${await show(first.uri)}${await show(second.uri)}`,
        );
      }
      case "consecutive": {
        const enrolment = await enrolAs(query);
        return consecutiveCodesPage(enrolment, await show(enrolment.uri));
      }
      case "link-code":
        return otherCodePage("Get our app", "https://www.example.com/app");
      case "other-app":
        return otherCodePage(
          "Set up sign-in by phone",
          "phonefactor://activate_account?code=123456789&url=https://example.com",
        );
      case "no-code":
        return otherCodePage("Nothing to scan", null);
    }
    const variant = Object.hasOwn(ENROLMENT_VARIANTS, id) ? ENROLMENT_VARIANTS[id] : undefined;
    if (variant === undefined) return null;
    const enrolment = await enrolAs(query);
    return enrolmentPage(variant.title, enrolment, await show(enrolment.uri, id));
  };

  const systems = playSystems({
    now: Date.now,
    host: () => `127.0.0.1:${portOf(site)}`,
    newSecret: async () => {
      const name = randomUUID();
      const usual = { type: "totp", algorithm: "SHA1", digits: 6, period: 30, counter: 0 };
      return { name, secret: await verifier.enrol({ account: name, ...usual }) };
    },
    verify: (name, code) => verifier.verify(name, code),
    shown: (account, enrolment) => enrolmentsByAccount.set(account, enrolment),
  });

  const answer = async (request: IncomingMessage): Promise<Answer | null> => {
    const url = new URL(request.url ?? "/", "http://practice-site");
    const [, kind = "", name = ""] = url.pathname.split("/");
    if (kind === "systems") return answerSystem(systems, request, url);
    if (request.method === "POST")
      return url.pathname === "/api/verify" ? verifyAnswer(verifier, request) : null;
    if (url.pathname === "/") return page(indexPage(systems));
    if (url.pathname === "/favicon.ico") return { type: "image/svg+xml", body: FAVICON };
    switch (kind) {
      case "assets": {
        const body = await readAsset(name);
        return body === null ? null : { type: name.endsWith(".css") ? "text/css" : "text/javascript", body };
      }
      case "enroll": {
        const body = await enrolmentAnswer(name, url.searchParams);
        return body && page(body);
      }
      case "qr": {
        const text = textsByToken.get(name.replace(/\.png$/, ""));
        return text === undefined ? null : { type: "image/png", body: await pngFile(text) };
      }
      case "qr-frame": {
        const text = textsByToken.get(name);
        return text === undefined ? null : page(await framedCodePage(text));
      }
      case "sign-in": {
        const variant = Object.hasOwn(SIGN_IN_VARIANTS, name) ? SIGN_IN_VARIANTS[name] : undefined;
        const account = url.searchParams.get("account") ?? "alice@example.com";
        const framed = url.searchParams.has("framed") ? "framed" : null;
        return variant === undefined ? null : page(signInPage(variant, { account, otherOrigin, framed }));
      }
    }
    return null;
  };

  const site = serve(answer, () => otherOrigin);
  const other = serve(answer, () => otherOrigin);
  await listen(site, port);
  await listen(other, 0);
  otherOrigin = `http://localhost:${portOf(other)}`;

  return {
    origin: `http://127.0.0.1:${portOf(site)}`,
    otherOrigin,
    verifier,
    enrolmentOf: (account) => enrolmentsByAccount.get(account),
    async close() {
      await Promise.all([end(site), end(other), verifier.stop()]);
    },
  };
}

function serve(
  answer: (request: IncomingMessage) => Promise<Answer | null>,
  otherOrigin: () => string,
): Server {
  return createServer(async (request, response) => {
    try {
      const given = await answer(request);
      if (given === null) return void response.writeHead(404).end();
      const headers = {
        "content-type": `${given.type}; charset=utf-8`,
        "cache-control": "no-store",
        // As strict as careful sites are: what works here works without the page's help.
        "content-security-policy": `default-src 'self'; img-src 'self' data: ${otherOrigin()}; style-src 'self' 'unsafe-inline'; frame-src 'self' ${otherOrigin()}`,
      };
      response.writeHead(given.status ?? 200, headers).end(given.body);
    } catch (error) {
      response.writeHead(400, { "content-type": "text/plain" }).end(String(error));
    }
  });
}

async function verifyAnswer(verifier: Verifier, request: IncomingMessage): Promise<Answer> {
  const { account, code, code2 } = (await readJson(request)) as Record<string, string>;
  const verdict = await verifier.verify(account ?? "", code ?? "", code2);
  return { type: "application/json", body: JSON.stringify(verdict) };
}

function page(body: Html): Answer {
  return { type: "text/html", body: body.html };
}

function withoutAccount(query: URLSearchParams): [string, string][] {
  return [...query].filter(([name]) => name !== "account");
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

function portOf(server: Server): number {
  // listen() on a host and a port always gives an AddressInfo.
  return (server.address() as AddressInfo).port;
}

function end(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
