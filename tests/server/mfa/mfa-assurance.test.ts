import { describe, expect, it } from "vitest";
import { hashToken } from "../../../server/tokens.ts";
import { base64urlToBytes, bytesToBase64url } from "../../../shared/bytes.ts";
import { importPrivateKey } from "../../../shared/crypto/private-key.ts";
import { type Act, ASSURANCE } from "../../../shared/group/assurance.ts";
import type { Link } from "../../../shared/group/link.ts";
import { accepted, type Log, newPerson, nextLink, type Person } from "../../shared/group/people.ts";
import { onBothDatabases } from "../databases.ts";
import { newGroup, sealFor } from "../groups-over-http.ts";
import type { Account } from "../users/account.ts";
import {
  type AliceAtServer,
  aliceAtServer,
  later,
  MINUTE,
  serveAgain,
  signInAgain,
} from "./alice-at-server.ts";
import { codeOf } from "./authenticator.ts";
import { done, setUpPin, setUpTotp, show, showPin } from "./with-factor.ts";

const MODULES = [{ kind: "totp" }, { kind: "insecure_example" }];
const LACKS = ["sign-in-again", "factor-needed", "factor-again", "factor-missing"] as const;
type Answer = "yes" | (typeof LACKS)[number];

/** What each act is tried by: it is looked at first what the session has shown, so that nonsense behind it will do. */
const TRIED_BY: Readonly<Record<Exclude<Act, "change-membership">, readonly [string, "query" | "mutation"]>> =
  {
    "signing-in": ["mfa.listFactors", "query"],
    use: ["group.heads", "query"],
    "read-key-bundle": ["user.bundle", "query"],
    invite: ["invitation.offer", "mutation"],
    "accept-invitation": ["invitation.accept", "mutation"],
    "change-own-keys": ["user.startPasswordChange", "mutation"],
    "change-factors": ["mfa.rename", "mutation"],
  };

const ACTS = [
  "signing-in",
  "use",
  "read-key-bundle",
  "invite",
  "accept-invitation",
  "change-membership",
  "change-own-keys",
  "change-factors",
] as const satisfies readonly Act[];

const [Y, P, N, G, M] = ["yes", "sign-in-again", "factor-needed", "factor-again", "factor-missing"] as const;

/** What a session gets that has shown so much, for each act, in the sequence of ACTS. */
const NOBODY_MUST: Readonly<Record<string, readonly Answer[]>> = {
  "no factor, password just given": [Y, Y, Y, Y, Y, Y, Y, Y],
  "no factor, password too long ago": [Y, Y, P, P, P, Y, P, P],
  "a strong and a weak one, nothing shown": [Y, N, N, N, N, N, N, N],
  "a strong and a weak one, the weak one shown": [Y, Y, Y, N, Y, N, N, N],
  "a strong and a weak one, the device remembered": [Y, Y, Y, N, Y, N, N, N],
  "a strong and a weak one, the strong one shown": [Y, Y, Y, Y, Y, Y, Y, Y],
  "a strong and a weak one, the strong one shown too long ago": [Y, Y, Y, Y, Y, Y, G, G],
  "a strong and a weak one, the strong one shown, password too long ago": [Y, Y, P, P, P, Y, P, P],
  "a weak one alone, nothing shown": [Y, N, N, N, N, N, N, N],
  "a weak one alone, shown": [Y, Y, Y, Y, Y, Y, Y, Y],
};
/** Inviting, and links of a log, want first what all use wants. */
const EVERYBODY_MUST: Readonly<Record<string, readonly Answer[]>> = {
  "no factor, password just given": [Y, M, M, M, M, M, M, Y],
  "no factor, password too long ago": [Y, M, P, M, P, M, P, P],
  "a strong and a weak one, nothing shown": [Y, N, N, N, N, N, N, N],
  "a strong and a weak one, the strong one shown": [Y, Y, Y, Y, Y, Y, Y, Y],
  "a weak one alone, nothing shown": [Y, N, N, N, N, N, M, N],
  "a weak one alone, shown": [Y, Y, Y, M, Y, M, M, Y],
};

