import {
  codeAt,
  groupDigits,
  nextCode,
  type OtpParameters,
  secondsLeft,
  stepAt,
} from "../../shared/otp/code.ts";
import { CodeText } from "./code-text.tsx";
import { noCodeText } from "./error-text.ts";
import { t } from "./i18n.ts";
import { ENDING_SECONDS, Ring } from "./ring.tsx";
import { useSecond } from "./use-second.ts";

/**
 * The code that these parameters give right now, with its ring and the next one: shown before anything is kept, so that
 * it can be compared with what the site expects.
 */
export function LiveCode({ parameters }: { parameters: OtpParameters }) {
  const now = useSecond();
  const code = codeAt(parameters, now);
  if (!code.ok) return <p class="small problem">{noCodeText(code.error)}</p>;
  if (parameters.period === null)
    return (
      <p class="live-code">
        <CodeText code={code.value} ending="running" />
        <span class="small dim">{t("code.counter", { counter: String(parameters.counter ?? 0) })}</span>
      </p>
    );
  const left = secondsLeft(parameters.period, now);
  const ending = left <= ENDING_SECONDS;
  const next = nextCode(parameters, now);
  return (
    <p class="live-code">
      <CodeText code={code.value} ending={ending ? "ending" : "running"} />
      <Ring key={stepAt(parameters.period, now)} period={parameters.period} secondsLeft={left} />
      {ending && next.ok && (
        <span class="small dim mono">
          <span class="visually-hidden">{t("row.next-code")} </span>
          <span aria-hidden="true">→ </span>
          {groupDigits(next.value).join(" ")}
        </span>
      )}
    </p>
  );
}
