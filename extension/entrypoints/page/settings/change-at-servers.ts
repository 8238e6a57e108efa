import type { ServerOutcome } from "../../../servers/change-everywhere.ts";
import { hasServer } from "../../../servers/has-server.ts";
import { hostOf } from "../../../servers/server-address.ts";
import type { ShowFactor } from "../../../servers/show-factor.ts";
import { unlockRefusalText } from "../../../ui/error-text.ts";
import { addMessages, formatList, t } from "../../../ui/i18n.ts";
import { changePassphrase } from "../../../vault/unlock.ts";

/** What the settings show afterwards: a sentence, and the servers where the new passphrase does not count, if any. */
export type ChangedPassphrase =
  | { readonly kind: "done"; readonly sentence: string }
  | { readonly kind: "refused"; readonly sentence: string }
  | {
      readonly kind: "left";
      readonly outcomes: readonly ServerOutcome[];
      readonly Report: typeof import("../teams/passphrase-report.tsx").PassphraseReport;
    };

/**
 * Changes the passphrase of the vault, and of the servers where it counts. What speaks to servers is loaded before
 * anything is changed, and only where there is one.
 *
 * @param ways.onWorking told what is being done, as a sentence
 * @param ways.onLoaded told what draws the step that `showFactor` asks for, before it does
 * @param ways.showFactor for a server that wants a second factor first; refused, the former passphrase stays there
 */
export async function changeWithServers(
  old: string,
  next: string,
  ways: {
    readonly onWorking: (sentence: string) => void;
    readonly onLoaded: (Step: typeof import("./step-at-server.tsx").StepAtServer) => void;
    readonly showFactor: ShowFactor;
  },
): Promise<ChangedPassphrase> {
  if (!(await hasServer())) {
    const changed = await changePassphrase(old, next);
    if (!changed.ok) return { kind: "refused", sentence: unlockRefusalText(changed.error) };
    return { kind: "done", sentence: t("settings.passphrase-changed") };
  }
  const [{ changePassphraseEverywhere }, { PassphraseReport }, { StepAtServer }, { TEAM_MESSAGES }] =
    await Promise.all([
      import("../../../servers/change-everywhere.ts"),
      import("../teams/passphrase-report.tsx"),
      import("./step-at-server.tsx"),
      import("../../../ui/messages/teams.ts"),
    ]);
  addMessages(TEAM_MESSAGES);
  ways.onLoaded(StepAtServer);
  const onServer = (origin: string) => ways.onWorking(t("teams.change.working", { host: hostOf(origin) }));
  const { showFactor } = ways;
  const changed = await changePassphraseEverywhere({ old, next }, { onServer, showFactor });
  if (!changed.ok) {
    const { error } = changed;
    const isOfServers = error === "locked" || error === "busy";
    return {
      kind: "refused",
      sentence: isOfServers ? t(`teams.refused.${error}`) : unlockRefusalText(error),
    };
  }
  const outcomes = changed.value.filter(({ outcome }) => outcome !== "changed");
  if (outcomes.length > 0) return { kind: "left", outcomes, Report: PassphraseReport };
  const hosts = formatList(changed.value.map(({ origin }) => hostOf(origin)));
  return { kind: "done", sentence: t("teams.change.done", { hosts }) };
}
