import { useEffect, useState } from "preact/hooks";
import { type BrowserCommand, openCommandSettings, readCommands } from "../../../platform/commands.ts";
import type { Policy } from "../../../policy/policy.ts";
import { readFirstStep } from "../../../preferences/first-steps.ts";
import { LIST_KEYS } from "../../../screens/list-keys.ts";
import { usePolicy } from "../../../screens/use-policy.ts";
import { type MessageKey, t } from "../../../ui/i18n.ts";
import { type Chord, chordText } from "../../../ui/key-chord.ts";
import { GRID_KEYS } from "../codes/grid-keys.ts";
import type { SectionProps } from "../section-props.ts";

const QUESTIONS = ["scan", "code", "passphrase", "computer", "fill", "order", "phone"] as const;

const COMMAND_WORDS: Readonly<Record<string, MessageKey>> = {
  _execute_action: "help.command.open",
  "scan-qr-code": "menu.scan",
  "fill-code": "menu.fill",
};

/** Short answers to what goes wrong most, and every key: from the tables that the keys themselves go by. */
export function HelpPage({ vault }: Pick<SectionProps, "vault">) {
  const policy = usePolicy();
  return (
    <>
      <FirstSteps vault={vault} />
      <section class="page-section" aria-labelledby="help-answers">
        <h2 id="help-answers">{t("help.answers")}</h2>
        {QUESTIONS.map((question) => (
          <details key={question} class="answer">
            <summary>{t(`help.${question}.question`)}</summary>
            <p>{t(answerTo(question, policy))}</p>
          </details>
        ))}
      </section>
      <BrowserCommands />
      <Keys title="help.keys-popup" keys={LIST_KEYS} />
      <Keys title="help.keys-page" keys={GRID_KEYS} />
    </>
  );
}

/** No answer advises what the organisation forbids. */
function answerTo(question: (typeof QUESTIONS)[number], policy: Policy): MessageKey {
  if (question === "passphrase" && policy.backupForbidden) return "policy.help-passphrase";
  if (question === "computer" && policy.backupForbidden) return "policy.help-computer";
  if (question === "phone" && policy.exportForbidden) return "policy.export-forbidden";
  return `help.${question}.answer`;
}

/** For whoever has no account yet, or stopped in the middle. */
function FirstSteps({ vault }: Pick<SectionProps, "vault">) {
  const [offer, setOffer] = useState<"begin" | "go-on" | null>(null);
  useEffect(() => {
    const look = async () => {
      const isUnderWay = (await readFirstStep()) !== null;
      setOffer(isUnderWay ? "go-on" : vault.kind === "none" ? "begin" : null);
    };
    void look();
  }, [vault.kind]);
  if (offer === null) return null;
  return (
    <section class="page-section" aria-labelledby="help-first-steps">
      <h2 id="help-first-steps">{t("page.welcome")}</h2>
      <p class="dim">{t("welcome.help")}</p>
      <div>
        <a class="button" href="#/welcome">
          {t(offer === "begin" ? "page.welcome" : "welcome.go-on")}
        </a>
      </div>
    </section>
  );
}

function BrowserCommands() {
  const [commands, setCommands] = useState<readonly BrowserCommand[]>([]);
  useEffect(() => {
    const look = () => void readCommands().then(setCommands);
    look();
    // They may have been changed on the page that the button below opens.
    addEventListener("focus", look);
    return () => removeEventListener("focus", look);
  }, []);
  return (
    <section class="page-section" aria-labelledby="help-commands">
      <h2 id="help-commands">{t("help.commands")}</h2>
      <p class="dim">{t("help.commands-why")}</p>
      <dl class="keys">
        {commands.map(({ name, description, shortcut }) => {
          const key = COMMAND_WORDS[name];
          return (
            <div key={name}>
              <dt>
                {shortcut === null ? <span class="dim">{t("help.no-shortcut")}</span> : <kbd>{shortcut}</kbd>}
              </dt>
              <dd>{key ? t(key) : description}</dd>
            </div>
          );
        })}
      </dl>
      <div>
        <button type="button" class="button" onClick={() => void openCommandSettings()}>
          {t("help.commands-change")}
        </button>
      </div>
    </section>
  );
}

function Keys(props: { title: MessageKey; keys: readonly { chord: Chord; words: MessageKey }[] }) {
  return (
    <section class="page-section" aria-labelledby={props.title}>
      <h2 id={props.title}>{t(props.title)}</h2>
      <dl class="keys">
        {props.keys.map(({ chord, words }) => (
          <div key={chord} data-chord={chord}>
            <dt>
              <kbd>{chordText(chord)}</kbd>
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
