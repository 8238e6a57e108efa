import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test } from "vitest";
import { IssuerMark } from "../../../extension/ui/issuer-marks/issuer-mark.tsx";

const PICTURE = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>')}`;

let root: HTMLElement;
beforeEach(() => {
  root = document.body.appendChild(document.createElement("div"));
});
afterEach(() => {
  render(null, root);
  root.remove();
});

function draw(props: { issuer: string; icon?: string | null }): HTMLElement {
  const { issuer, icon = null } = props;
  act(() => render(<IssuerMark issuer={issuer} account="alice" sites={[]} icon={icon} size={40} />, root));
  return root.firstElementChild as HTMLElement;
}

test("a known issuer shows its bundled drawing on its colour, and says nothing to screen readers", () => {
  const mark = draw({ issuer: "GitHub" });
  expect(mark.getAttribute("aria-hidden")).toBe("true");
  expect(mark.querySelector("img")?.getAttribute("src")).toBe("/issuer-marks/github.svg");
  expect(mark.style.backgroundColor).toBe("rgb(24, 23, 23)");
  expect(mark.getBoundingClientRect()).toMatchObject({ width: 40, height: 40 });
});

test("an unknown issuer shows its first letter", () => {
  const mark = draw({ issuer: "acme" });
  expect(mark.textContent).toBe("A");
  expect(mark.querySelector("img")).toBeNull();
});

test("a picture of one's own is shown before anything else", () => {
  expect(draw({ issuer: "GitHub", icon: PICTURE }).querySelector("img")?.getAttribute("src")).toBe(PICTURE);
});

test("a picture that isn't a data URL of an image is passed over, so that nothing is fetched", () => {
  for (const icon of [
    "https://example.org/icon.png",
    "//example.org/x",
    "data:text/html,x",
    "/icons/16.png",
  ]) {
    expect(draw({ issuer: "acme", icon }).textContent, icon).toBe("A");
  }
});

test("a picture that can't be drawn gives way to the mark", async () => {
  draw({ issuer: "acme", icon: "data:image/png;base64,AAAA" });
  await expect.poll(() => root.textContent).toBe("A");
});
