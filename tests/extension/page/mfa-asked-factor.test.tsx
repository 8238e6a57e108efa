import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, test } from "vitest";
import { useAskedFactor } from "../../../extension/entrypoints/page/factor-step/use-asked-factor.ts";
import type { HalfSession } from "../../../extension/servers/factor-session.ts";
import type { ShowFactor } from "../../../extension/servers/show-factor.ts";
import { err } from "../../../shared/result.ts";

let showFactor: ShowFactor;
function Asking() {
  ({ showFactor } = useAskedFactor());
  return null;
}
const half = (serverId: string) => ({ serverId }) as HalfSession;
const CANCELLED = err("factor-cancelled");

afterEach(() => act(() => render(null, document.body)));

test("whoever goes somewhere else has cancelled it, at the servers that ask after that, too", async () => {
  act(() => render(<Asking />, document.body));
  const first = showFactor(half("first"));
  act(() => render(null, document.body));
  expect(await first).toEqual(CANCELLED);
  // What waits for it holds the lock of one's own access until it is answered.
  const later = Promise.race([showFactor(half("second")), new Promise((done) => setTimeout(done, 500))]);
  expect(await later).toEqual(CANCELLED);
});