onBothDatabases(({ open }) => {
  const at = aliceAtServer(open, { modules: MODULES });

  describe("where nobody must have a factor", () => {
    matrix({ required: "nobody" }, NOBODY_MUST);
  });

  describe("where everybody must have one at once", () => {
    matrix({ required: "everybody", graceDays: 0 }, EVERYBODY_MUST);
  });

  function matrix(policy: object, table: Readonly<Record<string, readonly Answer[]>>): void {
    it.each(Object.entries(table))("%s: each act gets what the table says", async (state, expected) => {
      const group = await groupOf(at);
      await serveAgain(at, { ask: "new-device", modules: MODULES, ...policy });
      const token = await sessionThat(at, state);
      const got = Object.fromEntries(await Promise.all(ACTS.map(async (act) => [act, await tryAct(act)])));
      expect(got).toEqual(Object.fromEntries(ACTS.map((act, place) => [act, expected[place]])));

      async function tryAct(act: Act): Promise<Answer> {
        const said =
          act === "change-membership"
            ? await ask("group.append", "mutation", { link: group.link, seals: [] })
            : await ask(...TRIED_BY[act], { g: group.g, nonsense: 1 });
        return LACKS.find((lack) => lack === said) ?? "yes";
      }

      async function ask(name: string, type: "query" | "mutation", input: object): Promise<string> {
        const url = `${at.server.served.origin}/trpc/${name}`;
        const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
        const body = JSON.stringify(input);
        const response =
          type === "mutation"
            ? await fetch(url, { method: "POST", headers, body })
            : await fetch(url, { headers });
        const answer = (await response.json()) as { error?: { message: string } };
        return answer.error?.message ?? "ok";
      }
    });
  }

  describe("links that are brought again", () => {
    it("are no way around it for one's own, and whoever brings another's decides nothing", async () => {
      const { g, link } = await groupOf(at);
      await setUpTotp(at.alice.api, Date.now());
      const half = await signInAgain(at);
      await at.db
        .updateTable("session")
        .set({ factor_at: Date.now() })
        .where("token_hash", "=", hashToken(half.token))
        .execute();
      const bring = (links: Link[]) =>
        half.api.group.appendAgain
          .mutate({ links, seals: [sealFor("nobody")] })
          .catch((error) => error.message);
      expect(await bring([link])).toBe("factor-needed");
      const eve = await newPerson();
      const log = await newLogLike(eve, g);
      expect(await bring([log])).not.toBe("factor-needed");
    });
  });
});

/** A link that adds somebody to a group of alice's, signed and never brought. */
async function groupOf({ alice }: AliceAtServer): Promise<{ g: string; link: Link }> {
  const owner = { ...(await personOf(alice)), api: alice.api, token: alice.token };
  const log = await newGroup(owner);
  const link = await nextLink(log, owner, "add", await accepted(log, await newPerson(), "viewer"));
  return { g: log.known.core?.g ?? "", link };
}

/** A link of somebody else's that removes somebody from a group. */
async function newLogLike(by: Person, g: string): Promise<Link> {
  const log = { links: [], lists: [], known: { core: { g, n: 0, head: "A".repeat(43) } } };
  return nextLink(log as unknown as Log, by, "close", {});
}

async function personOf({ userId, signing, bundle }: Account): Promise<Person> {
  const secret = base64urlToBytes(bundle.openingSecret);
  if (!secret.ok) throw Error("no opening key");
  const opening = await importPrivateKey("X25519", secret.value);
  const [sig, enc] = [signing.publicKey, opening.publicKey].map(bytesToBase64url);
  return { id: userId, signing, opening, sig: sig ?? "", enc: enc ?? "" };
}

/** The token of a session of alice's that is in that state: by signing in and showing, and by going back in time. */
async function sessionThat(at: AliceAtServer, state: string): Promise<string> {
  if (state.startsWith("a weak one alone")) {
    const { factorId } = await setUpPin(at.alice.api, "1234");
    const { api, token } = await signInAgain(at);
    return state.endsWith(", shown") ? done(await showPin(api, factorId, "1234")).token : token;
  }
  if (state.startsWith("no factor")) {
    if (state.includes("long ago")) later(10 * MINUTE + 1);
    return at.alice.token;
  }
  const pin = await setUpPin(at.alice.api, "1234");
  const totp = await setUpTotp(at.server.place.api(pin.token), Date.now());
  later(MINUTE);
  if (state.endsWith("nothing shown")) return (await signInAgain(at)).token;
  if (state.endsWith("remembered")) return (await signInAgain(at, pin.device)).token;
  const { api } = await signInAgain(at);
  if (state.endsWith("the weak one shown")) return done(await showPin(api, pin.factorId, "1234")).token;
  const { token } = done(await show(api, totp.factorId, codeOf(totp.secret, Date.now())));
  if (state.endsWith("the strong one shown")) return token;
  const longAgo = Date.now() - 10 * MINUTE - 1;
  await at.db
    .updateTable("session")
    .set(state.includes("password") ? { signed_in_at: longAgo } : { strong_at: longAgo })
    .where("token_hash", "=", hashToken(token))
    .execute();
  return token;
}

it("the matrix has a column for every act of the table", () => {
  expect([...ACTS].sort()).toEqual(Object.keys(ASSURANCE).sort());
});
