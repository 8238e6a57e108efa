import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENROLMENT_VARIANTS } from "./enrolment-pages.ts";
import { hotpCode, timeStep } from "./expected-code.ts";
import { OTHER_ENROLMENT_PAGES } from "./index-page.ts";
import { type PracticeSite, startPracticeSite } from "./server.ts";
import { SIGN_IN_VARIANTS } from "./sign-in-pages.ts";

let site: PracticeSite;

beforeAll(async () => {
  site = await startPracticeSite();
});
afterAll(() => site.close());

const addresses = [
  "/",
  ...Object.keys(ENROLMENT_VARIANTS).map((id) => `/enroll/${id}`),
  ...Object.keys(OTHER_ENROLMENT_PAGES).map((id) => `/enroll/${id}`),
  ...Object.keys(SIGN_IN_VARIANTS).map((id) => `/sign-in/${id}`),
  "/systems/supabase/enroll",
  "/systems/authing/bind",
  "/systems/home-assistant/profile",
  "/systems/ones/bind",
];

describe("the practice site", () => {
  test.each(addresses)("serves %s with everything it links to", async (address) => {
    const response = await fetch(site.origin + address);
    expect(response.status).toBe(200);
    const text = await response.text();
    const links = [...text.matchAll(/(?:src|href)="((?:\/|http)[^"]*)"/g)].map(([, link]) => link ?? "");
    for (const link of links) {
      const url = new URL(link.replaceAll("&amp;", "&"), site.origin);
      expect((await fetch(url)).status, `status of ${link}`).toBe(200);
    }
  });

  test.each([
    "/nothing",
    "/enroll/toString",
    "/sign-in/constructor",
    "/assets/../server.ts",
    "/qr/unknown.png",
    "/systems/supabase/toString",
    "/systems/constructor/enroll",
  ])("has no page %s", async (address) => {
    expect((await fetch(site.origin + address)).status).toBe(404);
  });

  test("shows a fresh secret at every enrolment", async () => {
    await fetch(`${site.origin}/enroll/png?account=carol`);
    const first = site.enrolmentOf("carol")?.secret;
    await fetch(`${site.origin}/enroll/png?account=carol`);
    expect(site.enrolmentOf("carol")?.secret).not.toBe(first);
    expect(first).toMatch(/^[A-Z2-7]{32}$/);
  });

  test("puts into the code what its address asks for, and no more", async () => {
    await fetch(
      `${site.origin}/enroll/png?account=bob&issuer=A%20%26%20B&algorithm=SHA256&digits=8&period=60`,
    );
    expect(site.enrolmentOf("bob")?.uri).toMatch(
      /^otpauth:\/\/totp\/A%20%26%20B:bob\?secret=[A-Z2-7]{32}&issuer=A%20%26%20B&algorithm=SHA256&digits=8&period=60$/,
    );
    await fetch(`${site.origin}/enroll/png?account=bob`);
    expect(site.enrolmentOf("bob")?.uri).toMatch(
      /^otpauth:\/\/totp\/Harbour:bob\?secret=[A-Z2-7]{32}&issuer=Harbour$/,
    );
  });

  test.each([
    ["six digits of SHA-1 every 30 seconds", "", "SHA1", 6, 30],
    ["eight digits of SHA-256 every 60 seconds", "&algorithm=SHA256&digits=8&period=60", "SHA256", 8, 60],
    ["SHA-512", "&algorithm=SHA512", "SHA512", 6, 30],
  ] as const)("accepts a code of %s, once", async (_, query, algorithm, digits, period) => {
    await fetch(`${site.origin}/enroll/canvas?account=alice${query}`);
    const secret = fromBase32(site.enrolmentOf("alice")?.secret ?? "");
    const code = hotpCode(secret, timeStep(Date.now(), period), algorithm, digits);
    expect(await post({ account: "alice", code })).toEqual({ accepted: true });
    expect(await post({ account: "alice", code })).toMatchObject({ accepted: false });
  });

  test("refuses the codes of a secret with one wrong bit", async () => {
    await fetch(`${site.origin}/enroll/png?account=eve&wrong-bit`);
    const secret = fromBase32(site.enrolmentOf("eve")?.secret ?? "");
    const code = hotpCode(secret, timeStep(Date.now(), 30), "SHA1", 6);
    expect(await post({ account: "eve", code })).toEqual({ accepted: false, why: "the code is wrong" });
  });

  test("accepts two consecutive codes where it wants two", async () => {
    await fetch(`${site.origin}/enroll/consecutive?account=bob`);
    const secret = fromBase32(site.enrolmentOf("bob")?.secret ?? "");
    const step = timeStep(Date.now(), 30);
    const [code, code2] = [step - 1, step].map((each) => hotpCode(secret, each, "SHA1", 6));
    expect(await post({ account: "bob", code, code2: code })).toMatchObject({ accepted: false });
    expect(await post({ account: "bob", code, code2 })).toEqual({ accepted: true });
  });

  test("refuses to enrol what makes no sense", async () => {
    expect((await fetch(`${site.origin}/enroll/png?algorithm=MD5`)).status).toBe(400);
    expect((await fetch(`${site.origin}/enroll/png?period=0`)).status).toBe(400);
  });
});

async function post(question: object): Promise<unknown> {
  const response = await fetch(`${site.origin}/api/verify`, {
    method: "POST",
    body: JSON.stringify(question),
  });
  return response.json();
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  return Buffer.from((bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
