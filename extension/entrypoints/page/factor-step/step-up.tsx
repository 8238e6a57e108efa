import { useEffect, useState } from "preact/hooks";
import { type FactorSession, ownFactorSession } from "../../../servers/factor-session.ts";
import { FactorStep } from "./factor-step.tsx";

/** Shows a factor in the session that this device has, for something that wants one; that goes on by itself then. */
export function StepUp(props: {
  serverId: string;
  isForChange: boolean;
  onShown: () => void;
  onCancel: () => void;
}) {
  const [session, setSession] = useState<FactorSession | null>(null);
  useEffect(() => {
    void ownFactorSession(props.serverId).then((own) => {
      // Signed out or locked meanwhile, which shows by itself.
      if (own.ok) setSession(own.value);
    });
  }, [props.serverId]);
  if (session === null) return null;
  return (
    <FactorStep
      session={session}
      isForChange={props.isForChange}
      isWholeOnly={false}
      onShown={props.onShown}
      onCancel={props.onCancel}
    />
  );
}
