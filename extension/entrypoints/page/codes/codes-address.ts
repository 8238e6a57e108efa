/** What the address of the list asks for beside the list itself, e.g. "#/codes?edit=ID". */
export type CodesWish = {
  /** The entry to be edited. */
  readonly edit: string | null;
  /** The entry to be put elsewhere. */
  readonly place: string | null;
  /** The group whose entries are wanted. */
  readonly group: string | null;
};

/** @param hash of the address */
export function codesWish(hash: string): CodesWish {
  const asked = new URLSearchParams(hash.split("?")[1]);
  return { edit: asked.get("edit"), place: asked.get("place"), group: asked.get("group") };
}
