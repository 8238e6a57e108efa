import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { isMailAddress } from "../../../server/mfa/notices/mailer.ts";
import { freePort } from "../../support/free-port.ts";
import { type MailServer, readMail, receiveMail } from "./mail-server.ts";
import { CODE, mailerWith, plain } from "./mailer-with.ts";

const servers: MailServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe("an address that would be more than one", () => {
  const INJECTIONS = [
    "alice@example.com\r\nBcc: eve@example.com",
    "alice@example.com\nRCPT TO:<eve@example.com>",
    "alice@example.com,eve@example.com",
    "alice@example.com;eve@example.com",
    "<alice@example.com>",
    "Alice <alice@example.com>",
    '"alice eve"@example.com',
    "friends:alice@example.com;",
    "alice(eve)@example.com",
    "alice@example.com> SIZE=1",
    "alice@eve@example.com",
    "alice@example.com\u0000",
    "alice@example.com\u2028Bcc:eve@example.com",
    "alice@\u202eexample.com",
    "alice@[127.0.0.1]",
    "alice@-example.com",
    "@example.com",
    "alice@",
    "",
    `${"a".repeat(250)}@example.com`,
  ];

  test.each(INJECTIONS)("%j is none", async (address) => {
    const { mailer, logged } = mailerWith(plain(await freePort()));
    expect(await mailer.sendCode(address, CODE)).toBe(false);
    expect(logged).toEqual(['{"event":"mail-not-sent","what":"code","cause":"address"}']);
  });

  test("whatever is taken for an address is the only one that a mail goes to", async () => {
    const server = await receiveMail({ hideSTARTTLS: true });
    servers.push(server);
    const { mailer } = mailerWith(plain(server.port));
    const ascii = fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 30 });
    const local = fc.oneof(ascii, fc.stringMatching(/^[!-~]{1,20}$/));
    const address = fc
      .tuple(local, fc.constantFrom("example.com", "a.example"))
      .map((parts) => parts.join("@"));
    const some = fc.uniqueArray(address.filter(isMailAddress), { minLength: 4, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(some, async (addresses) => {
        server.mails.length = 0;
        const sent = await Promise.all(addresses.map((to) => mailer.sendCode(to, CODE)));
        expect(sent).not.toContain(false);
        // Two dots in a row are sent as RFC 5321 wants them, in quotes: it is the same address.
        const bare = (written = "") => written.replace(/["<>]/g, "");
        expect(server.mails.map(({ to }) => to.map(bare).join("\n")).sort()).toEqual([...addresses].sort());
        for (const { to, raw } of server.mails) {
          const { headers } = readMail(raw);
          expect(headers.size).toBe(9);
          expect(bare(headers.get("to"))).toBe(bare(to[0]));
        }
      }),
      { numRuns: 12 },
    );
  });
});
