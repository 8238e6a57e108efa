import { utf8Decode } from "../../shared/bytes.ts";
import { ApiError, type ApiFailure } from "./api-failure.ts";

/** The longest answer there is, a page of a group's log, has less. */
const MOST_BYTES = 8 * 1024 * 1024;
/** As long as the server works at a request. */
const ANSWER_MS = 30_000;
const PROBE_MS = 10_000;

/** No cookie, no referrer, nothing kept, and nobody is followed to another address. */
const BARE = {
  credentials: "omit",
  referrerPolicy: "no-referrer",
  cache: "no-store",
  redirect: "manual",
} as const;

/**
 * Asks a server for JSON, bounded in length and time. Throws ApiError, saying why there is none; where the caller's own
 * signal stopped it, that.
 */
export async function fetchJson(
  url: URL,
  init: RequestInit,
): Promise<{ readonly status: number; readonly json: unknown }> {
  const late = AbortSignal.timeout(ANSWER_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, late]) : late;
  try {
    const response = await fetch(url, { ...init, ...BARE, signal });
    return { status: response.status, json: parse(await readAll(response), response) };
  } catch (error) {
    if (error instanceof ApiError || init.signal?.aborted) throw error;
    if (late.aborted) throw new ApiError("timeout");
    // What fetch itself throws; anything else is a bug of ours.
    if (!(error instanceof TypeError)) throw error;
    throw new ApiError(await whyNoAnswer(url));
  }
}

async function readAll(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > MOST_BYTES) {
      await reader.cancel();
      throw new ApiError("too-large");
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function parse(bytes: Uint8Array, response: Response): unknown {
  const type = response.headers.get("content-type")?.split(";")[0]?.trim();
  const text = utf8Decode(bytes);
  if (type !== "application/json" || !text.ok) throw unlike(response.status);
  try {
    return JSON.parse(text.value);
  } catch {
    throw unlike(response.status);
  }
}

/** For an answer that is none of ours. A proxy in front has its own pages for a server that is down. */
export function unlike(status: number): ApiError {
  if (status === 429) return new ApiError("too-often");
  return new ApiError(status >= 500 ? "failed" : "not-a-server");
}

/**
 * Why the browser gave no answer. Where the server is there ("failed"), the connection broke. Else somebody may answer who
 * does not let the extension read what they say, a gateway's sign-in page or another site: a request of the kind that
 * gives nothing away, not even to the page here, is answered then.
 */
async function whyNoAnswer(url: URL): Promise<ApiFailure> {
  if (!navigator.onLine) return "offline";
  const health = new URL("/health", url);
  const signal = AbortSignal.timeout(PROBE_MS);
  const isOurs = () =>
    fetch(health, { ...BARE, signal }).then(
      ({ ok }) => ok,
      () => false,
    );
  if (await isOurs()) return "failed";
  try {
    await fetch(health, { ...BARE, redirect: "follow", mode: "no-cors", signal });
  } catch {
    return "unreachable";
  }
  // Asked twice: over a line that breaks now and then one of two answers comes as well.
  return (await isOurs()) ? "failed" : "not-a-server";
}
