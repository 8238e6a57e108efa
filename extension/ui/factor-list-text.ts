import type { FactorActivity, ListedFactor, OfferedModule } from "../../shared/mfa/answers.ts";
import { formatDate, formatSentences, type MessageKey, ofLanguage, t } from "./i18n.ts";

/** What second factors are called, and what is said of them. */

type Named = Pick<OfferedModule, "id" | "names">;

/** What a kind of factor is called; one that the server does not offer now by the name that we know it by, else by its id. */
export function kindText(modules: readonly Named[], id: string): string {
  const module = modules.find((each) => each.id === id);
  if (module !== undefined) return ofLanguage(module.names);
  const key = Object.hasOwn(KINDS, id) ? KINDS[id] : undefined;
  return key === undefined ? t("factors.kind-other", { id }) : t(key);
}

const KINDS: Readonly<Record<string, MessageKey>> = {
  totp: "factors.kind.totp",
  recovery: "factors.kind.recovery",
  webauthn: "factors.kind.webauthn",
  email: "factors.kind.email",
  sms: "factors.kind.sms",
};

type Called = Pick<ListedFactor, "id" | "module" | "name" | "status" | "madeAt">;

/**
 * What each of somebody's factors is called, by its id: as they call it, else by its kind in the language of whoever reads it,
 * and counted where that name is taken, the first one first.
 */
export function factorNames(
  factors: readonly Called[],
  modules: readonly Named[],
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { id, name } of factors) if (name) names.set(id, name);
  const taken = new Set(names.values());
  // One that was begun and left is counted last: it is gone within the hour, and must not take its count along.
  const rank = ({ status, madeAt }: Called) =>
    status === "verified" ? madeAt : madeAt + Number.MAX_SAFE_INTEGER;
  for (const { id, module } of factors.filter(({ name }) => !name).sort((a, b) => rank(a) - rank(b))) {
    const kind = kindText(modules, module);
    let name = kind;
    for (let count = 2; taken.has(name); count++) name = `${kind} ${count}`;
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

/**
 * What a new factor is going to be called. Of spare ones there is one set: a fresh one takes the place of the former, and its
 * name.
 */
export function newFactorName(
  module: Named & Pick<OfferedModule, "isSpare">,
  factors: readonly Called[],
): string {
  const latest: Called = {
    ...{ id: "", module: module.id, name: formerName(module, factors) },
    ...{ status: "verified", madeAt: Number.POSITIVE_INFINITY },
  };
  const others = factors.filter((each) => each.status === "verified" && !isFormer(module, each));
  return factorNames([...others, latest], [module]).get("") ?? "";
}

/** The name that somebody has given to the set whose place a fresh one of that module takes; null: none. */
export function formerName(
  module: Pick<OfferedModule, "id" | "isSpare">,
  factors: readonly Called[],
): string | null {
  return factors.find((each) => isFormer(module, each))?.name ?? null;
}

function isFormer(module: Pick<OfferedModule, "id" | "isSpare">, factor: Called): boolean {
  return module.isSpare && factor.module === module.id && factor.status === "verified";
}

const ABOUT: Readonly<Record<string, MessageKey>> = {
  totp: "factors.about.totp",
  recovery: "factors.about.recovery",
  webauthn: "factors.about.webauthn",
  email: "factors.about.email",
  sms: "factors.about.sms",
  provider: "factors.about.provider",
};

/** What a kind of factor is; of a weak one also what it is weak for. */
export function kindSentences({ id, strength }: Pick<OfferedModule, "id" | "strength">): string {
  return formatSentences([aboutText(id) ?? "", strength === "weak" ? weakText(id) : ""]);
}

/** What a kind of factor is; null: its name says all that is known. */
function aboutText(id: string): string | null {
  const kind = isOfProvider(id) ? "provider" : id;
  const key = Object.hasOwn(ABOUT, kind) ? ABOUT[kind] : undefined;
  return key === undefined ? null : t(key);
}

const UNFINISHED: Readonly<Record<string, MessageKey>> = {
  totp: "factors.unfinished.totp",
  recovery: "factors.unfinished.recovery",
};

/** What is left of a factor that was begun and not finished, where something of it is shown once; null: it can be gone on with. */
export function unfinishedText(id: string): string | null {
  const key = Object.hasOwn(UNFINISHED, id) ? UNFINISHED[id] : undefined;
  return key === undefined ? null : t(key);
}

/** Whether a module is a system outside. There may be several: "provider-company". */
export function isOfProvider(id: string): boolean {
  return id === "provider" || id.startsWith("provider-");
}

/** Whether somebody is written to as soon as they are asked for a factor of that module, or may be. */
export function isWrittenTo(id: string): boolean {
  return id === "email" || id === "sms" || isOfProvider(id);
}

/** What a factor is good for, in plain words. */
export function strengthText(factor: ListedFactor, host: string): string {
  const { status, strength, isSpare, module, countsForSignIn } = factor;
  if (strength === null) return t("factors.is.off", { host });
  if (status === "unverified") return t("factors.is.unverified", { date: formatDate(factor.madeAt) });
  if (isSpare) return t("factors.is.spare");
  if (strength === "strong") return t("factors.is.strong");
  const goodFor = countsForSignIn ? t("factors.is.weak-good-for") : t("factors.is.weak-uncounted", { host });
  return formatSentences([weakText(module), goodFor]);
}

/** Why a kind of factor is weak. */
function weakText(id: string): string {
  return t(WEAK[id] ?? "factors.weak.unknown");
}

const WEAK: Readonly<Record<string, MessageKey>> = {
  email: "factors.weak.email",
  sms: "factors.weak.sms",
};

/** What the server may have written down about factors. Others are told of resets only. */
const DONE_TO_OTHERS = ["reset-asked", "reset-cancelled", "reset-by-kit", "reset-by-administrator"] as const;
const DONE_TO_ONESELF = ["added", "removed", "renamed", "fresh-codes", "guessed", ...DONE_TO_OTHERS] as const;

/**
 * What was done about second factors, and to whom.
 *
 * @param names.what what the factor is called. @param names.who whose it was; null: the person's own
 * @param names.by who has done it
 */
export function activityText(
  activity: Pick<FactorActivity, "what">,
  names: { readonly what: string; readonly who: string | null; readonly by: string },
): string {
  const { who } = names;
  if (who === null) {
    const what = DONE_TO_ONESELF.find((each) => each === activity.what);
    return what === undefined
      ? t("factors.did.unknown")
      : t(`factors.did.${what}`, { what: names.what, by: names.by });
  }
  const what = DONE_TO_OTHERS.find((each) => each === activity.what);
  return what === undefined ? t("factors.did.unknown") : t(`factors.saw.${what}`, { ...names, who });
}
