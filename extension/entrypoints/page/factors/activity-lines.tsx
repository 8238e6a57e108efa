import type { FactorActivity } from "../../../../shared/mfa/answers.ts";
import type { GroupView } from "../../../groups/group-view.ts";
import type { KnownFactors } from "../../../servers/read-factors.ts";
import { activityText, kindText } from "../../../ui/factor-list-text.ts";
import { formatDateTime, t } from "../../../ui/i18n.ts";

/** What was done about second factors, line by line. */
export function ActivityLines(props: {
  activity: readonly FactorActivity[];
  modules: KnownFactors["modules"];
  /** The person's own id at the server. */
  userId: string;
  /** Those that the person is in with others: they say who is who. */
  groups: readonly GroupView[];
}) {
  const emails = new Map(
    props.groups.flatMap(({ people }) => people.map(({ id, email }) => [id, email] as const)),
  );
  const nameOf = (id: string) =>
    id === props.userId ? t("factors.you") : emails.get(id) || t("factors.somebody");
  return (
    <ul class="plain-list">
      {props.activity.map((each) => (
        <li key={each.id}>
          {activityText(each, {
            what: whatText(each, props.modules),
            who: each.userId === props.userId ? null : nameOf(each.userId),
            by: each.byUser === null ? t("factors.by.server") : nameOf(each.byUser),
          })}
          <br />
          <span class="small dim">{formatDateTime(each.at)}</span>
        </li>
      ))}
    </ul>
  );
}

/** e.g. "my phone" (Authenticator) */
function whatText({ module, name }: FactorActivity, modules: KnownFactors["modules"]): string {
  const kind = module === null ? "" : kindText(modules, module);
  if (name === null || name === "" || name === kind) return kind;
  return t("factors.did.named", { name, kind });
}
