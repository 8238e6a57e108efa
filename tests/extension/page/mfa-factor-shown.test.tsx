import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, test, vi } from "vitest";
import { draftOf } from "../../../extension/entrypoints/page/factors/draft-of.ts";
import { FactorShown } from "../../../extension/entrypoints/page/teams/factor-shown.tsx";
import { addMessages, formatTime, t, tn } from "../../../extension/ui/i18n.ts";
import { TEAM_MESSAGES } from "../../../extension/ui/messages/teams.ts";
import type { Shown } from "../../../shared/mfa/shown.ts";
import { scannedSvg } from "../scan/scanned-svg.ts";

addMessages(TEAM_MESSAGES);

const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const URI = `otpauth://totp/codes.example.com:alice@example.com?secret=${SECRET}&issuer=codes.example.com`;
const HOSTILE = '<svg onload="alert(1)"><script>alert(2)</script></svg>';
const secretShown = (patch: Partial<Extract<Shown, { kind: "totp-secret" }>> = {}): Shown => ({
  ...{ kind: "totp-secret", secret: SECRET, uri: URI },
  ...{ svg: HOSTILE, dataUrl: "https://eve.example.com/seen.png" },
  ...patch,
});
const OF = { host: "codes.example.com", email: "alice@example.com" };

afterEach(async () => {
  await act(() => render(null, document.body));
  vi.restoreAllMocks();
});
const show = (...shown: Shown[]) => act(() => render(<FactorShown shown={shown} of={OF} />, document.body));
const text = () => document.body.textContent ?? "";

test("a secret is drawn here from its address, whatever picture the server sends, and stands beside it in groups", async () => {
  await show(secretShown());
  expect(document.querySelector(".factor-secret :is(script, img, [onload])")).toBeNull();
  const svg = document.querySelector<SVGSVGElement>("svg.sheet-qr");
  expect(svg?.getAttribute("aria-label")).toBe(t("factors.shown.qr"));
  expect(await scannedSvg(svg)).toBe(URI);
  expect(text()).toContain("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP");
});

test("an address that is too long for a code leaves the secret as text", async () => {
  await show(secretShown({ uri: `${URI}&note=${"x".repeat(3_000)}` }));
  expect(document.querySelector("svg.sheet-qr")).toBeNull();
  expect(text()).toContain("JBSW Y3DP");
});

test("an account is kept only of what is the same as a code and as text", () => {
  expect(draftOf([secretShown()])).toMatchObject({
    ...{ type: "totp", secret: SECRET, issuer: "codes.example.com", account: "alice@example.com" },
  });
  expect(draftOf([secretShown({ secret: SECRET.replace("J", "K") })])).toBeNull();
  expect(draftOf([secretShown({ uri: "https://eve.example.com" })])).toBeNull();
  expect(draftOf([{ kind: "codes-left", left: 2 }])).toBeNull();
});

test("recovery codes can be saved as text and printed alone", async () => {
  const codes = ["ABCD-EFGH-IJKL-MNOP", "QRST-UVWX-YZ23-4567"];
  await show({ kind: "recovery-codes", codes });
  const list = [...document.querySelectorAll(".recovery-codes li")].map(({ textContent }) => textContent);
  expect(list).toEqual(codes);
  const saved: Blob[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    saved.push(blob as Blob);
    return "#";
  });
  const press = (name: string) =>
    act(() =>
      [...document.querySelectorAll("button")].find(({ textContent }) => textContent === name)?.click(),
    );
  await press(t("factors.codes.download"));
  const file = await saved[0]?.text();
  for (const part of [...codes, OF.host, OF.email]) expect(file).toContain(part);
  const print = vi.spyOn(window, "print").mockImplementation(() => {});
  await press(t("factors.codes.print"));
  expect(print).toHaveBeenCalledOnce();
  const sheet = document.querySelector(".printed-alone");
  for (const part of [...codes, OF.host, OF.email]) expect(sheet?.textContent).toContain(part);
});

test("where a message went, how few codes are left, and a note are said; a credential's options are not", async () => {
  const until = Date.UTC(2026, 10, 28, 12);
  await show(
    { kind: "sent", to: "a•••@example.com", until },
    { kind: "codes-left", left: 1 },
    { kind: "note", words: { en: "<b>Read</b> this.", "zh-CN": "请读。" } },
    { kind: "credential", for: "get", options: "{options}" },
  );
  expect(text()).toContain(t("factors.shown.sent", { to: "a•••@example.com", time: formatTime(until) }));
  expect(text()).toContain(tn("factors.shown.codes-left", 1));
  expect(text()).toContain("<b>Read</b> this.");
  expect(text()).not.toContain("{options}");
});
