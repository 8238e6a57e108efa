import { isServerOrigin } from "../../shared/group/invitation-code.ts";
import { err, ok, type Result } from "../../shared/result.ts";

/** The origin of an address as people type it: a host, with or without https and what a browser's address bar adds. */
export function readServerAddress(typed: string): Result<string, "not-an-address" | "not-encrypted"> {
  const text = typed.trim();
  const address = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  if (text === "" || /\s/.test(text) || !URL.canParse(address)) return err("not-an-address");
  const { origin, protocol, username } = new URL(address);
  if (username !== "" || !/^https?:$/.test(protocol)) return err("not-an-address");
  if (isServerOrigin(origin)) return ok(origin);
  return err(protocol === "http:" ? "not-encrypted" : "not-an-address");
}

/** What people call a server: its host, in letters that are what they seem. */
export function hostOf(origin: string): string {
  return new URL(origin).host;
}
