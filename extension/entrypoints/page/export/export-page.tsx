import { useEffect, useState } from "preact/hooks";
import { Unopenable } from "../../../screens/unopenable.tsx";
import { useGroupLabels } from "../../../screens/use-group-labels.ts";
import { useRows } from "../../../screens/use-list.ts";
import { usePolicy } from "../../../screens/use-policy.ts";
import { t } from "../../../ui/i18n.ts";
import { ManagedLine } from "../../../ui/managed-line.tsx";
import type { IndexRow } from "../../../vault/index-row.ts";
import type { SectionProps } from "../section-props.ts";
import { readChoice } from "../sheet/sheet-choice.ts";
import { ChooseEntries, type Scope } from "./choose-entries.tsx";
import { ChooseWay, type Chosen } from "./choose-way.tsx";
import { LastStep } from "./last-step.tsx";
import "./export.css";

const NO_ROWS: readonly IndexRow[] = [];

/** Leaving with one's accounts, or with some: which, in which form, what gets lost by it, and then the file or the codes. */
export function ExportPage(props: SectionProps) {
  const { vault } = props;
  const { exportForbidden } = usePolicy();
  const rows = useRows(NO_ROWS, vault.kind);
  const labels = useGroupLabels(vault.kind === "unlocked");
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string> | null>(null);
  const [scope, setScope] = useState<Scope>({ which: "chosen", shared: "with" });
  const [way, setWay] = useState<Chosen | null>(null);
  const [isShowing, setShowing] = useState(false);
  useEffect(() => {
    void readChoice(location.hash).then((ids) => setChosenIds(ids ? new Set(ids) : null));
  }, []);

  if (exportForbidden) return <ManagedLine>{t("policy.export-forbidden")}</ManagedLine>;
  if (rows === "unreadable")
    return <Unopenable why="database" onBackup={() => location.assign("#/backup")} />;
  if (rows === null) return null;
  if (rows.length === 0) return <p>{t("export.nothing")}</p>;

  const chosen = chosenIds && rows.filter(({ id }) => chosenIds.has(id));
  const inScope = scope.which === "chosen" && chosen ? chosen : rows;
  // What is this person's own on all their devices is shared with nobody.
  const isShared = ({ group }: IndexRow) => group !== undefined && labels.get(group)?.isPersonal !== true;
  const going = inScope.filter((row) => scope.shared === "with" || !isShared(row));
  return (
    <>
      {!isShowing && (
        <>
          <ChooseEntries
            scope={scope}
            all={rows.length}
            chosen={chosen?.length ?? null}
            shared={inScope.filter(isShared).length}
            onScope={setScope}
          />
          <section class="page-section" aria-labelledby="export-form">
            <h2 id="export-form">{t("export.form")}</h2>
            <ChooseWay chosen={way} onChoose={setWay} />
          </section>
        </>
      )}
      <LastStep
        {...props}
        key={way === null || way === "sheet" ? way : way.id}
        way={way}
        rows={going}
        isShared={isShared}
        isShowing={isShowing}
        onShowing={setShowing}
      />
    </>
  );
}
