import { ok, type Result } from "../../result.ts";
import type { FileContent } from "../format.ts";
import { directText, elementsOf, readXml } from "./xml.ts";

/**
 * The apps whose preferences hold codes, by the keys that only they use. Found in the text as it stands, so that asking
 * costs no parser.
 */
const APPS = {
  authy: /\bname=["']com\.authy\.storage\.tokens\./,
  "battle-net": /\bname=["']com\.blizzard\.messenger\.AUTHENTICATOR_/,
  "totp-authenticator": /\bname=["']STATIC_TOTP_CODES_LIST["']/,
  "freeotp-2": /\bname=["']masterKey["']/,
  "freeotp-1": /\bname=["']tokenOrder["']|(?:"|&quot;|&#34;)issuerExt(?:"|&quot;|&#34;)/,
} as const satisfies Readonly<Record<string, RegExp>>;

export type PreferencesApp = keyof typeof APPS;

/** A mind map has this root too. */
const ANY_PREFERENCE = /<(?:string|int|long|float|boolean|set)\s+name=["']/;

/** Whose preferences these are; "unknown" for another app's, null where the file is nothing of the kind. */
export function appOfPreferences({ text, xmlRoot }: FileContent): PreferencesApp | "unknown" | null {
  if (xmlRoot !== "map" || text === null) return null;
  // Object.keys gives the keys of the literal above, which the compiler knows only as strings.
  const app = (Object.keys(APPS) as PreferencesApp[]).find((name) => APPS[name].test(text));
  return app ?? (ANY_PREFERENCE.test(text) ? "unknown" : null);
}

/**
 * Reads what Android keeps for an app in shared_prefs/NAME.xml (SharedPreferencesImpl, XmlUtils): texts as text, numbers
 * and booleans as they are written. Sets are left out.
 */
export async function readPreferences(
  text: string,
): Promise<Result<ReadonlyMap<string, string>, "corrupt" | "too-large">> {
  const root = await readXml(text);
  if (!root.ok) return root;
  const preferences = new Map<string, string>();
  for (const kind of ["string", "int", "long", "float", "boolean"]) {
    for (const element of elementsOf(root.value, kind)) {
      const { name, value = "" } = element.attributes;
      if (name !== undefined) preferences.set(name, kind === "string" ? directText(element) : value);
    }
  }
  return ok(preferences);
}
