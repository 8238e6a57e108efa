import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { siteOfUrl } from "../../../autofill/match-site.ts";
import { giveBackUnlisted, watchOtherPermissions } from "../../../autofill/other-permissions.ts";
import { HostName } from "../../../screens/host-name.tsx";
import { t } from "../../../ui/i18n.ts";
import type { SectionProps } from "../section-props.ts";

/**
 * What else the browser lets us into, for frames or left over, and the way to give it back; nothing while there is none.
 *
 * @param props.after takes the focus when the pressed button is gone
 */
export function OtherPermissions(props: { after: RefObject<HTMLElement | null>; say: SectionProps["say"] }) {
  const { after, say } = props;
  const [patterns, setPatterns] = useState<readonly string[]>([]);
  useEffect(() => watchOtherPermissions(setPatterns), []);
  if (patterns.length === 0) return null;

  return (
    <>
      <h3 id="settings-permitted" class="auto-sites-more">
        {t("settings.permitted")}
      </h3>
      <p class="dim">{t("settings.permitted-why")}</p>
      <ul class="auto-sites" aria-labelledby="settings-permitted">
        {patterns.map((pattern) => {
          const host = siteOfUrl(pattern.replace(/\*$/, "")) ?? pattern;
          return (
            <li key={pattern} class="auto-site">
              <div class="line">
                <div class="grow">
                  <HostName host={host} />
                </div>
                <button
                  type="button"
                  class="button"
                  aria-label={t("settings.permitted-back-named", { host })}
                  onClick={async () => {
                    await giveBackUnlisted([pattern]);
                    after.current?.focus();
                    say({ tone: "done", sentence: t("settings.permitted-done", { host }) });
                  }}
                >
                  {t("settings.permitted-back")}
                </button>
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}
