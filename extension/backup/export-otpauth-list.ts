export type OtpauthExport = {
  /** One otpauth URI a line. In clear: whoever has it has every code. */
  readonly text: string;
  readonly entries: number;
  readonly leftOut: readonly { readonly id: string; readonly reason: "damaged" | "newer-version" }[];
};

/** All entries outside the trash. */
export async function exportOtpauthList(): Promise<OtpauthExport> {
  throw new Error("not written yet");
}
