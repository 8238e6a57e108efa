import { describe, expect, test } from "vitest";
import { CSV_COLUMNS } from "../../../shared/formats/parts/csv-columns.ts";
import { expectTruth } from "../../support/import-truth.ts";
import { draftsOf, readFixture, readText } from "../../support/read-sample.ts";

const SECRET = "JBSWY3DPEHPK3PXP";
const URI = `otpauth://totp/Example:alice?secret=${SECRET}&issuer=Example`;

test("a table of logins gives an entry for each that has a code", async () => {
  const read = await readFixture("password-csv.csv");
  expect(read).toMatchObject({
    ok: true,
    value: {
      format: "password-csv",
      rejected: [],
      entries: [
        {
          pinned: true,
          draft: {
            issuer: "Example",
            account: "alice",
            secret: SECRET,
            note: "first line\nsecond, line",
            tags: ["Work\\Mail"],
            sites: ["example.com"],
          },
        },
        {
          draft: { issuer: "Other", account: "bob@example.org", algorithm: "SHA256", digits: 8, period: 60 },
        },
      ],
    },
  });
});

/** A header and a row of each program, as it writes them. */
const TABLES: Record<string, string> = {
  bitwarden: `folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp
Work,1,login,Example,,,0,https://example.com,alice,x,${SECRET}`,
  lastpass: `url,username,password,totp,extra,name,grouping,fav\nhttps://example.com,alice,x,${SECRET},,Example,Work,1`,
  dashlane: `username,username2,username3,title,password,note,url,category,otpUrl\n,alice,,Example,x,,example.com,Work,${URI}`,
  "proton-pass": `type,name,url,email,username,password,note,totp,createTime,modifyTime,vault
login,Example,"https://example.com/, https://example.org/",alice,,x,,${SECRET},1,1,Work`,
  "synology-c2": `\ufeffDisplay_Name,Login_Username,Login_Password,Login_TOTP,Login_URLs,Notes\nExample,alice,x,${SECRET},https://example.com,`,
  "1password-and-apple": `Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes\nExample,https://example.com,alice,x,${URI},true,false,Work,`,
  "1password": `"Title","Website","Username","Password","One-time password","Favorite status","Archived status","Tags","Notes"
"Example","https://example.com","alice","x","${URI}","true","true","Work",""`,
  keepassxc: `"Group","Title","Username","Password","URL","Notes","TOTP","Icon","Last Modified","Created"
"Root/Work","Example","alice","x","https://example.com","","${URI}","0","",""`,
};

/** What leaves codes out of its tables. */
const WITHOUT_CODES: Record<string, string> = {
  nordpass:
    "name,url,username,password,note,cardholdername,cardnumber\nExample,https://example.com,alice,x,,,",
  firefox:
    '"url","username","password","httpRealm","formActionOrigin","guid"\n"https://example.com","alice","x",,"",""',
  "keepass-2":
    '"Account","Login Name","Password","Web Site","Comments"\n"Example","alice","x","https://example.com",""',
  apple: "Title,URL,Username,Password\nExample,https://example.com,alice,x",
  chromium: "name,url,username,password,note\nExample,https://example.com,alice,x,",
  dashlane: "username,username2,username3,title,password,note,url,category\nalice,,,Example,x,,,",
  lastpass: "url,username,password,extra,name,grouping,fav\nhttps://example.com,alice,x,,Example,,0",
  keepassxc: '"Group","Title","Username","Password","URL","Notes"\n"Root","Example","alice","x","",""',
};

