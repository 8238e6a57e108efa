import { render, type VNode } from "preact";
import { act } from "preact/test-utils";
import type { FactorProps } from "../../../extension/entrypoints/page/factors/factor-props.ts";
import type { KnownServer } from "../../../extension/servers/connection.ts";
import type { KnownFactors } from "../../../extension/servers/read-factors.ts";
import type { ListedFactor, OfferedModule } from "../../../shared/mfa/answers.ts";

/** What a server says of somebody's second factors, and the page on which the screens that show it are drawn. */

export const NOW = Date.now();
export const DAY = 24 * 60 * 60_000;
export const module = (id: string, patch: Partial<OfferedModule> = {}): OfferedModule => ({
  ...{ id, names: { en: `Kind ${id}`, "zh-CN": id }, strength: "strong", isSpare: false },
  ...{ countsForSignIn: true, setUpForm: [], proofForm: [] },
  ...patch,
});
export const factor = (id: string, patch: Partial<ListedFactor> = {}): ListedFactor => ({
  ...{ id, module: "totp", name: id, status: "verified", strength: "strong", isSpare: false },
  ...{ countsForSignIn: true, madeAt: NOW - 3 * DAY, usedAt: null },
  ...patch,
});
const CREDENTIAL = { name: "credential", kind: "credential", label: { en: "", "zh-CN": "" } } as const;
export const MODULES = [
  module("webauthn", { proofForm: [{ ...CREDENTIAL, hint: null, longest: 1 }] }),
  module("totp"),
  module("email", { strength: "weak" }),
  module("recovery", { isSpare: true }),
];
export const LEVEL: KnownFactors["level"] = {
  ...{ currentLevel: "aal1", nextLevel: "aal1", currentAuthenticationMethods: [], lacks: null },
  ...{ dueAt: null, reset: null, isAdministrator: false },
};
export const HOST = "codes.example.com";
export const STORED: KnownServer = { id: "s", origin: `https://${HOST}`, userId: "alice", secrets: null };
export const known = (factors: ListedFactor[], dueAt: number | null = null): KnownFactors => ({
  ...{ modules: MODULES, recommended: "totp", factors, activity: [] },
  level: { ...LEVEL, dueAt },
});
export const propsOf = (of: KnownFactors): FactorProps & { onSetUp: (module: string) => void } => ({
  known: of,
  server: {
    ...{ id: "s", origin: `https://${HOST}`, host: HOST, email: "alice@example.com" },
    ...{ isSignedIn: true, counting: "vault", invitation: null },
  },
  say: () => {},
  onChanged: () => {},
  onSetUp: () => {},
});

export const draw = (vnode: VNode) => act(() => render(vnode, document.body));
export const clear = () => act(() => render(null, document.body));
export const text = () => document.body.textContent ?? "";
export const button = (name: string) =>
  [...document.querySelectorAll("button")].find((each) => (each.ariaLabel ?? each.textContent) === name);
export const press = (name: string) => act(() => button(name)?.click());
export const lines = () => [...document.querySelectorAll("li")].map(({ textContent }) => textContent ?? "");
