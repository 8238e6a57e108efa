import type { Entry } from "../../shared/otp/entry.ts";
import { entryOf } from "../e2e/vault-steps.ts";

type Account = { readonly pinned?: true; readonly entry: Entry };

const DAY = 24 * 60 * 60 * 1000;
const ALICE = "alice@example.com";

/** What the pictures show: the accounts of one person, none of them real. */
export function pictureAccounts(now: number): Account[] {
  return [
    { entry: entryOf({ issuer: "GitHub", account: ALICE, sites: ["github.com"] }) },
    { entry: entryOf({ issuer: "GitHub", account: "alice-at-work", sites: ["github.com"], tags: ["work"] }) },
    {
      pinned: true,
      entry: entryOf({
        issuer: "Amazon Web Services",
        account: "alice @ harbour",
        sites: ["signin.aws.amazon.com"],
        tags: ["work"],
      }),
    },
    { pinned: true, entry: entryOf({ issuer: "支付宝", account: ALICE, sites: ["auth.alipay.com"] }) },
    { entry: entryOf({ issuer: "Google", account: ALICE, sites: ["accounts.google.com"] }) },
    { entry: entryOf({ issuer: "Cloudflare", account: ALICE }) },
    { entry: entryOf({ issuer: "Steam", account: "alice", type: "steam", digits: 5 }) },
    { entry: entryOf({ issuer: "GitLab", account: ALICE, sites: ["gitlab.com"] }) },
    {
      entry: entryOf({
        issuer: "Harbour VPN",
        account: "alice",
        type: "hotp",
        period: null,
        counter: 41,
        tags: ["work"],
      }),
    },
    { entry: entryOf({ issuer: "Proton", account: "alice@example.org", sites: ["account.proton.me"] }) },
    { entry: entryOf({ issuer: "npm", account: "alice", sites: ["www.npmjs.com"], digits: 8 }) },
    { entry: entryOf({ issuer: "Dropbox", account: ALICE, deletedAt: now - 2 * DAY }) },
    { entry: entryOf({ issuer: "Slack", account: "alice@harbour.example", deletedAt: now - 11 * DAY }) },
  ];
}
