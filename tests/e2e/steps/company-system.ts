import { type Beside, startBeside } from "../../server/mfa/beside.ts";
import { SECRET } from "../../server/mfa/make-provider.ts";
import { eventually } from "../eventually.ts";
import type { TeamServer } from "./team-server.ts";

/** What a company's own system is called by itself, and what it knows people by, in both languages. */
export const SYSTEM_NAME = { en: "SMS code", "zh-CN": "手机短信验证" } as const;
export const IDENTIFIER = { en: "Staff phone", "zh-CN": "员工手机号" } as const;

type Call = { readonly name: string; readonly body: Readonly<Record<string, unknown>> };

/** A company's own system, written to ONES' functions, in a process of its own. */
export type CompanySystem = Beside & {
  /** The code that it sends when it has sent so many before. */
  codeAfter(count: number): Promise<string>;
  countSent(): Promise<number>;
  /** All calls of that name. */
  calls(name: string): Promise<Call[]>;
  /** Lets so much time go by at the server and there that codes may be sent again. */
  later(server: TeamServer): Promise<void>;
};

/** Starts one. @param layout "h5": it is asked from its phone's page, on which nobody binds */
export async function startCompanySystem(layout: "desktop" | "h5" = "desktop"): Promise<CompanySystem> {
  const host = await startBeside("ones-host.ts", SECRET, layout);
  const sent = () => host.ask<{ readonly to: string; readonly code: string }[]>("/messages");
  return {
    ...host,
    async codeAfter(count) {
      await eventually(async () => (await sent()).length).toBe(count + 1);
      return (await sent())[count]?.code ?? "";
    },
    countSent: async () => (await sent()).length,
    calls: async (name) => (await host.ask<Call[]>("/calls")).filter((call) => call.name === name),
    async later(server) {
      await server.moveClock(20 * 60_000);
      await host.ask(`/ahead/${server.now() - Date.now()}`);
    },
  };
}

/** How mfa.json says that it is asked. */
export function providerAt(url: string, more: object = {}): object {
  const known = { kind: "provider", secret: SECRET, sendsCodes: true, externalId: "email" };
  return { ...known, identifier: IDENTIFIER, allow: ["127.0.0.1"], url, ...more };
}
