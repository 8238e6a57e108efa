import { afterEach, expect, it, vi } from "vitest";
import {
  askServerPasskey as askUntil,
  canShowPasskeys,
  type ServerPasskeyQuestion,
} from "../../../extension/platform/server-passkey.ts";
import { browser } from "../../support/fake-extension-api.ts";

const ORIGIN = "https://codes.example.com:8443";
const CHALLENGE = "AAAAAAAAAAAAAAAAAAAAAA";
const request = (patch: object = {}) => ({
  for: "get" as const,
  options: JSON.stringify({ rpId: "codes.example.com", challenge: CHALLENGE, ...patch }),
});

const askServerPasskey = (origin: string, question: ServerPasskeyQuestion) =>
  askUntil(origin, question, new AbortController().signal);

/** Stands for the browser's question, which was asked with this. */
function asking(given: () => unknown) {
  const asked: CredentialRequestOptions[] = [];
  vi.spyOn(navigator.credentials, "get").mockImplementation(async (options) => {
    asked.push(options ?? {});
    return given() as Credential;
  });
  return asked;
}

function permitting(had: boolean, answer: boolean) {
  const calls: unknown[] = [];
  const call = (name: string, value: boolean) => async (wanted: object) => {
    calls.push([name, wanted]);
    return value;
  };
  Object.assign(browser, {
    permissions: {
      ...Reflect.get(browser, "permissions"),
      contains: call("contains", had),
      request: call("request", answer),
      remove: call("remove", true),
    },
  });
  return calls;
}

const before = Reflect.get(browser, "permissions");
afterEach(() => {
  vi.restoreAllMocks();
  Reflect.deleteProperty(browser.runtime, "getBrowserInfo");
  Object.assign(browser, { permissions: before });
});

const HOST = { origins: ["https://codes.example.com/*"] };
const refusal = (error: string) => ({ ok: false, error });

it("a passkey of another host, the vault's own above all, is never asked for", async () => {
  const asked = asking(() => null);
  permitting(true, true);
  for (const rpId of [location.hostname, "example.com", "codes.example.com.example.net", undefined])
    expect(await askServerPasskey(ORIGIN, request({ rpId }))).toEqual(refusal("other-host"));
  const create = {
    rp: { id: location.hostname, name: "Countersign" },
    user: { id: CHALLENGE, name: "alice", displayName: "alice" },
    challenge: CHALLENGE,
    pubKeyCredParams: [{ type: "public-key", alg: -7 }],
  };
  const made = await askServerPasskey(ORIGIN, { for: "create", options: JSON.stringify(create) });
  expect(made).toEqual(refusal("other-host"));
  expect(asked).toEqual([]);
});

it("what is no question is none", async () => {
  const asked = asking(() => null);
  permitting(true, true);
  for (const options of ["", "[]", "null", '{"rpId":"codes.example.com"}'])
    expect(await askServerPasskey(ORIGIN, { for: "get", options })).toEqual(refusal("malformed"));
  expect(asked).toEqual([]);
});

it("nothing is asked for beside the signature, such as a secret that the passkey gives", async () => {
  const asked = asking(() => null);
  permitting(true, true);
  const extensions = { prf: { eval: { first: CHALLENGE } } };
  await askServerPasskey(ORIGIN, request({ extensions }));
  expect(asked).toHaveLength(1);
  expect(asked[0]?.publicKey?.extensions?.prf).toBeUndefined();
});

it("gives a server no word of which device it is, whatever it asks for", async () => {
  const created = vi.spyOn(navigator.credentials, "create").mockResolvedValue(null);
  permitting(true, true);
  const create = {
    rp: { id: "codes.example.com", name: "Countersign" },
    user: { id: CHALLENGE, name: "alice", displayName: "alice" },
    challenge: CHALLENGE,
    pubKeyCredParams: [{ type: "public-key", alg: -7 }],
    attestation: "enterprise",
    attestationFormats: ["packed"],
  };
  await askServerPasskey(ORIGIN, { for: "create", options: JSON.stringify(create) });
  expect(created.mock.calls[0]?.[0]?.publicKey).toMatchObject({ attestation: "none" });
});

it("the host is asked for and given back; without it nothing is asked", async () => {
  const asked = asking(() => {
    throw new DOMException("no", "NotAllowedError");
  });
  expect([permitting(false, false), await askServerPasskey(ORIGIN, request())]).toEqual([
    [
      ["contains", HOST],
      ["request", HOST],
    ],
    refusal("not-permitted"),
  ]);
  expect(asked).toEqual([]);
  expect([permitting(false, true), await askServerPasskey(ORIGIN, request())]).toEqual([
    [
      ["contains", HOST],
      ["request", HOST],
      ["remove", HOST],
    ],
    refusal("cancelled"),
  ]);
  // One that was there for something else stays.
  expect([permitting(true, true), await askServerPasskey(ORIGIN, request())]).toEqual([
    [["contains", HOST]],
    refusal("cancelled"),
  ]);
});

it("Firefox, which refuses every page of an extension, is not asked at all", async () => {
  expect(canShowPasskeys()).toBe(true);
  Object.assign(browser.runtime, { getBrowserInfo: async () => ({ name: "Firefox" }) });
  expect(canShowPasskeys()).toBe(false);
  expect(await askServerPasskey(ORIGIN, request())).toEqual(refusal("firefox"));
});
