import type { IncomingMessage } from "node:http";

/** The JSON object that a request carries; throws where it carries anything else. */
export async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const value: unknown = JSON.parse(Buffer.concat(chunks).toString());
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw Error("not an object");
  return value as Readonly<Record<string, unknown>>;
}
