import { useEffect, useState } from "preact/hooks";
import { err, ok, type Result } from "../../shared/result.ts";
import { t } from "./i18n.ts";
import { Glyph } from "./icons.tsx";

/** Asks for "*.example.com" of a host below it; null where a host has no domain of its owner's. */
export type DomainPattern = (host: string) => Promise<string | null>;

/**
 * The sites an entry may be filled into: one line each, removable, to be widened to the whole domain by choice, and
 * one field to add another by its address.
 */
export function SitesField(props: {
  sites: readonly string[];
  domainPattern: DomainPattern;
  onChange: (sites: string[]) => void;
}) {
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<"not-a-site" | "not-a-domain" | null>(null);

  const replace = (site: string, by: readonly string[]) =>
    props.onChange([...new Set(props.sites.flatMap((other) => (other === site ? by : [other])))]);

  const add = async () => {
    if (typed.trim() === "") return;
    const site = await checkTypedSite(typed, props.domainPattern);
    if (!site.ok) return setProblem(site.error);
    setProblem(null);
    setTyped("");
    if (!props.sites.includes(site.value)) props.onChange([...props.sites, site.value]);
  };

  return (
    <fieldset class="field sites">
      <legend class="legend">{t("form.sites")}</legend>
      {props.sites.map((site) => (
        <div key={site} class="line site">
          <span class="grow cut" title={site}>
            {site}
          </span>
          <Widen
            site={site}
            domainPattern={props.domainPattern}
            onWiden={(pattern) => replace(site, [pattern])}
          />
          <button
            type="button"
            class="icon-button"
            aria-label={t("form.site-remove", { site })}
            onClick={() => replace(site, [])}
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
        aria-invalid={problem !== null}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => void add()}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || typed.trim() === "") return;
          event.preventDefault();
          void add();
        }}
      />
      {problem && (
        <p class="small problem" role="alert">
          {t(`form.site-problem.${problem}`)}
        </p>
      )}
    </fieldset>
  );
}

/** Offers the whole domain in place of one host, where that is wider. */
function Widen(props: { site: string; domainPattern: DomainPattern; onWiden: (pattern: string) => void }) {
  const [pattern, setPattern] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    if (!props.site.startsWith("*."))
      void props.domainPattern(props.site).then((found) => current && setPattern(found));
    return () => {
      current = false;
    };
  }, [props.site]);
  if (pattern === null) return null;
  return (
    <button type="button" class="button plain small" onClick={() => props.onWiden(pattern)}>
      {t("form.site-widen", { pattern })}
    </button>
  );
}

/** The site that was typed, if codes may be filled in there. */
export async function checkTypedSite(
  typed: string,
  domainPattern: DomainPattern,
): Promise<Result<string, "not-a-site" | "not-a-domain">> {
  const site = typedToSite(typed);
  if (site === null) return err("not-a-site");
  // A pattern wider than one owner's domain (*.co.uk, *.github.io) would let strangers have the code.
  const isWider = site.startsWith("*.") && (await domainPattern(site.slice(2))) !== site;
  return isWider ? err("not-a-domain") : ok(site);
}

/** "example.com", "https://example.com/login" or "*.example.com" as typed, to a site pattern; null where it is none. */
export function typedToSite(typed: string): string | null {
  const text = typed.trim();
  const wildcard = text.startsWith("*.");
  const address = wildcard ? text.slice(2) : text;
  try {
    const url = new URL(address.includes("://") ? address : `https://${address}`);
    if (url.username || url.password) return null;
    // Chromium takes blanks and asterisks into a host, escaped or as they are.
    if (!/^(\[[\da-f:.]+\]|[\w.-]+)$/.test(url.hostname)) return null;
    if (url.protocol !== "https:" && url.protocol !== "http:") return null;
    return wildcard ? `*.${url.hostname}` : url.host;
  } catch {
    return null;
  }
}
