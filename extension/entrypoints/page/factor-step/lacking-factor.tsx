import { useState } from "preact/hooks";
import { t } from "../../../ui/i18n.ts";
import type { GroupServer } from "../groups/use-server.ts";
import { StepUp } from "./step-up.tsx";

/** Something waits for a second factor: it is asked for where the person is, and what waits goes on by itself then. */
export function LackingFactor(props: {
  server: Pick<GroupServer, "id">;
  /** Whether it changes something, for which a strong one is wanted. */
  isForChange: boolean;
  /** Whether it waits for a press: nobody has asked for anything yet, and the server may write to them. */
  isClosedFirst?: boolean;
  onShown: () => void;
}) {
  const [isClosed, setClosed] = useState(props.isClosedFirst === true);
  if (isClosed)
    return (
      <div>
        <button type="button" class="button" onClick={() => setClosed(false)}>
          {t("factors.step.show")}
        </button>
      </div>
    );
  return (
    <StepUp
      serverId={props.server.id}
      isForChange={props.isForChange}
      onShown={props.onShown}
      onCancel={() => setClosed(true)}
    />
  );
}
