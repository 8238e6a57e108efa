import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ringerOf, type Sender } from "../../../extension/messaging/doorbell.ts";
import { RING, STOP } from "../../../extension/messaging/protocol.ts";

const OWN = "ajfjjlmgpdbkgjpgmadohkkehcbigbfi";
const sender: Sender = {
  id: OWN,
  origin: "https://login.bank.example",
  url: "https://login.bank.example/otp",
  frameId: 0,
  documentId: "document-1",
  tab: { id: 7 },
};

describe("the doorbell", () => {
  it("knows who rang by what the browser says alone", () => {
    expect(ringerOf(RING, sender, OWN)).toEqual({
      tabId: 7,
      documentId: "document-1",
      origin: "https://login.bank.example",
    });
  });

  it("takes the origin from the address, and no document, in browsers that do not say more", () => {
    const { origin: _, documentId: __, ...older } = sender;
    expect(ringerOf(RING, older, OWN)).toEqual({
      tabId: 7,
      documentId: null,
      origin: "https://login.bank.example",
    });
  });

  it.for([
    ["another extension", { id: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }],
    ["nobody by name", { id: undefined }],
    ["a frame", { frameId: 3 }],
    ["a frame that is not named", { frameId: undefined }],
    ["no tab", { tab: undefined }],
    ["no tab of a window", { tab: { id: -1 } }],
    [
      "a page of the extension",
      { origin: `chrome-extension://${OWN}`, url: `chrome-extension://${OWN}/page.html` },
    ],
    ["a sandboxed page", { origin: "null" }],
    ["a file", { origin: "file://", url: "file:///etc/passwd" }],
    ["nowhere", { origin: undefined, url: undefined }],
  ] as const)("does not hear %s", ([, change]) => {
    expect(ringerOf(RING, { ...sender, ...change }, OWN)).toBeNull();
  });

  it("hears one word only", () => {
    for (const message of [STOP, { kind: RING }, [RING], `${RING} `, null, undefined, 1]) {
      expect(ringerOf(message, sender, OWN)).toBeNull();
    }
    fc.assert(
      fc.property(fc.anything(), (message) => {
        fc.pre(message !== RING);
        expect(ringerOf(message, sender, OWN)).toBeNull();
      }),
    );
  });
});