describe("the table of columns", () => {
  test("is tried whole here", () => {
    const tried = (withCodes: boolean) => CSV_COLUMNS.filter(({ code }) => code.length > 0 === withCodes);
    expect(new Set(tried(true).map(({ id }) => id))).toEqual(new Set(Object.keys(TABLES)));
    expect(new Set(tried(false).map(({ id }) => id))).toEqual(new Set(Object.keys(WITHOUT_CODES)));
  });

  test.each(Object.entries(TABLES))("reads %s", async (_, table) => {
    const read = await readText(table);
    expect(read).toMatchObject({ ok: true, value: { format: "password-csv" } });
    expect(draftsOf(read)).toMatchObject([{ issuer: "Example", account: "alice", secret: SECRET }]);
    expect(draftsOf(read)[0]?.sites?.[0]).toBe("example.com");
  });

  test.each(Object.entries(WITHOUT_CODES))("says that %s left the codes out", async (_, table) => {
    expect(await readText(table)).toMatchObject({ ok: false, error: { reason: "no-codes-in-format" } });
  });
});

test("a login in the archive comes as one in the trash", async () => {
  expect(await readText(TABLES["1password"] ?? "")).toMatchObject({
    value: { entries: [{ trashed: true, pinned: true }] },
  });
});

test("a table of passwords to which someone added codes is read", async () => {
  const read = await readText(
    `name,url,username,password,otp\nExample,https://example.com,alice,x,${SECRET}`,
  );
  expect(draftsOf(read)).toMatchObject([{ issuer: "Example", account: "alice", secret: SECRET }]);
});

test("a broken code is reported by the name of its login, and stops no other", async () => {
  const read = await readText(`${TABLES.lastpass}\nhttps://example.org,eve,x,not a code!,,Broken,,0`);
  expect(read).toMatchObject({
    value: { entries: [{}], rejected: [{ label: "Broken: eve", reason: "secret-not-base32" }] },
  });
});

test("Bitwarden Authenticator's rows, longer than their header and with loose commas, are read by their URI", async () => {
  const row = `,,1,Acme, Inc.,,${URI.replaceAll("Example", "Acme%2C%20Inc.")},Acme, Inc.,30,6`;
  const read = await readText(`folder,favorite,type,name,login_uri,login_totp\n${row}`);
  expect(draftsOf(read)).toMatchObject([{ issuer: "Acme, Inc.", account: "alice", secret: SECRET }]);
});

test("steam:// is Steam Guard under the name of its login", async () => {
  const read =
    await readText(`folder,favorite,type,name,notes,fields,login_uri,login_username,login_password,login_totp
,,login,Games,,,,alice,,steam://${SECRET}`);
  expect(draftsOf(read)).toMatchObject([{ type: "steam", issuer: "Games", account: "alice", digits: 5 }]);
});

test("semicolons, tabs, any end of line and a line that says the delimiter make no difference", async () => {
  const table = TABLES.bitwarden ?? "";
  const expected = draftsOf(await readText(table));
  for (const delimiter of [";", "\t"]) {
    for (const end of ["\n", "\r\n", "\r"]) {
      const other = table.replaceAll(",", delimiter).replaceAll("\n", end);
      expect(draftsOf(await readText(other))).toEqual(expected);
    }
  }
  expect(draftsOf(await readText(`sep=;\r\n${table.replaceAll(",", ";")}`))).toEqual(expected);
});

test("Apple's user name in brackets is no part of the name", async () => {
  const read = await readText(
    `Title,URL,Username,Password,Notes,OTPAuth\nexample.com (alice),https://example.com/,alice,x,,${SECRET}`,
  );
  expect(draftsOf(read)).toMatchObject([{ issuer: "example.com", account: "alice" }]);
});

test("a table of known columns without a single code has nothing to take over", async () => {
  const table =
    "url,username,password,totp,extra,name,grouping,fav\nhttps://example.com,alice,x,,,Example,,0";
  expect(await readText(table)).toMatchObject({ ok: false, error: { reason: "nothing-found" } });
});

for (const folder of ["bitwarden-csv", "dashlane-csv", "keepassxc-csv", "lastpass-csv", "proton-pass-csv"]) {
  test(`the samples of ${folder} give what they hold`, (context) => expectTruth(folder, context));
}
