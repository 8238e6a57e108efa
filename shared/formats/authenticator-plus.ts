import { err } from "../result.ts";
import type { Format } from "./format.ts";
import { otpauthListFormat } from "./otpauth-list.ts";
import { openFile } from "./parts/file-content.ts";

/** The archive that Authenticator Plus writes: a list of URIs, by the password of its own. */
export const authenticatorPlusFormat = {
  id: "authenticator-plus",
  recognise: ({ archive }) => archive !== null && nameIn(archive.names) !== undefined,
  read: async ({ archive }, passphrase) => {
    const name = archive && nameIn(archive.names);
    if (!archive || !name) return err("corrupt");
    const list = await archive.read(name, passphrase);
    return list.ok ? otpauthListFormat.read(await openFile(list.value)) : list;
  },
  write: null,
} as const satisfies Format;

function nameIn(names: readonly string[]): string | undefined {
  return names.find((name) => /(?:^|\/)accounts\.txt$/i.test(name));
}
