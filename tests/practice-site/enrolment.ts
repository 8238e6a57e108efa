import type { Verifier } from "./start-verifier.ts";

/** What an enrolment page shows to a person. */
export type ShownEnrolment = { readonly account: string; readonly secret: string; readonly uri: string };

/**
 * Enrols with the verifier what the address of an enrolment page asks for: type, algorithm, digits, period, counter,
 * issuer, account. Parameters that are not in the address are not in the code either, as on most real sites.
 *
 * `wrong-bit` in the address shows a secret with one bit changed: none of its codes will be accepted.
 */
export async function enrol(verifier: Verifier, query: URLSearchParams): Promise<ShownEnrolment> {
  const type = query.get("type") ?? "totp";
  const account = query.get("account") ?? "alice@example.com";
  const issuer = query.get("issuer") ?? "Harbour";
  const real = await verifier.enrol({
    account,
    type,
    algorithm: query.get("algorithm") ?? "SHA1",
    digits: Number(query.get("digits") ?? (type === "steam" ? 5 : 6)),
    period: Number(query.get("period") ?? 30),
    counter: Number(query.get("counter") ?? 0),
  });
  const secret = query.has("wrong-bit") ? withOneBitChanged(real) : real;
  if (type === "steam") return { account, secret, uri: `steam://${secret}` };

  const parameters = [`secret=${secret}`, `issuer=${encodeURIComponent(issuer)}`];
  for (const name of ["algorithm", "digits", "period"]) {
    const value = query.get(name);
    if (value !== null) parameters.push(`${name}=${value}`);
  }
  // The Key URI format requires the counter.
  if (type === "hotp") parameters.push(`counter=${query.get("counter") ?? 0}`);
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return { account, secret, uri: `otpauth://${type}/${label}?${parameters.join("&")}` };
}

/** A base32 character stands for five bits; its neighbour in the alphabet differs in the lowest one. */
function withOneBitChanged(secret: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return (alphabet[alphabet.indexOf(secret.charAt(0)) ^ 1] ?? "") + secret.slice(1);
}
