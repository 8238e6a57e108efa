import { EventSource } from "eventsource";

/** What goes with every request to a server: no cookie, no referrer, nothing kept, and nobody is followed elsewhere. */
const BARE = {
  credentials: "omit",
  referrerPolicy: "no-referrer",
  cache: "no-store",
  redirect: "error",
} as const;

/**
 * Hears of a server whenever a group has another head, as long as the line holds; a line that breaks is held anew by itself.
 * What an event says is not looked at: whoever hears one asks for the log, and verifies it. The token goes in a header,
 * never in an address.
 *
 * @param onNews once a group has changed, and at the beginning once for each
 * @param onEnd the line is closed for good: the session is over, or the server wants nobody to listen just now
 * @returns stops listening
 */
export function watchHeads(
  { origin, token }: { readonly origin: string; readonly token: string },
  onNews: () => void,
  onEnd: () => void,
): () => void {
  const source = new EventSource(new URL("/trpc/group.watch", origin), {
    fetch: (url, init) =>
      fetch(url, { ...init, ...BARE, headers: { ...init.headers, authorization: `Bearer ${token}` } }),
  });
  const end = () => {
    source.close();
    onEnd();
  };
  source.addEventListener("message", onNews);
  // tRPC's words for an error in the middle, and for an end.
  source.addEventListener("serialized-error", end);
  source.addEventListener("return", end);
  source.addEventListener("error", () => {
    if (source.readyState === source.CLOSED) end();
  });
  return () => source.close();
}
