import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { type Config, readConfig } from "../../server/config.ts";
import { callerOf } from "../../server/context.ts";

const read = readConfig({ COUNTERSIGN_BEHIND_PROXY: "yes" }, "/");
if (!read.ok) throw Error(read.error.join());
const config: Config = read.value;

/** The address that limits are kept for. */
function callerAt(remoteAddress: string, forwarded?: string): string {
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  return callerOf({ headers, socket: { remoteAddress } } as unknown as IncomingMessage, config).address;
}

test("whoever has a network of IPv6 is one caller, whichever of its addresses they take", () => {
  const one = callerAt("2001:db8:1:2::1");
  for (const other of ["2001:db8:1:2:ffff::", "2001:0DB8:1:2:a:b:c:d", "2001:db8:1:2::7%eth0"])
    expect(callerAt(other)).toBe(one);
  expect(callerAt("2001:db8:1:3::1")).not.toBe(one);
  expect(callerAt("127.0.0.1", "10.0.0.1, 2001:db8:1:2:9::9")).toBe(one);
  expect(callerAt("::1")).not.toBe(one);
});

test("an address of IPv4 is the same however it is written, and whichever port the proxy names", () => {
  for (const [remote, forwarded] of [
    ["192.0.2.7"],
    ["::ffff:192.0.2.7"],
    ["127.0.0.1", "192.0.2.7"],
    ["127.0.0.1", "198.51.100.1, 192.0.2.7:50123"],
  ] as const)
    expect(callerAt(remote, forwarded)).toBe("192.0.2.7");
  expect(callerAt("127.0.0.1", "[2001:db8::1]:443")).toBe(callerAt("2001:db8::2"));
  expect(callerAt("127.0.0.1", "unix:")).toBe("unix:");
});
