import { describe, expect, it } from "vitest";
import { chooseFrame } from "../../../extension/autofill/choose-frame.ts";
import type { FrameProbe } from "../../../extension/autofill/frame-scripts.ts";

const BANK = "https://login.bank.example";
const anywhere = { frameId: null, target: "detected", isNew: false } as const;
const inFocus = { frameId: null, target: "focused", isNew: false } as const;

function frame(changes: Partial<FrameProbe> = {}): FrameProbe {
  return {
    frameId: 0,
    documentId: "d",
    origin: BANK,
    verdict: "none",
    codes: 0,
    refusal: null,
    bare: null,
    focused: "none",
    closedFrames: [],
    focusedFrame: null,
    ...changes,
  };
}
const sure = { verdict: "sure", codes: 1 } as const;

describe("a field without words", () => {
  const bank = ["login.bank.example"];
  it.for(["focus", "secret"] as const)("takes the code for its %s", (bare) => {
    expect(chooseFrame([frame({ bare })], bank, anywhere)).toMatchObject({ kind: "fill", spot: "bare" });
  });

  it("beside a picture takes that of an entry kept just now, and no other", () => {
    const beside = frame({ bare: "picture" });
    expect(chooseFrame([beside], bank, anywhere)).toEqual({ kind: "no-field", because: null });
    expect(chooseFrame([beside], bank, { ...anywhere, isNew: true })).toMatchObject({ spot: "bare" });
  });

  it("waits for a sure one in another frame", () => {
    const choice = chooseFrame([frame({ bare: "focus" }), frame({ frameId: 4, ...sure })], bank, anywhere);
    expect(choice).toMatchObject({ frame: { frameId: 4 }, spot: "detected" });
  });

  it.for(["focus", "secret", "picture"] as const)(
    "raises no question about another host for its %s",
    (bare) => {
      const asked = { ...anywhere, isNew: true };
      const choice = chooseFrame([frame({ bare })], ["shop.example"], asked);
      expect(choice).toEqual({ kind: "no-field", because: null });
    },
  );
});

describe("a code", () => {
  it("goes into the frame whose host the entry is bound to", () => {
    const top = frame({ origin: "https://shop.example", ...sure });
    const inner = frame({ frameId: 7, ...sure });
    expect(chooseFrame([top, inner], ["login.bank.example"], anywhere)).toMatchObject({
      kind: "fill",
      frame: { frameId: 7 },
      host: "login.bank.example",
    });
  });

  it("goes into a frame below the domain the entry is bound to", () => {
    expect(chooseFrame([frame(sure)], ["*.bank.example"], anywhere)).toMatchObject({ kind: "fill" });
  });

  it("goes into the top frame first where both are bound", () => {
    const choice = chooseFrame([frame({ frameId: 9, ...sure }), frame(sure)], ["*.bank.example"], anywhere);
    expect(choice).toMatchObject({ kind: "fill", frame: { frameId: 0 } });
  });

  it("never goes into a frame of another host, whatever the tab's address is", () => {
    const ad = frame({ frameId: 3, origin: "https://evil.example", ...sure });
    expect(chooseFrame([frame(), ad], ["login.bank.example"], anywhere)).toEqual({
      kind: "not-bound",
      host: "evil.example",
      frameId: 3,
    });
  });

  it("of an entry that is not bound asks with the full host", () => {
    expect(chooseFrame([frame(sure)], [], anywhere)).toEqual({
      kind: "not-bound",
      host: "login.bank.example",
      frameId: 0,
    });
  });

  it("never goes into a sandboxed frame", () => {
    const sandboxed = frame({ frameId: 2, origin: "null", ...sure });
    expect(chooseFrame([frame(), sandboxed], ["null", ""], anywhere)).toEqual({
      kind: "no-field",
      because: null,
    });
  });

  it("never goes over the network in the clear", () => {
    const choice = chooseFrame(
      [frame({ origin: "http://login.bank.example", ...sure })],
      ["login.bank.example"],
      anywhere,
    );
    expect(choice).toEqual({ kind: "insecure-page" });
  });

  it("goes into a development server on this machine", () => {
    const choice = chooseFrame(
      [frame({ origin: "http://localhost:5173", ...sure })],
      ["localhost:5173"],
      anywhere,
    );
    expect(choice).toMatchObject({ kind: "fill" });
  });

  it("is kept where nothing is sure, or nothing is there, and the reason is named", () => {
    expect(chooseFrame([frame({ verdict: "unsure" })], ["login.bank.example"], anywhere)).toEqual({
      kind: "unsure",
    });
    expect(chooseFrame([frame({ refusal: "sent-code" })], ["login.bank.example"], anywhere)).toEqual({
      kind: "no-field",
      because: "sent-code",
    });
    expect(chooseFrame([], ["login.bank.example"], anywhere)).toEqual({ kind: "unreachable" });
  });
});

describe("a field the person points at", () => {
  it("is filled though no word speaks for it", () => {
    expect(chooseFrame([frame({ focused: "field" })], ["login.bank.example"], inFocus)).toMatchObject({
      kind: "fill",
    });
  });

  it.for(["password", "card"] as const)("for a %s is refused", (focused) => {
    expect(chooseFrame([frame({ focused, ...sure })], ["login.bank.example"], inFocus)).toEqual({
      kind: "refused-field",
      what: focused,
    });
  });

  it("of a host that is not bound asks first", () => {
    expect(chooseFrame([frame({ focused: "field" })], ["other.example"], inFocus)).toMatchObject({
      kind: "not-bound",
    });
  });
});

describe("a frame that no script may enter", () => {
  const inner = "https://auth.bank.example";

  it("is asked for where the entry is bound to it", () => {
    const top = frame({ origin: "https://shop.example", closedFrames: ["https://ads.example", inner] });
    expect(chooseFrame([top], ["auth.bank.example"], anywhere)).toEqual({
      kind: "needs-permission",
      origin: inner,
      host: "auth.bank.example",
    });
  });

  it("is offered, not asked for, where nothing but its being there speaks for it", () => {
    const top = frame({ closedFrames: [inner] });
    const offer = { kind: "maybe-in-frame", origin: inner, host: "auth.bank.example" };
    expect(chooseFrame([top], ["login.bank.example"], anywhere)).toEqual(offer);
    const focused = frame({ closedFrames: ["https://ads.example", inner], focusedFrame: inner });
    expect(chooseFrame([focused], ["login.bank.example"], anywhere)).toEqual(offer);
  });

  it("is not even offered where it may be anybody's, or where the page says what its field is for", () => {
    const several = frame({ closedFrames: ["https://ads.example", inner] });
    const nothing = { kind: "no-field", because: null };
    expect(chooseFrame([several], ["login.bank.example"], anywhere)).toEqual(nothing);
    const insecure = frame({ closedFrames: ["http://auth.bank.example"] });
    expect(chooseFrame([insecure], ["login.bank.example"], anywhere)).toEqual(nothing);
    const sent = frame({ refusal: "sent-code", closedFrames: [inner] });
    expect(chooseFrame([sent], ["login.bank.example"], anywhere)).toMatchObject({ because: "sent-code" });
  });

  it("is asked for where the person pointed into it", () => {
    const top = frame({ closedFrames: ["https://ads.example", inner], focusedFrame: inner });
    expect(chooseFrame([top], [], { frameId: 5, target: "focused", isNew: false })).toMatchObject({
      kind: "needs-permission",
      origin: inner,
    });
  });
});
