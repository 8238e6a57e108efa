import { utf8Decode } from "../../shared/bytes.ts";
import { isAnswer } from "./answers.ts";
import { ApiError } from "./api-failure.ts";

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

/** What tRPC sets of a request. */
type Asked = {
  readonly method?: string;
  readonly headers?: HeadersInit;
  readonly body?: unknown;
  readonly signal?: AbortSignal | null | undefined;
};

/**
 * Asks a server and takes its answer only if it is one of ours: JSON of the shape that its path answers in, bounded in
 * length and time. Throws ApiError, saying why not; where the caller's own signal stopped it, that.
 */
export async function boundedFetch(
  input: string | URL | Request,
  init: Asked = {},
): Promise<{ readonly ok: boolean; json(): Promise<unknown> }> {
  const url = new URL(input instanceof Request ? input.url : input);
  const late = AbortSignal.timeout(ANSWER_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, late]) : late;
  try {
    const response = await fetch(url, { ...(init as RequestInit), ...BARE, signal });
    const json = parse(await readAll(response), response);
    if (!isAnswer(url.pathname.slice(url.pathname.lastIndexOf("/") + 1), json)) throw unlike(response);
    return { ok: response.ok, json: async () => json };
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
  if (type !== "application/json" || !text.ok) throw unlike(response);
  try {
    return JSON.parse(text.value);
  } catch {
    throw unlike(response);
  }
}

/** For an answer that is none of ours. A proxy in front has its own pages for a server that is down. */
function unlike({ status }: Response): ApiError {
  if (status === 429) return new ApiError("too-often");
  return new ApiError(status >= 500 ? "failed" : "not-a-server");
}

/**
 * Whether nobody is there, or somebody who does not let the extension read what they say: a gateway's sign-in page, or
 * another site. A request of the kind that gives nothing away, not even to the page here, is answered by the latter.
 */
async function whyNoAnswer(url: URL): Promise<"offline" | "unreachable" | "not-a-server"> {
  if (!navigator.onLine) return "offline";
  try {
    const signal = AbortSignal.timeout(PROBE_MS);
    await fetch(new URL("/health", url), { ...BARE, redirect: "follow", mode: "no-cors", signal });
    return "not-a-server";
  } catch {
    return "unreachable";
  }
}
