import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import { sign } from "../../../shared/crypto/signature.ts";
import { emailChangeContext } from "../../../shared/identity/proofs.ts";
import { makeAuthenticator } from "../../support/software-authenticator.ts";
import { onBothDatabases } from "../databases.ts";
import type { Api } from "../served.ts";
import { configWith } from "../served.ts";
import { aliceAtServer, DAY, later, levelsOf, MINUTE, signInAgain } from "./alice-at-server.ts";
import { readMail, receiveMail } from "./mail-server.ts";
import { plain } from "./mailer-with.ts";
import { beginSetUp, done, setUpTotp, show, shownAs, whyNot } from "./with-factor.ts";

const mailServer = await receiveMail({ hideSTARTTLS: true });
afterAll(() => mailServer.close());
beforeEach(() => mailServer.mails.splice(0));

const MAIL = { ...plain(mailServer.port), from: "codes@example.com" };
const KINDS = ["webauthn", "totp", "recovery", "email"].map((kind) => ({ kind }));

/** The subjects of the mails that alice has got, maybe with those of the test before, as nobody waits for a notice. */
const subjects = () => mailServer.mails.map(({ raw }) => readMail(raw).headers.get("subject"));

/** The code in the latest mail that has one. */
function codeInMail(): string {
  const codes = mailServer.mails.map(({ raw }) => /^ {4}(\d{6})$/m.exec(readMail(raw).text)?.[1] ?? "");
  return codes.findLast((code) => code !== "") ?? "";
}

function verify(
  api: Api,
  { factorId, challengeId }: { factorId: string; challengeId: string },
  proof: object,
) {
  return api.mfa.verify.mutate({
    ...{ factorId, challengeId, languages: ["en"], device: null },
    proof: { ...proof } as Record<string, string>,
  });
}

