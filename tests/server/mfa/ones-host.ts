import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { makeSmsProvider, type PluginFunction, type PluginResponse } from "./ones-sms-provider.ts";

/**
 * A host for a provider that was written to ONES' functions: each is called with the request's body and awaited, and what it
 * resolves to becomes the answer, status and body. It checks who calls, as docs/mfa-providers.md says, by code of its own.
 * Run as a process: `node ones-host.ts SECRET`.
 */
const [secret = "", layout = "desktop"] = process.argv.slice(2);
let provider = makeSmsProvider({ isPhoneLayout: layout === "h5" });
/** How far its clock is ahead, for tests that move the server's. */
let aheadMs = 0;
/** Bodies of all calls, for the tests. */
const calls: { readonly name: string; readonly body: unknown }[] = [];

const server = createServer(async (request, response) => {
  const name = (request.url ?? "").slice(1);
  if (name === "calls") return void response.end(JSON.stringify(calls));
  if (name === "forget") {
    provider = makeSmsProvider({ isPhoneLayout: layout === "h5" });
    return void response.end("{}");
  }
  if (name.startsWith("ahead/")) {
    aheadMs = Number(name.slice("ahead/".length));
    return void response.end("{}");
  }
  if (name === "messages") return void response.end(JSON.stringify(provider.messages));
  const text = await textOf(request);
  const answer = isSigned(request, text) ? await call(name, JSON.parse(text)) : UNSIGNED;
  response.statusCode = answer.statusCode;
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify(answer.body));
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));

const UNSIGNED: PluginResponse = {
  statusCode: 401,
  body: { code: 401, errcode: "Unsigned", model: "Host", reason: "The call is not signed.", type: "Auth" },
};

const NO_FUNCTION: PluginResponse = {
  statusCode: 404,
  body: { code: 404, errcode: "NoFunction", model: "Host", reason: "There is no such.", type: "NotFound" },
};

async function call(name: string, body: Record<string, unknown>): Promise<PluginResponse> {
  calls.push({ name, body });
  const functions: Readonly<Record<string, PluginFunction>> = provider.functions;
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  return (await known?.(body)) ?? NO_FUNCTION;
}

function isSigned({ headers, method = "", url = "" }: IncomingMessage, text: string): boolean {
  const timestamp = String(headers["countersign-timestamp"]);
  if (!(Math.abs((Date.now() + aheadMs) / 1_000 - Number(timestamp)) < 300)) return false;
  const mac = createHmac("sha256", secret);
  mac.update(`v1\n${timestamp}\n${method}\n${url}\n${text}`);
  const wanted = Buffer.from(`v1=${mac.digest("hex")}`);
  const given = Buffer.from(String(headers["countersign-signature"]));
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}
