import { afterEach, describe, expect, it, vi } from "vitest";
import { passkeySupport } from "../../../extension/platform/passkey-prompt.ts";
import { browser } from "../../support/fake-extension-api.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(browser.runtime, "getBrowserInfo");
});

describe("whether passkeys can be used", () => {
  it("is so where the browser says that it derives secrets", async () => {
    expect(await passkeySupport()).toBe("supported");
  });

  it("is left for the passkey to say where the browser can't be asked", async () => {
    vi.stubGlobal("PublicKeyCredential", { getClientCapabilities: undefined });
    expect(await passkeySupport()).toBe("supported");
    vi.stubGlobal("PublicKeyCredential", { getClientCapabilities: () => Promise.reject(Error("no")) });
    expect(await passkeySupport()).toBe("supported");
  });

  it("is not so without WebAuthn, or without its extension prf", async () => {
    const capabilities = { getClientCapabilities: async () => ({ "extension:prf": false }) };
    vi.stubGlobal("PublicKeyCredential", capabilities);
    expect(await passkeySupport()).toBe("no-prf");
    vi.stubGlobal("PublicKeyCredential", undefined);
    expect(await passkeySupport()).toBe("no-prf");
  });

  it("is not so in Firefox, whatever it says", async () => {
    Object.assign(browser.runtime, { getBrowserInfo: async () => ({ name: "Firefox" }) });
    expect(await passkeySupport()).toBe("firefox");
  });
});
