import { describe, expect, test } from "vitest";
import { issuerMark } from "../../../extension/ui/issuer-marks/choose-mark.ts";
import { contrast } from "../../../extension/ui/issuer-marks/contrast.ts";
import { normaliseIssuer } from "../../../extension/ui/issuer-marks/find-known-issuer.ts";
import { INK_COLOURS, inkOn } from "../../../extension/ui/issuer-marks/ink.ts";
import { KNOWN_ISSUERS } from "../../../extension/ui/issuer-marks/issuer-table.ts";
import { MARK_COLOURS } from "../../../extension/ui/issuer-marks/mark-colours.ts";
import {
  MONOGRAM_COLOURS,
  monogramColour,
  monogramLetter,
} from "../../../extension/ui/issuer-marks/monogram.ts";

const drawings = Object.keys(
  import.meta.glob("../../../extension/public/issuer-marks/*.svg", { query: "?raw" }),
).map((path) => path.replace(/^.*\/|\.svg$/g, ""));
const drawingSources = import.meta.glob<string>("../../../extension/public/issuer-marks/*.svg", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** The slug of the drawing, or the letter, that an issuer name gets; null for a monogram of the name's own. */
function knownAs(issuer: string, sites: string[] = []): string | null {
  const mark = issuerMark({ issuer, account: "alice@example.com", sites });
  if (mark.kind === "drawing") return mark.slug;
  return (MONOGRAM_COLOURS as readonly string[]).includes(mark.colour) ? null : mark.letter;
}

describe("the table of services", () => {
  test("names only drawings that are bundled, and every bundled drawing is named", () => {
    const slugs = KNOWN_ISSUERS.flatMap((service) => ("slug" in service ? [service.slug] : []));
    expect([...slugs].sort()).toEqual([...drawings].sort());
    expect(Object.keys(MARK_COLOURS).sort()).toEqual([...drawings].sort());
  });

  test("gives every name and every host to one service only", () => {
    const names = KNOWN_ISSUERS.flatMap((service) => [...new Set(service.names.map(normaliseIssuer))]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    const hosts = KNOWN_ISSUERS.flatMap((service) => service.hosts);
    expect(hosts.filter((host, index) => hosts.indexOf(host) !== index)).toEqual([]);
  });

  test("writes names so that they need no more than small letters to be found by", () => {
    const names = KNOWN_ISSUERS.flatMap((service) => service.names);
    expect(names.filter((name) => normaliseIssuer(name) !== name.toLowerCase())).toEqual([]);
  });

  test("writes hosts the way URL.host does, without scheme, port or wildcard", () => {
    for (const host of KNOWN_ISSUERS.flatMap((service) => service.hosts)) {
      expect(new URL(`https://${host}/`).host).toBe(host);
      expect(host).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
    }
  });

  test("has drawings that are one shape in one ink and bring nothing else with them", () => {
    for (const [path, source] of Object.entries(drawingSources)) {
      const slug = path.replace(/^.*\/|\.svg$/g, "") as keyof typeof MARK_COLOURS;
      const ink = INK_COLOURS[inkOn(MARK_COLOURS[slug])];
      expect(source, path).toMatch(
        new RegExp(
          `^<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="${ink}"><path d="[MmZzLlHhVvCcSsQqTtAa0-9eE.,\\s-]+"/></svg>\\s*$`,
        ),
      );
    }
  });
});

test("a drawing is tall enough to be made out: a word that fills the width gets a letter instead", () => {
  const box = document.body.appendChild(document.createElement("div"));
  for (const [path, source] of Object.entries(drawingSources)) {
    box.replaceChildren(new DOMParser().parseFromString(source, "image/svg+xml").documentElement);
    const { width, height } = (box.querySelector("path") as SVGPathElement).getBBox();
    expect(height, `${path}: give it a letter and a colour`).toBeGreaterThanOrEqual(7.2);
    expect(Math.max(width, height), path).toBeLessThanOrEqual(24.5);
  }
  box.remove();
});

describe("the mark of an issuer", () => {
  test.each([
    ["GitHub", "github"],
    ["github", "github"],
    ["  GITHUB ", "github"],
    ["ＧｉｔＨｕｂ", "github"],
    ["GitHub, Inc.", "github"],
    ["github.com", "github"],
    ["www.github.com", "github"],
    ["GitHub - work", "github"],
    ["GitHub – work", "github"],
    ["GitHub (alice)", "github"],
    ["GitHub（alice）", "github"],
    ["GitHub: alice", "github"],
    ["github.com: alice", "github"],
    ["Hetzner Online GmbH", "hetzner"],
    ["accounts.google.com", "google"],
    ["Google", "google"],
    ["支付宝", "alipay"],
    ["阿里云", "alibabacloud"],
    ["微信", "wechat"],
    ["华为云", "huawei"],
    ["百度", "baidu"],
    ["Amazon Web Services", "A"],
    ["Microsoft", "M"],
    ["Slack", "S"],
    ["LinkedIn", "in"],
    ["腾讯云", "腾"],
    ["飞书", "飞"],
  ])("knows %o", (issuer, mark) => {
    expect(knownAs(issuer)).toBe(mark);
  });

  test.each([
    ["Not GitHub Ltd"],
    ["GitHub Support Team"],
    ["GitHubb"],
    ["Git Hub"],
    ["G1tHub"],
    ["GіtHub"], // a Cyrillic і
    ["Git\u200bHub"], // a blank of no width
    ["My GitHub"],
    ["My-GitHub"],
    ["GitHub-Support"],
    ["github.com.example.org"],
    ["evil-github.com"],
    ["github.co"],
    ["githubXcom"],
    ["xn--gthub-2of.com"],
    ["支付宝客服中心"],
    ["Google Authenticator Support"],
    ["(GitHub)"],
    ["- GitHub"],
    ["com"],
    ["."],
    ["constructor"],
    ["__proto__"],
  ])("doesn't take %o for a service it resembles", (issuer) => {
    expect(knownAs(issuer)).toBeNull();
  });

  test("is found by the site only where no issuer is named", () => {
    expect(knownAs("", ["github.com"])).toBe("github");
    expect(knownAs(" ", ["unknown.example", "*.github.com"])).toBe("github");
    expect(knownAs("", ["gist.github.com:8443"])).toBe("github");
    expect(knownAs("ACME", ["github.com"])).toBeNull();
    expect(knownAs("", ["github.com.example.org"])).toBeNull();
  });
});

describe("a monogram", () => {
  test.each([
    ["ACME", "A"],
    ["acme", "A"],
    ["  [acme] ", "A"],
    ["élan", "É"],
    ["e\u0301lan", "É".normalize("NFD")],
    ["ßmann", "ß"],
    ["网上银行", "网"],
    ["🏦 Bank", "B"],
    ["👩‍💻", "👩‍💻"],
    ["9 lives", "9"],
    ["𠮷野家", "𠮷"],
    ["হিসাব", "হি"],
    ["--", "-"],
    ["", "?"],
  ])("of %o is %o", (name, letter) => {
    expect(monogramLetter(name)).toBe(letter);
  });

  test("is of the account where there is no issuer", () => {
    const mark = issuerMark({ issuer: "", account: "bob@example.com", sites: [] });
    expect(mark).toEqual({ kind: "monogram", letter: "B", colour: monogramColour("bob@example.com") });
  });

  test("has a colour that depends on the name alone", () => {
    expect(monogramColour("ACME")).toBe(monogramColour(" acme  Inc."));
    const colours = new Set(Array.from({ length: 200 }, (_, n) => monogramColour(`Service ${n}`)));
    expect(colours.size).toBe(MONOGRAM_COLOURS.length);
  });
});

describe("the colours of marks", () => {
  test("are told apart as WCAG 2.2 works it out", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrast("#ffffff", "#ffffff")).toBe(1);
    expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  });

  test.each(MONOGRAM_COLOURS)("%s carries white letters at AA", (colour) => {
    expect(contrast(colour, "#ffffff")).toBeGreaterThanOrEqual(4.5);
  });

  test("carry the letter of every lettered service at AA", () => {
    for (const service of KNOWN_ISSUERS) {
      if (!("letter" in service)) continue;
      expect(contrast(service.colour, "#ffffff"), service.names[0]).toBeGreaterThanOrEqual(4.5);
    }
  });

  test("carry every drawing at the contrast of a graphic", () => {
    for (const [slug, colour] of Object.entries(MARK_COLOURS)) {
      expect(contrast(colour, INK_COLOURS[inkOn(colour)]), slug).toBeGreaterThanOrEqual(3);
    }
  });
});
