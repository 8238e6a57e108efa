import { wordlist } from "@scure/bip39/wordlists/english.js";
import { expect, it } from "vitest";
import { fingerprintWords, safetyWords } from "../../../shared/group/fingerprint.ts";
import { anyHash, newPerson } from "./people.ts";

const keys = { id: "6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b", sig: "A".repeat(43), enc: "B".repeat(43) };

it("says the same six words for the same keys, on every device and in every version", async () => {
  expect(await fingerprintWords(keys)).toMatchInlineSnapshot(`
    [
      "visa",
      "deny",
      "move",
      "main",
      "pistol",
      "will",
    ]
  `);
  expect(await safetyWords("A".repeat(22), { n: 7, head: "C".repeat(43) })).toMatchInlineSnapshot(`
    [
      "issue",
      "upgrade",
      "dilemma",
      "file",
      "left",
      "ensure",
    ]
  `);
});

it("says other words for other keys, another person and another history", async () => {
  const seen = new Set([(await fingerprintWords(keys)).join()]);
  const others = [
    { ...keys, sig: "C".repeat(43) },
    { ...keys, enc: "C".repeat(43) },
    { ...keys, id: "b" },
  ];
  for (const each of others) seen.add((await fingerprintWords(each)).join());
  seen.add((await safetyWords("A".repeat(22), { n: 7, head: "C".repeat(43) })).join());
  seen.add((await safetyWords("A".repeat(22), { n: 8, head: "C".repeat(43) })).join());
  expect(seen.size).toBe(6);
});

it("has words from the whole list", async () => {
  const seen = new Set<string>();
  for (let at = 0; at < 400; at++) {
    const words = await fingerprintWords({ id: (await newPerson()).id, sig: anyHash(), enc: anyHash() });
    for (const word of words) seen.add(word);
    expect(words.every((word) => wordlist.includes(word))).toBe(true);
  }
  // 2,400 draws of 2,048 words hit 1,410 of them on average, and hardly ever fewer than 1,300.
  expect(seen.size).toBeGreaterThan(1_300);
});
