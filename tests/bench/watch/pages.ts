import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An ordinary page: two thousand elements, a search field, and the functions that keep it busy. */
const PAGE = `<!doctype html><html lang="en"><title>A page</title><style>i{display:inline-block;width:4px;height:4px}</style>
<body><form role="search"><label>Search <input type="search" name="q"></label></form>
${`<article><h2>Heading</h2><p>Some words of a page, with <a href="#">a link</a>.</p></article>`.repeat(500)}
<div id="room"></div><script src="/busy.js"></script></html>`;

/** What the page does when it is asked to; each promise ends when the page has come to rest. */
const BUSY = `
const frame = () => new Promise((done) => requestAnimationFrame(done));
const room = document.querySelector("#room");
/** Ten thousand elements in a hundred steps, as a list that grows. */
globalThis.addNodes = async () => {
  for (let step = 0; step < 100; step += 1) {
    for (let at = 0; at < 100; at += 1) {
      const row = document.createElement("p");
      row.textContent = "row " + step + "." + at;
      room.append(row);
    }
    await frame();
  }
};
/** Two hundred elements that move, and ten fields that come and go, for that long. */
globalThis.animate = async (ms) => {
  const dots = Array.from({ length: 200 }, () => room.appendChild(document.createElement("i")));
  const fields = Array.from({ length: 10 }, () => room.appendChild(document.createElement("input")));
  const until = performance.now() + ms;
  for (let step = 0; performance.now() < until; step += 1) {
    for (const [at, dot] of dots.entries()) dot.style.transform = "translateX(" + ((step + at) % 40) + "px)";
    fields[step % 10].hidden = !fields[step % 10].hidden;
    await frame();
  }
};
globalThis.clear = () => room.replaceChildren();
`;

/** The same page at two origins: a port of 127.0.0.1 and one of localhost. */
export async function startPages(): Promise<{ origins: readonly [string, string]; close(): Promise<void> }> {
  const servers = await Promise.all(
    [0, 1].map(async () => {
      const server = createServer(({ url }, response) => {
        const [type, body] = url === "/busy.js" ? ["text/javascript", BUSY] : ["text/html", PAGE];
        response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(body);
      });
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      return server;
    }),
  );
  const [first = 0, second = 0] = servers.map((server) => (server.address() as AddressInfo).port);
  return {
    origins: [`http://127.0.0.1:${first}`, `http://localhost:${second}`],
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
    },
  };
}
