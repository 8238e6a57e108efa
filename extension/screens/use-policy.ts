import { useEffect, useState } from "preact/hooks";
import { NO_POLICY, type Policy } from "../policy/parse-policy.ts";
import { readPolicy, watchPolicy } from "../policy/policy.ts";

/** What was read last on this page, so that what is drawn first is right already. */
let last: Policy = NO_POLICY;

/** To be awaited before a page draws. */
export async function loadPolicy(): Promise<void> {
  last = await readPolicy();
}

/** What the organisation has set, followed as it changes. */
export function usePolicy(): Policy {
  const [policy, setPolicy] = useState(last);
  useEffect(() => {
    const show = (next: Policy) => {
      last = next;
      setPolicy(next);
    };
    void readPolicy().then(show);
    return watchPolicy(show);
  }, []);
  return policy;
}
