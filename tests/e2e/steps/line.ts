import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

/**
 * How a line is: "whole"; "cut": whoever calls is hung up on; "silent": they are let in and hear nothing; or they hear those words
 * and nothing else.
 */
export type LineState = "whole" | "cut" | "silent" | { readonly says: string };

/** That a system over HTTP answers so, whatever it is asked. */
export function answering(status: string, body: string): LineState {
  const head = `Content-Type: application/json\r\nContent-Length: ${body.length}`;
  return { says: `HTTP/1.1 ${status}\r\n${head}\r\n\r\n${body}` };
}

/** The line between a server and a system outside, both of which are real: what goes wrong there is the line. */
export type Line = { readonly port: number; is: LineState; close(): Promise<void> };

/** Lays a line to a port of this computer. */
export async function layLine(to: number): Promise<Line> {
  const sockets = new Set<Socket>();
  const hold = (socket: Socket) => {
    sockets.add(socket);
    // Whoever breaks off is what it is for.
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((caller) => {
    hold(caller);
    if (line.is === "cut") caller.destroy();
    else if (line.is === "whole") {
      const called = hold(connect(to, "127.0.0.1"));
      caller.pipe(called).pipe(caller);
      caller.on("close", () => called.destroy());
      called.on("close", () => caller.destroy());
    } else if (line.is !== "silent") {
      // Not hung up before the caller has said what they want.
      caller.once("data", () => {});
      caller.end(line.is.says);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const line: Line = {
    port: (server.address() as AddressInfo).port,
    is: "whole",
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  return line;
}
