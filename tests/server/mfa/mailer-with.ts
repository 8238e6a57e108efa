import { type Mailer, mailSettings, makeMailer } from "../../../server/mfa/notices/mailer.ts";

/** A code as it is sent to somebody who reads English. */
export const CODE = { code: "481516", minutes: 10, languages: ["en"] };

/** A mailer with these settings, and what it logs. */
export function mailerWith(settings: Readonly<Record<string, unknown>>): {
  readonly mailer: Mailer;
  readonly logged: readonly string[];
} {
  const logged: string[] = [];
  const parsed = mailSettings.parse({ host: "localhost", from: "codes@example.com", ...settings });
  const mailer = makeMailer(parsed, "https://codes.example.com", (event, details) => {
    logged.push(JSON.stringify({ event, ...details }));
  });
  return { mailer, logged };
}

/** Settings for a mail server at that port of this computer, without encryption. */
export function plain(port: number): Readonly<Record<string, unknown>> {
  return { host: "127.0.0.1", port, tls: "none" };
}
