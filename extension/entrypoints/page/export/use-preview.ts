import { useEffect, useState } from "preact/hooks";
import { type ExportPreview, previewExport } from "../../../export/preview-export.ts";
import type { WayOut } from "../../../export/ways-out.ts";

/** What an export would lose; "looking" until that is known, and "failed" where the entries can't be read. */
export function usePreview(ids: readonly string[], wayOut: WayOut): ExportPreview | "looking" | "failed" {
  const [preview, setPreview] = useState<ExportPreview | "looking" | "failed">("looking");
  useEffect(() => {
    let gone = false;
    const show = (next: ExportPreview | "failed") => gone || setPreview(next);
    previewExport(ids, wayOut).then(show, () => show("failed"));
    return () => {
      gone = true;
    };
  }, [ids, wayOut]);
  return preview;
}
