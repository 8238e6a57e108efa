import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, expect, it } from "vitest";
import { callOut } from "../../../server/mfa/outbound/call-out.ts";

/** For sms.example.com alone; made for this test, and trusted nowhere else. */
const read = (name: string) =>
  readFileSync(new URL(`../../fixtures/certificate/${name}.pem`, import.meta.url));
const trusted = getCACertificates("default");

let server: Server;
let names: (string | false | null)[];
beforeAll(async () => {
  names = [];
  server = createServer({ key: read("key"), cert: read("certificate") }, (request, response) => {
    names.push("servername" in request.socket ? (request.socket.servername as string | false | null) : null);
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  setDefaultCACertificates(trusted);
  await new Promise((resolve) => server.close(resolve));
});

const call = (host: string) =>
  callOut(
    {
      url: new URL(`https://${host}:${(server.address() as AddressInfo).port}/`),
      ...{ method: "POST", headers: {}, body: "{}", allowed: [host] },
    },
    async () => [{ address: "127.0.0.1", family: 4 }],
  );

it("speaks encrypted to the name that was meant, at the address that was looked at, and to no other name", async () => {
  expect(await call("sms.example.com")).toEqual({ ok: false, error: "not-connected" });
  setDefaultCACertificates([...trusted, String(read("certificate"))]);
  expect(await call("sms.example.com")).toEqual({ ok: true, value: { status: 200, text: "{}" } });
  expect(await call("other.example.com")).toEqual({ ok: false, error: "not-connected" });
  expect(names).toEqual(["sms.example.com"]);
});
