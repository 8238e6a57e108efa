import { validateHeaderName, validateHeaderValue } from "node:http";
import * as z from "zod/mini";
import { parseDestination } from "../../outbound/destination.ts";
import { secretText } from "../../outbound/secret-text.ts";
import { type Blanks, escapeFor, fillTemplate, unknownBlanks } from "./template.ts";

const EXAMPLE: Blanks = { to: "+15555550100", number: "15555550100", code: "012345", minutes: "10" };
/** Those that the call itself says. */
const OWN_HEADERS = new Set(["host", "content-length", "transfer-encoding", "connection", "accept-encoding"]);

const shape = z.strictObject({
  method: z._default(z.enum(["POST", "PUT", "GET"]), "POST"),
  url: z.string(),
  headers: z._default(z.record(z.string(), secretText), {}),
  body: z._default(z.nullable(z.string()), null),
  sentWhen: z._default(
    z.nullable(
      z.strictObject({
        field: z.string().check(z.minLength(1)),
        is: z.array(z.string()).check(z.minLength(1)),
      }),
    ),
    null,
  ),
  allow: z._default(z.array(z.string()), []),
});

/**
 * How a gateway for text messages is called: `url` and `body` are templates; how what is filled into the body is written its
 * Content-Type says. `sentWhen`: for gateways that answer 200 whatever comes of it, the field of their JSON (with dots: a
 * field in a field) and what is in it when the message went. `allow`: hosts of one's own network.
 */
export type SmsSettings = z.infer<typeof shape>;

export const smsSettings: z.ZodMiniType<SmsSettings> = shape.check(({ value, issues }) => {
  for (const [at, message] of mistakes(value))
    issues.push({ code: "custom", message, path: at, input: null });
});

function mistakes({ method, url, headers, body, allow }: SmsSettings): [string[], string][] {
  const found: [string[], string][] = [];
  for (const [name, template] of [
    ["url", url],
    ["body", body ?? ""],
  ] as const)
    for (const blank of unknownBlanks(template))
      found.push([
        [name],
        `there is nothing to fill in for {${blank}}; there are {to}, {number}, {code}, {minutes}`,
      ]);
  // Nothing that is filled in may say where the call goes.
  if (!/^https?:\/\/[^/?#{}]+(?=[/?#]|$)/i.test(url))
    found.push([["url"], "it must begin with https:// and a host, and braces may only stand behind that"]);
  else {
    const destination = parseDestination(fillTemplate(url, EXAMPLE, "url"), allow);
    if (!destination.ok) found.push([["url"], destination.error]);
  }
  for (const [name, value] of Object.entries(headers)) {
    const why = headerMistake(name, value);
    if (why !== null) found.push([["headers", name], why]);
  }
  if (method === "GET" && body !== null) found.push([["body"], "a GET has none"]);
  if (body !== null) found.push(...bodyMistakes(body, contentTypeOf(headers)));
  if (![url, body ?? ""].some((template) => template.includes("{code}")))
    found.push([["body"], "neither url nor body says {code}"]);
  return found;
}

function bodyMistakes(body: string, contentType: string): [string[], string][] {
  const how = escapeFor(contentType);
  if (how === null)
    return [
      [
        ["headers"],
        "Content-Type must say what the body is: application/json, application/x-www-form-urlencoded, application/xml, text/xml or text/plain",
      ],
    ];
  if (how === "json" && !isJson(fillTemplate(body, EXAMPLE, "json")))
    return [
      [["body"], 'it is no JSON once it is filled in: {to} and the like stand between quotes, as "{to}"'],
    ];
  return [];
}

/** What the headers say that the body is; empty: nothing. */
export function contentTypeOf(headers: SmsSettings["headers"]): string {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
}

function headerMistake(name: string, value: string): string | null {
  if (OWN_HEADERS.has(name.toLowerCase())) return "the call says that itself";
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return null;
  } catch {
    // Node's own words would show the value.
    return "it is no header of HTTP";
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
