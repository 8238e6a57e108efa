import { hostOf } from "../../../servers/server-address.ts";
import { t } from "../../../ui/i18n.ts";
import { isWorthOpening, serverRefusalText } from "../../../ui/server-text.ts";

/**
 * Why a server did not do what it was asked, with the next step.
 *
 * @param props.isSigningIn where the passphrase was given just now, one that is too old has become so at the second factor
 */
export function Refused(props: {
  failure: Parameters<typeof serverRefusalText>[0] | null;
  origin: string;
  isSigningIn?: boolean;
}) {
  const { failure, origin } = props;
  if (failure === null) return null;
  const host = hostOf(origin);
  return (
    <div class="stack tight" role="alert">
      <p class="problem">
        {failure === "sign-in-again" && props.isSigningIn
          ? t("teams.refused.too-slow", { host })
          : serverRefusalText(failure, host)}
      </p>
      {isWorthOpening(failure) && (
        <p>
          <a href={`${origin}/health`} target="_blank" rel="noreferrer">
            {t("teams.open-address", { host })}
          </a>
        </p>
      )}
    </div>
  );
}
