import { t, tn } from "../../../ui/i18n.ts";

/** What is to go along: all, or those that were chosen in the list; with or without what groups share. */
export type Scope = { readonly which: "all" | "chosen"; readonly shared: "with" | "without" };

/**
 * @param props.chosen how many were chosen in the list; null where nothing was
 * @param props.shared how many of the scope are shared by a group
 */
export function ChooseEntries(props: {
  scope: Scope;
  all: number;
  chosen: number | null;
  shared: number;
  onScope: (scope: Scope) => void;
}) {
  const { scope, chosen, onScope } = props;
  return (
    <section class="page-section" aria-labelledby="export-which">
      <h2 id="export-which">{t("export.which")}</h2>
      {chosen === null ? (
        <div>
          <p>{tn("export.all", props.all)}</p>
          <p class="dim">{t("export.choose-how")}</p>
        </div>
      ) : (
        <div class="stack tight" role="radiogroup" aria-labelledby="export-which">
          {(["chosen", "all"] as const).map((which) => (
            <label key={which} class="check">
              <input
                type="radio"
                name="which"
                checked={scope.which === which}
                onChange={() => onScope({ ...scope, which })}
              />
              <span>{which === "chosen" ? tn("export.chosen", chosen) : tn("export.all", props.all)}</span>
            </label>
          ))}
        </div>
      )}
      {props.shared > 0 && (
        <label class="check">
          <input
            type="checkbox"
            checked={scope.shared === "with"}
            onChange={() => onScope({ ...scope, shared: scope.shared === "with" ? "without" : "with" })}
          />
          <span>{tn("export.with-shared", props.shared)}</span>
        </label>
      )}
    </section>
  );
}
