import type { Bytes } from "../../shared/bytes.ts";
import { type DeviceCodeRefusal, isDeviceCode, parseDeviceCode } from "../../shared/identity/device-code.ts";
import { accountKeyOf, parseKit } from "../../shared/identity/recovery-key.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type KitRefusal, readKitText } from "./kit.ts";

/** Why nothing came of it: as a kit, or as the code of another device. */
export type ConnectTextRefusal = `kit-${Exclude<KitRefusal, "another-kit">}` | `code-${DeviceCodeRefusal}`;

/** Whether it means to be a kit, or the code of a device, by how it begins. */
export function isConnectText(text: string): boolean {
  return isDeviceCode(text) || /^\s*CSR\d/i.test(text);
}

/** What a form is filled in with: what is typed of it, and where and as whom it is good, if it says so. */
export async function readConnectText(text: string): Promise<ReturnType<typeof readKitText>> {
  if (!isDeviceCode(text)) return readKitText(text);
  const code = await parseDeviceCode(text);
  const letters = text.trim();
  return code.ok
    ? { letters, origin: code.value.origin, email: code.value.email }
    : { letters, origin: null, email: null };
}

/** The account key in either of them. `server`: what a device's code says that the server is known by (serverPrint). */
export async function readAccountKey(
  text: string,
): Promise<Result<{ readonly accountKey: Bytes; readonly server: Bytes | null }, ConnectTextRefusal>> {
  if (isDeviceCode(text)) {
    const code = await parseDeviceCode(text);
    return code.ok ? code : err(`code-${code.error}`);
  }
  const kit = await parseKit(text);
  return kit.ok ? ok({ accountKey: await accountKeyOf(kit.value), server: null }) : err(`kit-${kit.error}`);
}
