import { type Bytes, hexToBytes } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";
import type { Format } from "./format.ts";
import { appOfPreferences, readPreferences } from "./parts/android-preferences.ts";
import { readFields } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";

/**
 * The preferences of Blizzard's app for Android, which only a rooted phone gives: serial and secret of one authenticator,
 * hidden by a mask that is the same everywhere (read by Aegis, BattleNetImporter.java).
 */
export const battleNetFormat = {
  id: "battle-net",
  recognise: (file) => appOfPreferences(file) === "battle-net",
  read: async ({ text }) => {
    const preferences = await readPreferences(text ?? "");
    if (!preferences.ok) return preferences;
    const masked = preferences.value.get(`${PREFIX}DEVICE_SECRET`) ?? "";
    if (masked === "") return err("nothing-found");
    const secret = unmask(masked);
    if (!secret.ok) return err("corrupt");
    const serial = unmask(preferences.value.get(`${PREFIX}SERIAL`) ?? "");
    return gatherEntries([
      readFields({
        type: "totp",
        issuer: "Battle.net",
        account: serial.ok ? serial.value : "",
        secret: secret.value,
        spelling: "hex",
        digits: 8,
      }),
    ]);
  },
  write: null,
} as const satisfies Format;

const PREFIX = "com.blizzard.messenger.AUTHENTICATOR_";

/** Found in the app by those who took it apart; as public as the app. */
const MASK =
  "398e27fc50276a656065b0e525f4c06c04c61075286b8e7aeda59da9813b5dd6c80d2fb38068773fa59ba47c17ca6c6479015c1d5b8b8f6b9a";

/** Text whose bytes were combined with the mask. */
function unmask(hex: string): Result<string, "corrupt"> {
  const bytes = hexToBytes(hex.trim());
  const mask = hexToBytes(MASK);
  if (!bytes.ok || !mask.ok || bytes.value.length > mask.value.length) return err("corrupt");
  const text = String.fromCharCode(...combined(bytes.value, mask.value));
  return /^[\x20-\x7e]*$/.test(text) ? ok(text) : err("corrupt");
}

function combined(bytes: Bytes, mask: Bytes): Bytes {
  return bytes.map((byte, at) => byte ^ (mask[at] ?? 0));
}
