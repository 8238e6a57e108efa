import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type PageServer = { readonly url: string; readonly host: string; close(): Promise<void> };

/** Serves an ordinary page for popups to be opened over: pressing the action tells the popup its address. */
export async function startPageServer(): Promise<PageServer> {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html").end("<!doctype html><title>A page</title><p>A page</p>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // listen() on a host and a port always gives an AddressInfo.
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}/`,
    host,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
