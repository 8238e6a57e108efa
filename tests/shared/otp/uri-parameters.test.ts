import { expect, test } from "vitest";
import { readAlgorithm } from "../../../shared/otp/uri-parameters.ts";
import { err, ok } from "../../../shared/result.ts";

test("an algorithm is known however programs spell it, and as their languages print it", () => {
  for (const name of ["SHA1", "sha-1", "Sha_1", "HMAC-SHA-1", "HmacSHA1", "Algorithm.sha1", ".sha1"])
    expect([name, readAlgorithm(name)]).toEqual([name, ok("SHA1")]);
  for (const name of ["SHA256", "HashAlgorithm.SHA256", "hash_algorithm.HmacSha256", "OtpHashMode.Sha256"])
    expect([name, readAlgorithm(name)]).toEqual([name, ok("SHA256")]);
  expect(readAlgorithm("Algorithm.SHA512")).toEqual(ok("SHA512"));
  expect(readAlgorithm("")).toEqual(ok(null));
});

test("what only looks like one that is known is none", () => {
  for (const name of [
    "Algorithm.md5",
    "SHA384",
    "SHA512/256",
    "SHA3-256",
    "MD5.SHA1",
    "x.SHA1",
    "Algorithm.",
  ])
    expect([name, readAlgorithm(name)]).toEqual([name, err("unknown-algorithm")]);
});
