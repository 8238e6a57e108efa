import { useState } from "preact/hooks";
import { domainPattern } from "../../../screens/domain-pattern.ts";
import { splitTags } from "../../../ui/entry-form-state.ts";
import { t, tn } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { checkTypedSite } from "../../../ui/sites-field.tsx";
import { useFocus } from "../../../ui/use-focus.ts";
import type { IndexRow } from "../../../vault/index-row.ts";

/**
 * Tags or sites of the chosen entries: one field to add, and a button for each that some of them have, to take it away.
 *
 * @param props.onAdd resolves once it is written
 */
export function TextsPanel(props: {
  field: "tags" | "sites";
  rows: readonly IndexRow[];
  onAdd: (texts: readonly string[]) => Promise<void>;
  onRemove: (text: string) => Promise<void>;
  onClose: () => void;
}) {
  const { field, rows } = props;
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const input = useFocus<HTMLInputElement>();

  const add = async () => {
    if (typed.trim() === "") return;
    const read = field === "tags" ? { texts: splitTags(typed) } : await readSites(typed);
    if ("problem" in read) return setProblem(read.problem);
    setProblem(null);
    setTyped("");
    await props.onAdd(read.texts);
  };

  return (
    <form
      class="texts-panel"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.isComposing) return;
        event.preventDefault();
        props.onClose();
      }}
    >
      <label class="field">
        <span>{t(field === "tags" ? "many.add-tags" : "many.add-sites")}</span>
        <span class="line">
          <input
            ref={input}
            class="input"
            value={typed}
            autocomplete="off"
            spellcheck={false}
            aria-invalid={problem !== null}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <button type="submit" class="button primary" disabled={typed.trim() === ""}>
            {t("many.add")}
          </button>
          <button type="button" class="button plain" onClick={props.onClose}>
            {t("action.close")}
          </button>
        </span>
      </label>
      {problem && (
        <p class="small problem" role="alert">
          {problem}
        </p>
      )}
      {countTexts(rows, field).length > 0 && (
        <ul class="chips" aria-label={t(field === "tags" ? "many.have-tags" : "many.have-sites")}>
          {countTexts(rows, field).map(([text, count]) => (
            <li key={text}>
              <button
                type="button"
                class="chip"
                title={tn("many.remove", count, { what: text })}
                onClick={() => void props.onRemove(text)}
              >
                <span class="cut">{text}</span>
                <span class="dim">{count}</span>
                <span class="visually-hidden">{tn("many.remove", count, { what: text })}</span>
                <Glyph name="close" size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}

/** Each tag or site with the number of rows that have it, the most frequent first. */
export function countTexts(
  rows: readonly IndexRow[],
  field: "tags" | "sites",
): [text: string, count: number][] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const text of row[field]) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([a, countA], [b, countB]) => countB - countA || a.localeCompare(b));
}

async function readSites(typed: string): Promise<{ texts: string[] } | { problem: string }> {
  const texts: string[] = [];
  for (const part of splitTags(typed)) {
    const site = await checkTypedSite(part, domainPattern);
    if (!site.ok) return { problem: t(`form.site-problem.${site.error}`) };
    texts.push(site.value);
  }
  return { texts };
}
