import { useState } from "preact/hooks";
import type { EntryDraft } from "../../../shared/otp/entry.ts";
import { siteOfUrl } from "../../autofill/match-site.ts";
import type { TabInfo } from "../../platform/tabs.ts";
import { TypeInEntry } from "../../screens/type-in-entry.tsx";
import { t } from "../../ui/i18n.ts";
import type { VaultState } from "../../vault/state.ts";
import { Screen } from "./screen.tsx";

/** Typing an account in, over the list. The site of the tab in front is offered, since that is where the secret was just shown. */
export function TypeIn(props: {
  vault: VaultState;
  tab: TabInfo | null;
  onDone: (sentence: string | null) => void;
}) {
  const [waiting, setWaiting] = useState<EntryDraft | null>(null);
  return (
    <Screen
      title={t(waiting ? "protect.title" : "add.type")}
      onBack={() => (waiting ? setWaiting(null) : props.onDone(null))}
    >
      <TypeInEntry
        vault={props.vault}
        site={props.tab?.url ? siteOfUrl(props.tab.url) : null}
        waiting={waiting}
        onWaiting={setWaiting}
        onDone={props.onDone}
      />
    </Screen>
  );
}
