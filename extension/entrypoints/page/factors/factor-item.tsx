import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ListedFactor } from "../../../../shared/mfa/answers.ts";
import { factorNames, kindText, strengthText } from "../../../ui/factor-list-text.ts";
import { formatDate, t } from "../../../ui/i18n.ts";
import type { FactorProps } from "./factor-props.ts";
import { RemoveFactor } from "./remove-factor.tsx";
import { RenameFactor } from "./rename-factor.tsx";

const PANELS = ["rename", "remove"] as const;
type Panel = (typeof PANELS)[number];

/** A second factor that was proven: what it is, what it is good for, since when, and what can be done about it. */
export function FactorItem(props: FactorProps & { factor: ListedFactor }) {
  const { factor, known, server } = props;
  const [open, setOpen] = useState<Panel | null>(null);
  const panelId = useId();
  const item = useRef<HTMLLIElement>(null);
  const wasOpen = useRef<Panel | null>(null);
  useEffect(() => {
    // The keyboard goes on where the panel was opened.
    if (open === null && wasOpen.current !== null)
      item.current?.querySelector<HTMLElement>(`[data-opens=${wasOpen.current}]`)?.focus();
    wasOpen.current = open;
  }, [open]);
  const kind = kindText(known.modules, factor.module);
  const name = factorNames(known.factors, known.modules).get(factor.id) ?? kind;
  const facts = [
    ...(factor.name === null || name === kind ? [] : [kind]),
    t("factors.since", { date: formatDate(factor.madeAt) }),
    usedText(factor),
  ];
  const close = () => setOpen(null);
  return (
    <li class="stack tight" ref={item}>
      <div class="line wrap">
        <div class="grow">
          <strong class="person-name">{name}</strong>
          {factor.module === known.recommended && (
            <span class="small dim"> · {t("factors.recommended")}</span>
          )}
          <br />
          <span class="small">{strengthText(factor, server.host)}</span>
          <br />
          <span class="small dim">{facts.join(" · ")}</span>
        </div>
        <div class="line">
          {PANELS.map((panel) => (
            <button
              key={panel}
              type="button"
              class={panel === "remove" ? "button plain danger-text" : "button plain"}
              data-opens={panel}
              aria-expanded={open === panel}
              aria-controls={open === panel ? panelId : undefined}
              aria-label={t(`factors.${panel}-named`, { name })}
              onClick={() => setOpen(open === panel ? null : panel)}
            >
              {t(`factors.${panel}`)}
            </button>
          ))}
        </div>
      </div>
      {open !== null && (
        <div id={panelId}>
          {open === "rename" && <RenameFactor {...props} kind={kind} onClose={close} />}
          {open === "remove" && <RemoveFactor {...props} name={name} onClose={close} />}
        </div>
      )}
    </li>
  );
}

function usedText({ usedAt }: ListedFactor): string {
  return usedAt === null ? t("factors.never-used") : t("factors.used", { date: formatDate(usedAt) });
}
