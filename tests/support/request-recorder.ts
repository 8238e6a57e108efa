import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";
import { OWN_REQUESTS_HOST } from "./browser-flags.ts";

/** `origin` is the Origin header: it tells the extension's own requests, where the browser sends it. */
export type SeenRequest = { readonly method: string; readonly url: string; readonly origin: string | null };

export type RequestRecorder = {
  /** Where the browser has to send everything, as for --proxy-server. */
  readonly proxyAddress: string;
  /** Every request of the browser so far: pages, frames, workers, the extension; without those it makes for itself. */
  readonly requests: readonly SeenRequest[];
  /** Those that went anywhere but to these origins, e.g. `["http://127.0.0.1:8080"]`. */
  requestsBeyond(origins: readonly string[]): SeenRequest[];
  close(): Promise<void>;
};

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Starts a proxy that writes down what a browser asks for. Only requests to this machine are passed on; all others are
 * recorded and refused. Nothing that goes through the browser's network service can pass it by.
 */
export async function startRequestRecorder(): Promise<RequestRecorder> {
  const requests: SeenRequest[] = [];
  const record = (incoming: IncomingMessage, url: URL): void => {
    if (url.hostname === OWN_REQUESTS_HOST) return;
    requests.push({ method: incoming.method ?? "", url: url.href, origin: incoming.headers.origin ?? null });
  };

  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? "/", "http://not-a-proxy-request.invalid");
    record(incoming, url);
    if (LOOPBACK.has(url.hostname)) passOn(incoming, url, outgoing);
    else outgoing.writeHead(403).end();
  });
  // Encrypted connections and WebSockets: only the host and the port can be seen.
  server.on("connect", (incoming, socket, head) => {
    const url = new URL(`https://${incoming.url}`);
    record(incoming, url);
    if (LOOPBACK.has(url.hostname)) tunnel(url, socket, head);
    else socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    // listen() on a host and a port always gives an AddressInfo.
    proxyAddress: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    requestsBeyond: (origins) => requests.filter(({ url }) => !origins.includes(new URL(url).origin)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function passOn(incoming: IncomingMessage, url: URL, outgoing: ServerResponse): void {
  const onward = request(url, { method: incoming.method ?? "GET", headers: incoming.headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on("error", () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
  incoming.pipe(onward);
}

function tunnel(url: URL, socket: Duplex, head: Buffer): void {
  const onward = connect(Number(url.port || 443), url.hostname, () => {
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    onward.write(head);
    onward.pipe(socket).pipe(onward);
  });
  onward.on("error", () => socket.destroy());
  socket.on("error", () => onward.destroy());
}
