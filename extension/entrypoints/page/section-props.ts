import type { ToastContent } from "../../ui/toast.tsx";
import type { VaultState } from "../../vault/state.ts";

/** What every section of the page gets. */
export interface SectionProps {
  readonly vault: VaultState;
  readonly say: (content: ToastContent) => void;
}
