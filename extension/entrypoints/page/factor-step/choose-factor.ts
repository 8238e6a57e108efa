import type { ListedFactor, OfferedModule } from "../../../../shared/mfa/answers.ts";
import { isWayIn } from "../../../servers/factors.ts";

/** A factor that can be shown, and its kind. `isPossible`: whether this browser can. */
export type Choice = {
  readonly factor: ListedFactor;
  readonly module: OfferedModule;
  readonly isPossible: boolean;
};

/**
 * The factors that are good for what is to be done, the best one first: that which was used last, or the recommended kind; spare
 * ones come last, because each of their codes is good once. Nothing where only spare ones are left, as when the server has
 * switched the others off: then it is for one to be set up.
 *
 * @param wish.isForChange a strong one is wanted, where there is one
 */
export function choicesOf(
  factors: readonly ListedFactor[],
  modules: readonly OfferedModule[],
  wish: {
    readonly isForChange: boolean;
    readonly hasPasskeys: boolean;
    readonly recommended: string | null;
  },
): readonly Choice[] {
  const proven = factors.filter(({ status, strength }) => status === "verified" && strength !== null);
  if (!proven.some(isWayIn)) return [];
  const hasStrong = proven.some(({ strength, isSpare }) => strength === "strong" && !isSpare);
  const good = proven.filter((factor) =>
    wish.isForChange && hasStrong ? factor.strength === "strong" : factor.countsForSignIn,
  );
  const choices = good.flatMap((factor): Choice[] => {
    const module = modules.find(({ id }) => id === factor.module);
    if (module === undefined) return [];
    const isPossible = wish.hasPasskeys || !wantsBrowser(module);
    return [{ factor, module, isPossible }];
  });
  const rank = ({ factor, isPossible }: Choice): readonly number[] => [
    isPossible ? 0 : 1,
    factor.isSpare ? 1 : 0,
    -(factor.usedAt ?? 0),
    factor.module === wish.recommended ? 0 : 1,
    modules.findIndex(({ id }) => id === factor.module),
  ];
  return choices.sort((one, other) => compare(rank(one), rank(other)));
}

/** Whether it is the browser that is asked for it. */
export function wantsBrowser({ proofForm }: Pick<OfferedModule, "proofForm">): boolean {
  return proofForm.some(({ kind }) => kind === "credential");
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, place) => value !== other[place]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
