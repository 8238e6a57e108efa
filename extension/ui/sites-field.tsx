import { useState } from "preact/hooks";
import { t } from "./i18n.ts";
import { Glyph } from "./icons.tsx";

/** The sites an entry may be filled into: one line each, removable, and one field to add another by its address. */
export function SitesField(props: { sites: readonly string[]; onChange: (sites: string[]) => void }) {
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState(false);

  const add = () => {
    const site = typedToSite(typed);
    if (typed.trim() === "") return;
    if (site === null) return setProblem(true);
    setProblem(false);
    setTyped("");
    if (!props.sites.includes(site)) props.onChange([...props.sites, site]);
  };

  return (
    <fieldset class="field sites">
      <legend class="legend">{t("form.sites")}</legend>
      {props.sites.map((site) => (
        <div key={site} class="line site">
          <span class="grow cut" title={site}>
            {site}
          </span>
          <button
            type="button"
            class="icon-button"
            aria-label={t("form.site-remove", { site })}
            onClick={() => props.onChange(props.sites.filter((other) => other !== site))}
          >
            <Glyph name="close" size={14} />
          </button>
        </div>
      ))}
      <input
        class="input"
        value={typed}
        placeholder={t("form.site-add")}
        aria-label={t("form.site-add")}
        aria-invalid={problem}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || typed.trim() === "") return;
          event.preventDefault();
          add();
        }}
      />
      {problem && (
        <p class="small problem" role="alert">
          {t("form.site-problem")}
        </p>
      )}
    </fieldset>
  );
}

/** "example.com", "https://example.com/login" or "*.example.com" as typed, to a site pattern; null where it is none. */
export function typedToSite(typed: string): string | null {
  const text = typed.trim();
  const wildcard = text.startsWith("*.");
  const address = wildcard ? text.slice(2) : text;
  try {
    const url = new URL(address.includes("://") ? address : `https://${address}`);
    if (
      url.username ||
      url.password ||
      !url.hostname ||
      (url.protocol !== "https:" && url.protocol !== "http:")
    )
      return null;
    return wildcard ? `*.${url.hostname}` : url.host;
  } catch {
    return null;
  }
}
