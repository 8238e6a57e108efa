import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A system outside that does what none should, whatever it is asked; how, the first part of its path says. */
const MANNERS: Readonly<Record<string, (response: ServerResponse) => void>> = {
  slow: () => {},
  drip: (response) => {
    response.writeHead(200);
    const drops = setInterval(() => response.write(" "), 200);
    response.on("close", () => clearInterval(drops));
  },
  redirect: (response) => response.writeHead(307, { Location: "/right" }).end(),
  huge: (response) => response.end(`{"code":200,"data":{"has_bound":true,"pad":"${"x".repeat(70_000)}"}}`),
  endless: (response) => {
    response.writeHead(200);
    const pour = () => {
      while (!response.destroyed && response.write("x".repeat(16_000)));
      response.once("drain", pour);
    };
    pour();
  },
  closing: (response) => {
    response.writeHead(200, { "Content-Length": "400" });
    response.write('{"code":200,');
    setTimeout(() => response.destroy(), 50);
  },
  hanging: (response) => response.socket?.destroy(),
  upgrade: (response) =>
    response.socket?.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"),
  "no-http": (response) => response.socket?.end("220 mail.example.com ESMTP\r\n"),
  headers: (response) => response.writeHead(200, { "X-Long": "x".repeat(40_000) }).end("{}"),
  page: (response) => response.end("<!doctype html><title>Sign in</title>"),
  "not-text": (response) => response.end(Buffer.from([0xff, 0xfe, 0x00])),
  empty: (response) => response.end(),
  array: (response) => response.end("[200]"),
  "wrong-code": (response) => response.end('{"code":"200","data":{"has_bound":true,"is_valid":true}}'),
  "wrong-type": (response) => response.end('{"code":200,"data":{"has_bound":"yes","is_valid":1}}'),
  "no-reason": (response) =>
    response.writeHead(400).end('{"code":400,"errcode":"E","model":"m","reason":"","type":"t"}'),
  broken: (response) => response.writeHead(500).end("{}"),
  right: (response) => response.end('{"code":200,"data":{"has_bound":true,"is_valid":true}}'),
  hostile: (response) =>
    response.writeHead(400).end(
      JSON.stringify({
        code: 1e9,
        errcode: "E\u0000\u001b[31m",
        model: "m\u202e",
        reason: `first\r\nsecond\u2028third ${"a".repeat(1_000)}`,
        type: "t",
        __proto__: {},
      }),
    ),
};

const server = createServer((request, response) => {
  const [, manner = ""] = (request.url ?? "").split(/[/?]/);
  request.resume();
  if (manner === "stop") process.exit(0);
  (MANNERS[manner] ?? ((other: ServerResponse) => other.writeHead(404).end()))(response);
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
