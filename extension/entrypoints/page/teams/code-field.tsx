import type { RefObject } from "preact";
import { useId } from "preact/hooks";
import { t } from "../../../ui/i18n.ts";
import { CodeReader } from "./code-reader.tsx";

/** Where a code of a team server is pasted, and what is wrong with it. */
export function CodeField(props: {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  problem: string | null;
  onText: (text: string) => void;
}) {
  const { problem } = props;
  const says = useId();
  return (
    <div class="checked-field">
      <label class="field">
        <span>{t("teams.code")}</span>
        <textarea
          ref={props.field}
          class="input mono"
          rows={4}
          autocomplete="off"
          spellcheck={false}
          value={props.text}
          aria-invalid={problem !== null}
          aria-describedby={says}
          onInput={(event) => props.onText(event.currentTarget.value)}
        />
      </label>
      <p id={says} class={problem === null ? "small dim" : "small problem"} role="status">
        {problem ?? t("teams.code-hint")}
      </p>
      <CodeReader
        isWanted={(text) => /^\s*CS[RD]?\d/i.test(text)}
        nothing={t("teams.read.nothing-code")}
        onText={props.onText}
      />
    </div>
  );
}
