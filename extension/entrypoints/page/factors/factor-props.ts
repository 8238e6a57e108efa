import type { KnownFactors } from "../../../servers/read-factors.ts";
import type { GroupServer } from "../groups/use-server.ts";
import type { SectionProps } from "../section-props.ts";

/** What every part of the page of second factors gets. */
export interface FactorProps {
  readonly server: GroupServer;
  readonly known: KnownFactors;
  readonly say: SectionProps["say"];
  /** Something has changed: what the server says is read anew. */
  readonly onChanged: () => void;
}
