import { describe, expect, test } from "vitest";
import { draftsOf, readText } from "../../support/read-sample.ts";

/** Files as other versions of their programs write them, or people after them: what a field may be instead. */

const SECRET = "JBSWY3DPEHPK3PXP";
const alice = { type: "totp", issuer: "Example", account: "alice", secret: SECRET };

describe.each<[string, unknown, object[]]>([
  [
    "Aegis with texts for numbers and nulls",
    {
      version: 1,
      header: { slots: null, params: null },
      db: {
        version: 2,
        entries: [
          {
            type: "HOTP",
            name: "alice",
            issuer: "Example",
            note: null,
            icon: null,
            favorite: 1,
            groups: null,
            info: { secret: "jbsw y3dp-ehpk 3pxp==", algo: null, digits: "8", counter: "5" },
          },
        ],
      },
    },
    [{ ...alice, type: "hotp", algorithm: "SHA1", digits: 8, counter: 5 }],
  ],
  [
    "2FAS without what has a default",
    {
      schemaVersion: 4,
      services: [{ name: "Example", secret: "JBSWY3DPEHPK3PXP====", otp: { account: "alice" } }],
    },
    [{ ...alice, algorithm: "SHA1", digits: 6, period: 30 }],
  ],
  [
    "Stratum with names for numbers",
    {
      Authenticators: [
        {
          Type: "Totp",
          Issuer: "Example",
          Username: "alice",
          Secret: SECRET,
          Algorithm: "Sha256",
          Digits: "8",
          Period: "60",
        },
      ],
    },
    [{ ...alice, algorithm: "SHA256", digits: 8, period: 60 }],
  ],
  [
    "andOTP with everything in the label",
    [{ secret: SECRET, label: "Example:alice", type: "TOTP", algorithm: "SHA1", digits: 6, tags: null }],
    [alice],
  ],
  [
    "Ente's addresses as a list",
    [`otpauth://totp/Example:alice?secret=${SECRET}&codeDisplay=%7B%22tags%22%3A%5B%22Work%22%5D%7D`],
    [{ ...alice, tags: ["Work"] }],
  ],
  [
    "Bitwarden with further codes in fields",
    {
      encrypted: false,
      items: [
        {
          type: 1,
          name: "Example",
          login: { username: "alice", totp: SECRET },
          fields: [{ name: "second", value: "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ", type: 1 }, null],
        },
      ],
    },
    [alice, { issuer: "Example", account: "x", secret: "GEZDGNBVGY3TQOJQ" }],
  ],
  [
    "Raivo's counted ones",
    [
      {
        kind: "hotp",
        timer: "0",
        issuer: "Example",
        account: "alice",
        secret: SECRET,
        counter: "3",
        digits: "6",
      },
    ],
    [{ ...alice, type: "hotp", counter: 3, period: null }],
  ],
  [
    "2FAuth with the type as its language prints it",
    {
      app: "2fauth_v5",
      data: [
        { otp_type: "OtpType.HOTP", service: "Example", account: "alice", secret: SECRET, counter: null },
      ],
    },
    [{ ...alice, type: "hotp", counter: 0 }],
  ],
  [
    "Authy's accounts as scripts write them",
    {
      success: true,
      decrypted_authenticator_tokens: [
        { account_type: "x", name: "Example:alice", digits: 7, unique_id: "1", decrypted_seed: SECRET },
      ],
    },
    [{ ...alice, digits: 7 }],
  ],
  [
    "LastPass Authenticator with nulls",
    {
      deviceName: "x",
      accounts: [
        {
          issuerName: null,
          originalIssuerName: "Example",
          userName: "alice",
          secret: SECRET,
          timeStep: "60",
          digits: "7",
          algorithm: "sha512",
        },
      ],
    },
    [{ ...alice, algorithm: "SHA512", digits: 7, period: 60 }],
  ],
])("%s", (_, json, drafts) => {
  test("is read right", async () => {
    expect(draftsOf(await readText(JSON.stringify(json)))).toMatchObject(drafts);
  });
});

describe.each<[string, string, object[]]>([
  [
    "Dashlane's table with both columns for a code",
    `username,username2,username3,title,password,note,url,category,otpSecret,otpUrl\nalice,,,Example,x,,,,,otpauth://totp/?secret=${SECRET}&digits=8`,
    [{ ...alice, digits: 8 }],
  ],
  [
    "LastPass' table with names as in a page",
    `url,username,password,totp,extra,name,grouping,fav\nhttps://x.example,alice,x,${SECRET},a &lt; b,A&amp;B,,0`,
    [{ ...alice, issuer: "A&B", note: "a < b" }],
  ],
  [
    "a table whose types are words",
    `issuer;account;secret;type;counter\nExample;alice;${SECRET};TOTP (time-based);\nExample;bob;${SECRET};Counter based;9`,
    [alice, { type: "hotp", account: "bob", counter: 9 }],
  ],
  [
    "a table with an account of Mobile-OTP",
    "issuer,account,type,secret,pin\nOffice,eve,MOTP,30edcc8edae50a60,1234",
    [{ type: "motp", issuer: "Office", account: "eve", secret: "GDW4ZDW24UFGA", pin: "1234" }],
  ],
  [
    "a table with blanks before its quotes, and lines before its header",
    `\n  "Group", "Title", "Username", "TOTP"\n"Root", "Example", "alice", "${SECRET}"`,
    [alice],
  ],
  [
    "a table with a column twice and a note of two lines",
    `issuer,account,secret,secret,note\r\nExample,alice,,${SECRET},"one\r\ntwo, three"\r\n`,
    [{ ...alice, note: "one\ntwo, three" }],
  ],
])("%s", (_, text, drafts) => {
  test("is read right", async () => {
    expect(draftsOf(await readText(text))).toMatchObject(drafts);
  });
});
