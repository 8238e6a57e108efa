import jsQR from "jsqr";
import { expect, it } from "vitest";
import { totpKind } from "../../../server/mfa/modules/totp.ts";
import { parseOtpauthUri } from "../../../shared/otp/otpauth-uri.ts";
import { askedWith, makeSite, mustGive } from "./asked.ts";
import { shownAs } from "./with-factor.ts";

const module = totpKind.make({ issuer: null }, makeSite().site);
/** Pixels to a dot of the code. */
const SCALE = 4;

/** Draws the markup of a code as a browser does on a black page: the white that it brings itself, then its path of dots. */
function draw(svg: string): { readonly pixels: Uint8ClampedArray; readonly size: number } {
  const [, dots = ""] = /viewBox="0 0 (\d+) \1"/.exec(svg) ?? [];
  const [, path = ""] = / d="([^"]+)"/.exec(svg) ?? [];
  const size = Number(dots) * SCALE;
  const ground = /<svg[^>]*><rect width="100%" height="100%" fill="#fff"\/>/.test(svg) ? 255 : 0;
  const pixels = new Uint8ClampedArray(size * size * 4).fill(ground);
  let [x, y] = [0, 0];
  for (const [, sign = "", said = ""] of path.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const [first = 0, second = 0] = said.split(/[ ,]|(?<=\d)(?=-)/).map(Number);
    if (sign === "M") [x, y] = [first, second];
    if (sign === "m") [x, y] = [x + first, y + second];
    // Each dot is drawn from its corner, which is where it ends too.
    if (sign === "Z" || sign === "z")
      for (let row = y * SCALE; row < (y + 1) * SCALE; row++)
        pixels.fill(0, (row * size + x * SCALE) * 4, (row * size + (x + 1) * SCALE) * 4);
  }
  for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
  return { pixels, size };
}

it("the code that is shown is the address with a secret of 160 bits, as SVG and as data URL, on a dark page too", async () => {
  const { shown } = await mustGive(module.beginSetUp(askedWith(), {}));
  const { secret, uri, svg, dataUrl } = shownAs(shown, "totp-secret");
  const [, base64 = ""] = /^data:image\/svg\+xml;base64,(.+)$/.exec(dataUrl) ?? [];
  for (const markup of [svg, Buffer.from(base64, "base64").toString()]) {
    const { pixels, size } = draw(markup);
    expect(jsQR(pixels, size, size, { inversionAttempts: "dontInvert" })?.data).toBe(uri);
  }
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  const draft = {
    type: "totp",
    secret,
    issuer: "codes.example.com",
    account: "alice@example.com",
    digits: 6,
  };
  expect(parseOtpauthUri(uri)).toMatchObject({ ok: true, value: { draft } });
});

it("every secret is another one", async () => {
  const secrets = new Set<string>();
  for (let time = 0; time < 20; time++) {
    const { shown } = await mustGive(module.beginSetUp(askedWith(), {}));
    secrets.add(shownAs(shown, "totp-secret").secret);
  }
  expect(secrets.size).toBe(20);
});
