import { afterEach, expect, it, vi } from "vitest";
import { browser } from "../../../extension/platform/browser.ts";
import { askServerPasskey } from "../../../extension/platform/server-passkey.ts";

const ORIGIN = "https://codes.example.com";

const CREATE = {
  rp: { id: "codes.example.com", name: "Countersign" },
  user: { id: "AAAA", name: "alice@example.com", displayName: "alice@example.com" },
  challenge: "AAAA",
  pubKeyCredParams: [{ type: "public-key", alg: -7 }],
};

afterEach(() => vi.restoreAllMocks());

/** What the browser is asked for by a server's question; null: nothing. */
async function askedBy(options: object) {
  vi.spyOn(browser.permissions, "contains").mockResolvedValue(true);
  const created = vi.spyOn(navigator.credentials, "create").mockResolvedValue(null);
  await askServerPasskey(ORIGIN, { for: "create", options: JSON.stringify(options) }).catch(() => null);
  return created.mock.calls[0]?.[0]?.publicKey ?? null;
}

it("gives a server no word of which device it is, nor secrets of it, whatever it asks for", async () => {
  const asked = await askedBy({
    ...CREATE,
    attestation: "enterprise",
    attestationFormats: ["packed"],
    extensions: { prf: { eval: { first: "AAAA" } } },
  });
  expect(asked).toMatchObject({ rp: { id: "codes.example.com" }, attestation: "none" });
  expect(asked?.extensions).not.toHaveProperty("prf");
});

it("asks for none in another host's name", async () => {
  for (const id of ["example.com", "eve.example.com", undefined])
    expect(await askedBy({ ...CREATE, rp: { id, name: "Countersign" } })).toBe(null);
});
