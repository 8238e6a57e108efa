import type * as z from "zod/mini";
import type { Bytes } from "../../shared/bytes.ts";
import type { Form, Input, Words } from "../../shared/mfa/form.ts";
import type { MfaRefusal } from "../../shared/mfa/refusal.ts";
import type { Shown } from "../../shared/mfa/shown.ts";
import type { Result } from "../../shared/result.ts";
import type { Log } from "../log.ts";
import type { Mailer } from "./notices/mailer.ts";

/** "strong" makes a session aal2. "weak" counts for signing in, where the policy lets it, and for nothing else. */
export type Strength = "strong" | "weak";

/** What a module keeps of a factor or a challenge: JSON, which is encrypted before it is stored. */
export type Kept = Readonly<Record<string, unknown>>;

/** Whom a step is for, and when. */
export type Asked = {
  readonly user: { readonly id: string; readonly email: string };
  /** Random, base64url: it names the factor, and is in what others keep of it. */
  readonly factorId: string;
  /**
   * While it is being set up: what is kept of those that they have with this module already, so that none is set up twice.
   * Afterwards nothing.
   */
  readonly others: readonly Kept[];
  /** Languages in which the person reads, the best first, as BCP 47 names them. */
  readonly languages: readonly string[];
  /** The session in which it happens, by a name that is no token. */
  readonly sessionId: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
};

export type Begun = { readonly kept: Kept; readonly shown: readonly Shown[] };

/**
 * A kind of second factor. Steps take values and give values; what they give is stored by whoever calls them, at once and
 * only if nobody else has changed the factor meanwhile: of two that use one code at the same moment, the second is asked
 * again with what the first has left. So a step may be carried out twice, and must not count by itself.
 */
export type MfaModule = {
  /** As it is named in the configuration and by procedures, e.g. "totp". */
  readonly id: string;
  readonly names: Words;
  readonly strength: Strength;
  /** Whether it is only for when others are lost: then it can't be the only one. */
  readonly isSpare: boolean;
  /** What is asked for before one is set up, and to show afterwards that one has it. */
  readonly setUpForm: Form;
  readonly proofForm: Form;
  /** Whether beginning a challenge sends something to somebody, which may cost money: then there are few of them. */
  readonly sends: boolean;
  /** How long a challenge is good, in milliseconds, and how often an answer may be wrong. */
  readonly challengeMs: number;
  readonly tries: number;
  /** The first step of setting one up: what is to be kept of it until it is proven, and what is shown once. */
  beginSetUp(asked: Asked, input: Input): Promise<Result<Begun, MfaRefusal>>;
  /** Called once before a step is shown: sends the code, where there is one to send. Also while it is being set up. */
  beginChallenge(asked: Asked, factor: Kept): Promise<Result<Begun, MfaRefusal>>;
  /**
   * Whether that answers the challenge. `isSetUp`: false for the first proof, which ends the setting up.
   *
   * @returns what is kept of the factor from now on, and what is to be said
   */
  verify(
    asked: Asked,
    held: { readonly factor: Kept; readonly challenge: Kept; readonly isSetUp: boolean },
    proof: Input,
  ): Promise<Result<Begun, MfaRefusal>>;
  /**
   * Tells whoever else knows of it that the person has it no longer, after they have removed it. Where all are taken away at
   * once, as by a reset, nobody is told: that has to work on the command line too, where there are no modules.
   */
  remove(asked: Asked, factor: Kept): Promise<void>;
  /**
   * For kinds that others than this server know of: whether the person has one there already. Null: it can't be told now.
   *
   * @returns what to keep of it
   */
  findBound?(asked: Asked): Promise<Kept | null>;
};

/** What modules know of the server they are in. */
export type Site = {
  /** What devices know the server by, whatever its address. */
  readonly serverId: string;
  /** Where devices reach it, e.g. https://codes.example.com. */
  readonly origin: string;
  /** Ids of the Chromium extensions that may call. */
  readonly extensionIds: readonly string[];
  /** 32 bytes that only this server has, to hash what is compared and never shown again. */
  readonly hashKey: Bytes;
  /** For whoever runs the server: what could not be reached, and why. Never a code, an address or a number. */
  readonly log: Log;
  /** Sends mail; null: nobody has said through which server. */
  readonly mailer: Mailer | null;
};

/**
 * A kind of module as the registry lists it.
 *
 * @typeParam S what the configuration says of one
 */
export type ModuleKind<S> = {
  /** The settings of one, beside `kind`: strict, so that a slip of the pen is told. */
  readonly settings: z.ZodMiniType<S>;
  /** Whether it can work at that server, whatever is configured: otherwise nobody is offered it. Left out: anywhere. */
  worksAt?(site: Pick<Site, "origin">): boolean;
  make(settings: S, site: Site): MfaModule;
};
