import { createHmac } from "node:crypto";
import * as z from "zod/mini";
import type { MfaRefusal } from "../../../shared/mfa/refusal.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { Log } from "../../log.ts";
import { type Account, type BoundPerson, boundPerson, boundPersonSchema } from "../bindings/bound-person.ts";
import type { Asked, Kept, MfaModule, ModuleKind, Site } from "../module.ts";
import { callProvider, cleanText, type Person } from "./provider/calls.ts";
import { chooseNames, languagesToAsk, NAMES_MS } from "./provider/names.ts";
import { type ProviderSettings, providerSettings } from "./provider/settings.ts";

const challengeSchema = z.strictObject({ session: z.string() });

const CHALLENGE_MS = 10 * 60_000;

/** Any system outside that checks codes, behind four calls, and a fifth where it sends them. */
export const providerKind: ModuleKind<ProviderSettings> = {
  settings: providerSettings,
  make: makeProvider,
};

function makeProvider(settings: ProviderSettings, site: Site): MfaModule {
  const { id, strength, identifier, sendsCodes } = settings;
  // Asked for again whenever it is old, and worth nothing else: what is configured stands in for it.
  let named = { names: settings.names, askedAt: Number.NEGATIVE_INFINITY };

  const learnNames = async (asked: Asked, person: Person) => {
    if (asked.now - named.askedAt < NAMES_MS) return;
    named = { ...named, askedAt: asked.now };
    const languages = languagesToAsk(asked.languages);
    const to = { now: asked.now, log: site.log };
    const answer = await callProvider(
      settings,
      "getTwoFactorAuthenticatorName",
      { ...person, languages },
      to,
    );
    if (!answer.ok) return;
    const names = answer.value.names.map(({ language, name }) => ({ language, name: cleanText(name, 60) }));
    named = { ...named, names: chooseNames(names, settings.names) };
  };

  return {
    id,
    get names() {
      return named.names;
    },
    strength,
    isSpare: false,
    setUpForm: [{ name: "identifier", kind: "text", label: identifier, hint: null, longest: 200 }],
    proofForm: [
      {
        name: "code",
        kind: "code",
        label: { en: "Verification code", "zh-CN": "验证码" },
        hint: null,
        longest: 64,
      },
    ],
    sends: sendsCodes,
    challengeMs: CHALLENGE_MS,
    tries: 5,

    async beginSetUp(asked, { identifier = "" }) {
      const kept: BoundPerson = { ...personHere(settings, site, asked), identifier, isBound: false };
      await learnNames(asked, personOf(kept, site, asked, id));
      return ok({ kept, shown: [] });
    },

    async beginChallenge(asked, factor) {
      const bound = boundPersonSchema.parse(factor);
      const person = personOf(bound, site, asked, id);
      const [sent] = await Promise.all([
        sendsCodes
          ? callProvider(settings, "sendCode", saying(person, bound), { now: asked.now, log: site.log })
          : ok(null),
        learnNames(asked, person),
      ]);
      if (!sent.ok) return sent;
      // The session's own name changes with each proof; what sent the code and what is asked about it must be one.
      const kept = { session: person.session_id };
      if (sent.value === null) return ok({ kept, shown: [] });
      const until = asked.now + CHALLENGE_MS;
      return ok({ kept, shown: [{ kind: "sent", to: cleanText(sent.value.sent_to, 60), until }] });
    },

    async verify(asked, { factor, challenge }, { code = "" }) {
      const bound = boundPersonSchema.parse(factor);
      const { session } = challengeSchema.parse(challenge);
      const used = bound.used.filter(({ until }) => asked.now < until);
      // However it is typed: what the provider forgives must not make another code of it.
      const hash = hashFor(site, "provider-code", id, asked.factorId, code.replace(/[^\p{L}\p{N}]/gu, ""));
      if (used.some((each) => each.hash === hash)) return err({ reason: "used-code" });
      const person = { ...personOf(bound, site, asked, id), session_id: session };
      const said = { ...saying(person, bound), code: code.replace(/\s/g, "") };
      const right = await prove(settings, bound.isBound ? "isCodeValid" : "bind", said, {
        now: asked.now,
        log: site.log,
      });
      if (!right.ok) return right;
      const kept: BoundPerson = {
        ...bound,
        identifier: null,
        isBound: true,
        used: [...used, { hash, until: asked.now + CHALLENGE_MS }],
      };
      return ok({ kept, shown: [] });
    },

    // None of the calls takes a binding back: that is done there.
    remove: async () => {},

    async findBound(asked): Promise<Kept | null> {
      const here = personHere(settings, site, asked);
      const person = personOf(here, site, asked, id);
      const [answer] = await Promise.all([
        callProvider(settings, "hasBound", person, { now: asked.now, log: site.log }),
        learnNames(asked, person),
      ]);
      return answer.ok && answer.value.has_bound ? here : null;
    },
  };
}

/** Shows a code to the provider: the first one binds. */
async function prove(
  settings: ProviderSettings,
  name: "bind" | "isCodeValid",
  said: Person & { readonly code: string },
  to: { readonly now: number; readonly log: Log },
): Promise<Result<null, MfaRefusal>> {
  const answer = await callProvider(settings, name, said, to);
  if (!answer.ok) return answer;
  return "is_valid" in answer.value && !answer.value.is_valid ? err({ reason: "wrong-code" }) : ok(null);
}

/** Somebody as the provider knows them if no import has said otherwise. */
function personHere(
  { externalId, organization }: ProviderSettings,
  { origin }: Site,
  { user }: Asked,
): BoundPerson {
  const account: Account = { organization: organization ?? new URL(origin).host, user: user.id };
  return boundPerson(externalId === "email" ? user.email : user.id, [account]);
}

function personOf({ externalId, accounts }: BoundPerson, site: Site, asked: Asked, id: string): Person {
  return {
    external_id: externalId,
    accounts,
    // The same in all calls of a session, and nothing by which the session could be found.
    session_id: hashFor(site, "provider-session", id, asked.sessionId),
    languages: asked.languages,
  };
}

function saying(person: Person, { identifier }: BoundPerson) {
  return identifier === null ? person : { ...person, identifier };
}

function hashFor({ hashKey }: Site, ...said: readonly string[]): string {
  return createHmac("sha256", hashKey).update(JSON.stringify(said)).digest("base64url");
}
