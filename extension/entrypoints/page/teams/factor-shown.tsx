import type { ComponentChildren } from "preact";
import type { Shown } from "../../../../shared/mfa/shown.ts";
import { formatTime, ofLanguage, t, tn } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { ShownCodes } from "./shown-codes.tsx";
import { ShownSecret } from "./shown-secret.tsx";

/** Whose factor it is and where, which stands on the paper with the recovery codes. */
export type FactorOf = { readonly host: string; readonly email: string };

/**
 * What a step of a second factor shows: a secret to scan, codes to keep, where a message went. What is for the browser alone
 * (a credential's options) shows nothing.
 *
 * @param props.children said beside the secret of an authenticator
 */
export function FactorShown(props: { shown: readonly Shown[]; of: FactorOf; children?: ComponentChildren }) {
  return (
    <>
      {props.shown.map((shown) => (
        <OneShown key={JSON.stringify(shown)} shown={shown} of={props.of}>
          {props.children}
        </OneShown>
      ))}
    </>
  );
}

function OneShown({ shown, of, children }: { shown: Shown; of: FactorOf; children: ComponentChildren }) {
  switch (shown.kind) {
    case "totp-secret":
      return (
        <ShownSecret secret={shown.secret} uri={shown.uri}>
          {children}
        </ShownSecret>
      );
    case "recovery-codes":
      return <ShownCodes codes={shown.codes} of={of} />;
    case "codes-left":
      return (
        <div class="notice boxed warn" role="status">
          <Glyph name="warn" />
          <p class="grow">{tn("factors.shown.codes-left", shown.left)}</p>
        </div>
      );
    case "sent":
      return <p role="status">{t("factors.shown.sent", { to: shown.to, time: formatTime(shown.until) })}</p>;
    case "note":
      return <p>{ofLanguage(shown.words)}</p>;
    case "credential":
      return null;
  }
}
