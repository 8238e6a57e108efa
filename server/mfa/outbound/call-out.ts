import { lookup } from "node:dns/promises";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { concatBytes, utf8, utf8Decode } from "../../../shared/bytes.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { type Allowed, isAllowed } from "./destination.ts";
import { isPublicAddress } from "./public-address.ts";

/** Somebody sits before a form meanwhile. */
const TIME_MS = 5_000;
const MOST_BYTES = 64_000;

export type Call = {
  readonly url: URL;
  readonly method: "GET" | "POST" | "PUT";
  readonly headers: Readonly<Record<string, string>>;
  /** Null: none. */
  readonly body: string | null;
  readonly allowed: Allowed;
};

export type Answer = { readonly status: number; readonly text: string };

/** Why nothing came of a call. None of it says what was sent or answered: it may stand in a log. */
export type CallFailure =
  | "name-not-found"
  /** The host is, or its name leads to, an address that is not of the public internet, and the configuration does not name it. */
  | "address-not-allowed"
  | "not-connected"
  | "too-slow"
  | "redirected"
  | "too-long"
  | "broken-off"
  | "not-text";

type Address = { readonly address: string; readonly family: number };
/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<readonly Address[]>;

const resolveByDns: Resolve = (hostname) => lookup(hostname, { all: true });

/**
 * Calls a system outside over HTTP: the only way in which a module does. Names are looked up once, and what is connected to
 * is the address that was looked at, so that a name can't lead elsewhere afterwards. Redirects are not followed, and no
 * connection is kept.
 *
 * @param call its `url` is one that parseDestination has agreed to
 * @param resolve looks names up
 */
export async function callOut(
  call: Call,
  resolve: Resolve = resolveByDns,
): Promise<Result<Answer, CallFailure>> {
  // One limit for all of it: a name that is looked up slowly, and an answer that comes byte by byte.
  const signal = AbortSignal.timeout(TIME_MS);
  const addresses = await untilAborted(signal, findAddresses(call, resolve));
  return addresses.ok ? send(call, addresses.value, signal) : addresses;
}

async function findAddresses(
  { url, allowed }: Call,
  resolve: Resolve,
): Promise<Result<readonly Address[], CallFailure>> {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const family = isIP(host);
  const addresses =
    family === 0 ? await resolve(host).catch((): readonly Address[] => []) : [{ address: host, family }];
  if (addresses.length === 0) return err("name-not-found");
  // One that leads to both sorts is not trusted with either.
  if (!isAllowed(url, allowed) && !addresses.every(({ address }) => isPublicAddress(address)))
    return err("address-not-allowed");
  return ok(addresses);
}

function send(
  { url, method, headers, body }: Call,
  addresses: readonly Address[],
  signal: AbortSignal,
): Promise<Result<Answer, CallFailure>> {
  const bytes = body === null ? null : utf8(body);
  return new Promise((done) => {
    const failed = (otherwise: CallFailure) => done(err(signal.aborted ? "too-slow" : otherwise));
    const request = (url.protocol === "https:" ? requestHttps : requestHttp)(url, {
      method,
      headers: {
        ...headers,
        "Accept-Encoding": "identity",
        ...(bytes !== null && { "Content-Length": bytes.length }),
      },
      lookup: lookupAmong(addresses),
      agent: false,
      signal,
    });
    request.on("error", () => failed("not-connected"));
    // Nobody here speaks another protocol.
    request.on("upgrade", (_response, socket) => {
      socket.destroy();
      failed("broken-off");
    });
    request.on("response", async (response) => {
      const { statusCode: status = 0 } = response;
      try {
        if (status >= 300 && status < 400) return failed("redirected");
        const chunks: Uint8Array[] = [];
        let length = 0;
        for await (const chunk of response) {
          length += chunk.length;
          if (length > MOST_BYTES) return failed("too-long");
          chunks.push(chunk);
        }
        const text = utf8Decode(concatBytes(...chunks));
        done(text.ok ? ok({ status, text: text.value }) : err("not-text"));
      } catch {
        failed("broken-off");
      } finally {
        request.destroy();
      }
    });
    request.end(bytes);
  });
}

/** What a connection asks for the addresses of its name: those that were looked at, and no others. */
function lookupAmong(addresses: readonly Address[]): LookupFunction {
  return (_hostname, { all }, callback) => {
    const [first = { address: "", family: 4 }] = addresses;
    if (all) callback(null, [...addresses]);
    else callback(null, first.address, first.family);
  };
}

function untilAborted<T>(
  signal: AbortSignal,
  wanted: Promise<Result<T, CallFailure>>,
): Promise<Result<T, CallFailure>> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => resolve(err("too-slow")), { once: true });
    wanted.then(resolve, reject);
  });
}
