import { useRef } from "preact/hooks";

/**
 * A button that opens the browser's file dialog. The input itself stays hidden: its own words are in the browser's
 * language, not in the person's choice.
 *
 * @param props.label names what is asked for, for screen readers
 * @param props.onFiles gets what was chosen; the same file can be chosen again afterwards
 */
export function FileButton(props: {
  text: string;
  label: string;
  accept: string;
  multiple: boolean;
  tone: "primary" | "quiet";
  onFiles: (files: readonly File[]) => void;
}) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class={`button ${props.tone === "primary" ? "primary" : ""}`}
        onClick={() => picker.current?.click()}
      >
        {props.text}
      </button>
      <input
        ref={picker}
        type="file"
        accept={props.accept}
        multiple={props.multiple}
        hidden
        aria-label={props.label}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = "";
          props.onFiles(files);
        }}
      />
    </>
  );
}
