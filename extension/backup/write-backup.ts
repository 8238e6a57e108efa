export type Backup = {
  readonly fileName: string;
  /** An age file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly entries: number;
  /** What could not be taken along, because it can't be opened. */
  readonly leftOut: readonly { readonly id: string; readonly reason: "damaged" }[];
};

/** Writes everything, trash included, into an age file and opens that file again before reporting it. */
export async function writeBackup(_passphrase: string): Promise<Backup> {
  throw new Error("not written yet");
}
