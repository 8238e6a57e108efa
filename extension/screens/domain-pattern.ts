/**
 * The pattern for a host with everything its owner has, e.g. "*.example.com"; null where there is none. Loaded when
 * first asked for: the public suffix list behind it is too large for a popup that may never need it.
 */
export async function domainPattern(host: string): Promise<string | null> {
  const rules = await import("../autofill/registrable-domain.ts");
  return rules.domainPattern(host);
}
