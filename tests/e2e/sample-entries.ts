import type { Entry } from "../../shared/otp/entry.ts";
import { entryOf } from "./vault-steps.ts";

/** Names of every length and script, and every kind of code. */
export function sampleEntries(host: string): Entry[] {
  return [
    { issuer: "GitHub", account: "alice@example.com", sites: [host], tags: ["work", "运维"] },
    { issuer: "Amazon Web Services", account: "alice.of.a.rather.long.name+root@mail.example.com" },
    { issuer: "微信支付商户平台", account: "爱丽丝" },
    { issuer: "", account: "bob@example.com" },
    { issuer: "Slack", account: "alice@example.com", digits: 8 },
    { issuer: "Deutsche Rentenversicherung Bund Hauptverwaltung", account: "eve" },
    { issuer: "Counter", account: "alice", type: "hotp" as const, period: null, counter: 7 },
    { issuer: "Steam", account: "alice", type: "steam" as const, digits: 5 },
    { issuer: "Dropbox", account: "bob@example.com", algorithm: "SHA256" as const, period: 60 },
    { issuer: "Cloudflare", account: "alice@example.com", digits: 10 },
    { issuer: "Twice", account: "alice", secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", note: "one" },
    { issuer: "Twice again", account: "alice", secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", note: "two" },
  ].map((entry) => entryOf(entry));
}
