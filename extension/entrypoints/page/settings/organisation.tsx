import type { Policy, UnreadSetting } from "../../../policy/policy.ts";
import { usePolicy } from "../../../screens/use-policy.ts";
import { formatList, t, tn } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";

/** What the organisation has set, all in one place, and what of it could not be heeded. Nothing where it set nothing. */
export function OrganisationSettings() {
  const policy = usePolicy();
  const facts = factsOf(policy);
  if (facts.length === 0 && policy.unread.length === 0) return null;
  return (
    <section class="page-section" aria-labelledby="settings-organisation">
      <h2 id="settings-organisation">{t("policy.title")}</h2>
      <p class="dim">{t("policy.why")}</p>
      {facts.length > 0 && (
        <dl class="facts">
          {facts.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {policy.unread.length > 0 && (
        <div class="notice boxed warn">
          <Glyph name="warn" />
          <span>{unreadText(policy.unread)}</span>
        </div>
      )}
    </section>
  );
}

function factsOf(policy: Policy): { name: string; value: string }[] {
  const { serverAddress, longestAutoLockMinutes } = policy;
  return [
    serverAddress !== null && {
      name: t("policy.server"),
      value: t("policy.server-unused", { address: serverAddress }),
    },
    policy.passphraseRequired && { name: t("policy.passphrase"), value: t("policy.passphrase-fact") },
    longestAutoLockMinutes !== null && {
      name: t("policy.auto-lock"),
      value: tn("policy.auto-lock-fact", longestAutoLockMinutes),
    },
    policy.exportForbidden && { name: t("policy.export"), value: t("policy.export-fact") },
    policy.backupForbidden && { name: t("policy.backup"), value: t("policy.backup-fact") },
    policy.automaticFillingForbidden && { name: t("policy.filling"), value: t("policy.filling-fact") },
  ].filter((fact) => fact !== false);
}

/** A name that is not one of ours was written by somebody, and may be of any length. */
const LONGEST_NAME = 60;

function unreadText(unread: readonly UnreadSetting[]): string {
  const names = unread.flatMap((each) => (each.why === "all" ? [] : [each.name.slice(0, LONGEST_NAME)]));
  if (names.length < unread.length) return t("policy.unread-all");
  return tn("policy.unread", names.length, { names: formatList(names) });
}
