/** One event of a stream (the HTML standard's server-sent events). */
export type StreamEvent = { readonly event: string; readonly data: unknown; readonly id: string | null };

export type EventStream = {
  readonly response: Response;
  /** The next one that is no ping; null once the stream is over. */
  next(): Promise<StreamEvent | null>;
  /** Breaks the connection, as a network does. */
  cut(): void;
};

/** Opens a stream as a device does: by fetch, so that the token goes in a header. */
export async function openStream(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventStream> {
  const abort = new AbortController();
  const response = await fetch(url, {
    headers: { accept: "text/event-stream", ...headers },
    signal: abort.signal,
  });
  const events = parse(response.body ?? new ReadableStream());
  return {
    response,
    async next() {
      for (;;) {
        const { value, done } = await events.next();
        if (done) return null;
        if (value.event !== "ping") return value;
      }
    },
    cut: () => abort.abort(),
  };
}

async function* parse(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<StreamEvent, void> {
  let text = "";
  try {
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const lines = text.slice(0, end).split("\n");
        text = text.slice(end + 2);
        const field = (name: string) =>
          lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
        const data = field("data");
        if (data === undefined && field("event") === undefined) continue;
        yield {
          event: field("event") ?? "message",
          data: data ? JSON.parse(data) : null,
          id: field("id") ?? null,
        };
      }
    }
  } catch {
    // Cut off: the stream is over.
  }
}
