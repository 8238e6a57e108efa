import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { MOST } from "../../../server/mfa/limits.ts";
import { readMail, receiveMail } from "../../server/mfa/mail-server.ts";
import type { Measured } from "./measured.ts";

/** Longer than the limit on messages wants, so that none is held back. */
const REST_MS = 60_000 / MOST.messages.perMinute + 1_000;
const PATHS = { sms: "/sms", provider: "/provider" } as const;

/** A mail server, a gateway for text messages and a provider, which answer at once. */
export type Outside = {
  /** What mfa.json says of them. */
  readonly settings: { readonly mail: object; readonly modules: readonly object[] };
  /** The kinds that they are behind. @param setUp sets one up, with the input of its form and a first proof */
  factors(setUp: SetUp): Promise<Measured[]>;
  close(): Promise<void>;
};

type SetUp = (
  module: string,
  proof: () => Record<string, string>,
  input: Readonly<Record<string, string>>,
) => Promise<{ readonly factorId: string }>;

export async function openOutside(): Promise<Outside> {
  const mailServer = await receiveMail();
  let [sms, given] = ["", 0];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    if (request.url === PATHS.sms) sms = body;
    const data = { names: [], has_bound: false, is_valid: true };
    response.end(JSON.stringify({ code: 200, data }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const common = { allow: ["127.0.0.1"] };
  const key = crypto.getRandomValues(new Uint8Array(32));
  const hmac = async (text: string) => createHmac("sha256", key).update(text).digest();
  return {
    settings: {
      mail: { host: "127.0.0.1", port: mailServer.port, tls: "none", from: "codes@example.com" },
      modules: [
        { kind: "email" },
        {
          ...{ kind: "sms", url: `${origin}${PATHS.sms}`, body: "{code}", ...common },
          headers: { "Content-Type": "text/plain" },
        },
        { kind: "provider", url: `${origin}${PATHS.provider}`, secret: "0123456789".repeat(4), ...common },
      ],
    },
    async factors(setUp) {
      const proofs = {
        email: () => {
          const codes = mailServer.mails.map(({ raw }) => /^ {4}(\d{6})$/m.exec(readMail(raw).text)?.[1]);
          mailServer.mails.length = 0;
          return { code: codes.findLast((code) => code !== undefined) ?? "" };
        },
        sms: () => ({ code: sms }),
        provider: () => ({ code: String(++given) }),
      };
      const inputs = { email: {}, sms: { phone: "+15555550100" }, provider: { identifier: "alice" } };
      const sent = { name: "one HMAC-SHA-256", run: () => hmac("123456") };
      const signed = { name: "one to sign a call", run: () => hmac("x".repeat(300)) };
      const factors: Measured[] = [];
      for (const name of ["email", "sms", "provider"] as const) {
        const { factorId } = await setUp(name, proofs[name], inputs[name]);
        const bare = name === "provider" ? signed : sent;
        factors.push({ name, bare, factorId: async () => factorId, proof: proofs[name], restMs: REST_MS });
      }
      return factors;
    },
    async close() {
      await mailServer.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