onBothDatabases(({ open }) => {
  const at = aliceAtServer(open, { mail: MAIL, modules: KINDS });
  const host = new URL(configWith().origin).host;

  describe("a code by mail", () => {
    it("is set up, and lets in at the next sign-in, at the level of the password", async () => {
      const begun = await beginSetUp(at.alice.api, "email");
      expect(shownAs(begun.shown, "sent").to).toBe("a•••@example.com");
      const first = done(await verify(at.alice.api, begun, { code: codeInMail() }));
      expect(first.isNew).toBe(true);
      await expect.poll(subjects).toContain(`A second factor was added at ${host}`);

      later(MINUTE);
      const { api } = await signInAgain(at);
      const asked = done(await api.mfa.challenge.mutate({ factorId: begun.factorId, languages: ["zh-CN"] }));
      expect(subjects().at(-1)).toBe(`${host} 的验证码`);
      const { token } = done(await verify(api, asked, { code: codeInMail() }));
      expect(await levelsOf(at, token)).toEqual(["aal1", "aal1"]);
      expect((await at.server.place.api(token).user.bundle.query()).ver).toBe(1);
    });

    it("is another one when it is sent again; the former is good no longer", async () => {
      const begun = await beginSetUp(at.alice.api, "email");
      const former = codeInMail();
      const again = done(
        await at.alice.api.mfa.challenge.mutate({ factorId: begun.factorId, languages: ["en"] }),
      );
      const latter = codeInMail();
      expect(whyNot(await verify(at.alice.api, begun, { code: former }))).toBe("challenge-over");
      if (former !== latter)
        expect(whyNot(await verify(at.alice.api, again, { code: former }))).toBe("wrong-code");
      done(await verify(at.alice.api, again, { code: latter }));
    });

    it("is not sent again and again", async () => {
      const { factorId } = await beginSetUp(at.alice.api, "email");
      const outcomes = [];
      for (let time = 0; time < 8; time++)
        outcomes.push(whyNot(await at.alice.api.mfa.challenge.mutate({ factorId, languages: [] })));
      expect(outcomes.at(-1)).toBe("wait");
      expect(mailServer.mails.length).toBeLessThan(8);
    });

    it("is set up once for an address", async () => {
      const begun = await beginSetUp(at.alice.api, "email");
      const { token } = done(await verify(at.alice.api, begun, { code: codeInMail() }));
      const wish = { module: "email", name: "again", input: {}, languages: [] };
      expect(whyNot(await at.server.place.api(token).mfa.enroll.mutate(wish))).toBe("already-bound");
    });
  });

  describe("a passkey", () => {
    const page = `chrome-extension://${configWith().extensionIds[0]}`;
    const optionsOf = (shown: Parameters<typeof shownAs>[0]) => shownAs(shown, "credential").options;

    it("is set up, and makes a session aal2 at the next sign-in; a second one leaves the first out", async () => {
      const authenticator = makeAuthenticator(page, { algorithm: "ES256", counts: true });
      const begun = await beginSetUp(at.alice.api, "webauthn");
      const credential = authenticator.create(optionsOf(begun.shown));
      const first = done(await verify(at.alice.api, begun, { credential }));
      expect(await levelsOf(at, first.token)).toEqual(["aal2", "aal2"]);

      const { api } = await signInAgain(at);
      const { factorId } = begun;
      const asked = done(await api.mfa.challenge.mutate({ factorId, languages: [] }));
      const shown = authenticator.get(optionsOf(asked.shown));
      const { token } = done(await verify(api, asked, { credential: shown }));
      expect(await levelsOf(at, token)).toEqual(["aal2", "aal2"]);

      const second = await beginSetUp(at.server.place.api(token), "webauthn");
      expect(JSON.parse(optionsOf(second.shown)).excludeCredentials).toMatchObject([
        { id: JSON.parse(credential).id },
      ]);
    });

    it("that answers for another origin is refused", async () => {
      const authenticator = makeAuthenticator("https://eve.example.com", {
        algorithm: "ES256",
        counts: true,
      });
      const begun = await beginSetUp(at.alice.api, "webauthn");
      const credential = authenticator.create(optionsOf(begun.shown));
      expect(whyNot(await verify(at.alice.api, begun, { credential }))).toBe("wrong-credential");
    });
  });

  describe("what happens to factors", () => {
    it("is told by mail: another name, removed", async () => {
      const { factorId, token } = await setUpTotp(at.alice.api, Date.now());
      const api = at.server.place.api(token);
      await api.mfa.rename.mutate({ factorId, name: "http://eve.example.com says hello" });
      done(await api.mfa.unenroll.mutate({ factorId, evenLast: true }));
      const inEnglish = () => subjects().map((subject) => subject?.split(" / ")[0]);
      await expect.poll(inEnglish).toContain(`A second factor has another name at ${host}`);
      await expect.poll(inEnglish).toContain(`A second factor was removed at ${host}`);
      const texts = mailServer.mails.map(({ raw }) => readMail(raw).text).join();
      expect(texts).toContain("身份验证器");
      expect(texts).not.toContain("says hello");
      expect(mailServer.mails.every(({ to }) => to.join() === "alice@example.com")).toBe(true);
    });

    it("is told by ten mails of a kind at once, and what comes after these of another kind all the same", async () => {
      const { factorId, token } = await setUpTotp(at.alice.api, Date.now());
      const api = at.server.place.api(token);
      for (let times = 0; times < 15; times++)
        await api.mfa.rename.mutate({ factorId, name: `name ${times}` });
      done(await api.mfa.unenroll.mutate({ factorId, evenLast: true }));
      const about = (what: string) => subjects().filter((subject) => subject?.includes(what)).length;
      await expect.poll(() => about("was removed")).toBe(1);
      await expect.poll(() => about("has another name")).toBe(10);
      later(DAY);
      const next = await setUpTotp((await signInAgain(at)).api, Date.now());
      await at.server.place.api(next.token).mfa.rename.mutate({ factorId: next.factorId, name: "again" });
      await expect.poll(() => about("has another name")).toBe(11);
    });

    it("is told in the person's language alone, where it is known", async () => {
      const first = mailServer.mails.length;
      const { factorId, token } = await setUpTotp(at.alice.api, Date.now());
      const api = at.server.place.api(token);
      await expect.poll(() => mailServer.mails.length).toBe(first + 1);
      const before = first + 1;
      await api.mfa.rename.mutate({ factorId, name: "mine", languages: ["zh-CN"] });
      done(await api.mfa.unenroll.mutate({ factorId, evenLast: true, languages: ["zh-CN"] }));
      await expect.poll(() => mailServer.mails.length).toBe(before + 2);
      for (const { raw } of mailServer.mails.slice(before))
        expect(readMail(raw).text).not.toMatch(/second factor|\* \* \*/);
    });

    it("is told for a last time to the address that the account has had, once another takes its place", async () => {
      const { token } = await setUpTotp(at.alice.api, Date.now());
      const api = at.server.place.api(token);
      const change = async (email: string) => {
        const context = emailChangeContext(at.server.place.serverId, at.alice.userId, email);
        const proof = bytesToBase64url(await sign(at.alice.signing, context));
        await api.user.changeEmail.mutate({ email, proof });
      };
      // The same, written otherwise: that is no news.
      await change("Alice@example.com");
      await change("eve@example.com");
      const changed = `Your account at ${host} has another address / ${host} 的账号更换了邮箱`;
      await expect.poll(subjects).toContain(changed);
      expect(subjects().filter((subject) => subject === changed)).toHaveLength(1);
      const mail = mailServer.mails.find(({ raw }) => readMail(raw).headers.get("subject") === changed);
      expect(mail?.to).toEqual(["alice@example.com"]);
      expect(readMail(mail?.raw ?? "").text).not.toContain("eve@");
    });

    it("is told by mail: recovery codes that run out, and a fresh set", async () => {
      const { token } = await setUpTotp(at.alice.api, Date.now());
      const begun = await beginSetUp(at.server.place.api(token), "recovery");
      const { codes } = shownAs(begun.shown, "recovery-codes");
      let session = done(await verify(at.server.place.api(token), begun, { code: codes[0] })).token;
      for (const code of codes.slice(0, 8)) {
        later(MINUTE);
        session = done(await show(at.server.place.api(session), begun.factorId, code)).token;
      }
      await expect
        .poll(subjects)
        .toContain(`2 recovery codes are left at ${host} / ${host} 的恢复码只剩 2 个`);
      const fresh = await beginSetUp(at.server.place.api(session), "recovery");
      const [code] = shownAs(fresh.shown, "recovery-codes").codes;
      done(await verify(at.server.place.api(session), fresh, { code }));
      await expect.poll(subjects).toContain(`Fresh recovery codes at ${host}`);
    });
  });
});
