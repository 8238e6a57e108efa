import type { RefObject } from "preact";
import type { IndexRow } from "../../../vault/index-row.ts";
import type { SectionProps } from "../section-props.ts";
import type { Inner } from "./use-first-steps.ts";

/** What every one of the first steps gets. */
export interface StepProps extends SectionProps {
  /** The accounts that are kept by now. */
  readonly rows: readonly IndexRow[];
  readonly heading: RefObject<HTMLHeadingElement | null>;
  /** What is open within the step. */
  readonly inner: Inner | null;
  readonly onInner: (inner: Inner | null) => void;
}
