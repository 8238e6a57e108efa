import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Accounts, type Verdict } from "./accounts.ts";
import { HASHES, toBase32 } from "./expected-code.ts";
import { readJson } from "./read-json.ts";

/**
 * A process of its own that keeps the enrolled secrets and says "accepted" or "refused", by the real clock. It speaks
 * JSON over HTTP on loopback, prints its port as its first line, and ends when its standard input does.
 *
 *   POST /enrol  {account, type, algorithm, digits, period, counter}  ->  {secret}   (base32)
 *   POST /verify {account, code, code2?}                              ->  {accepted, why?}
 */
type Question = Readonly<Record<string, unknown>>;

/** RFC 4226 section 4, R6: 160 bits are recommended. */
const SECRET_BYTES = 20;

const accounts = new Accounts();

const server = createServer(async (request, response) => {
  try {
    const question = await readJson(request);
    const answer = request.url === "/enrol" ? enrol(question) : verify(question);
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  } catch (error) {
    response.writeHead(400).end(String(error));
  }
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
process.stdin.resume().on("end", () => process.exit(0));

function enrol(question: Question): { secret: string } {
  const { account, type, algorithm, digits, period, counter } = question;
  if (type !== "totp" && type !== "hotp" && type !== "steam") throw Error("unknown type");
  if (typeof algorithm !== "string" || !isAlgorithm(algorithm)) throw Error("unknown algorithm");
  const secret = randomBytes(SECRET_BYTES);
  accounts.enrol(String(account), {
    type,
    secret,
    algorithm,
    digits: atLeast(digits, 1),
    period: atLeast(period, 1),
    counter: atLeast(counter, 0),
  });
  return { secret: toBase32(secret) };
}

function verify({ account, code, code2 }: Question): Verdict {
  const now = Date.now();
  if (code2 === undefined) return accounts.verify(String(account), String(code), now);
  return accounts.verifyTwo(String(account), String(code), String(code2), now);
}

function isAlgorithm(name: string): name is keyof typeof HASHES {
  return Object.hasOwn(HASHES, name);
}

function atLeast(value: unknown, least: number): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least)
    throw Error("not a usable number");
  return value;
}
