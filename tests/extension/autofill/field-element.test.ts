import { expect, test } from "vitest";
import { collectFrames } from "../../../extension/autofill/field-element.ts";

test("frames are found in open shadow roots too, however deep, and not in closed ones", () => {
  document.body.innerHTML = `<iframe id="plain"></iframe><div id="outer"></div><div id="closed"></div>`;
  const outer = document.querySelector("#outer")!.attachShadow({ mode: "open" });
  outer.innerHTML = `<p><iframe id="in-root"></iframe></p><div></div>`;
  outer.querySelector("div")!.attachShadow({ mode: "open" }).innerHTML = `<iframe id="deeper"></iframe>`;
  document.querySelector("#closed")!.attachShadow({ mode: "closed" }).innerHTML = `<iframe></iframe>`;
  expect(collectFrames(document).map(({ id }) => id)).toEqual(["plain", "in-root", "deeper"]);
});
