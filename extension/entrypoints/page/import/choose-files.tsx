import { useEffect, useState } from "preact/hooks";
import { FileButton } from "../../../ui/file-button.tsx";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";

/** Where files come in: by the browser's dialog, dropped, or pasted, as text too. */
export function ChooseFiles(props: { onFiles: (files: readonly File[]) => void }) {
  const [over, setOver] = useState(false);
  const take = (files: readonly File[]) => {
    if (files.length > 0) props.onFiles(files);
  };
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (event.target instanceof Element && event.target.closest("input, textarea")) return;
      const data = event.clipboardData;
      const text = data?.getData("text/plain") ?? "";
      const files = [...(data?.files ?? [])];
      if (files.length === 0 && text !== "") files.push(new File([text], t("image.pasted-text")));
      take(files);
    };
    addEventListener("paste", onPaste);
    return () => removeEventListener("paste", onPaste);
  }, [props.onFiles]);
  return (
    <div
      class={`drop ${over ? "over" : ""}`}
      role="group"
      aria-label={t("image.choose")}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <span class="big-glyph">
        <Glyph name="image" size={32} />
      </span>
      <FileButton
        text={t("image.choose")}
        label={t("image.choose")}
        accept=""
        multiple
        tone="primary"
        onFiles={take}
      />
      <p class="dim">{t("image.or-drop")}</p>
    </div>
  );
}
