import { useEffect, useRef, useState } from "preact/hooks";
import { type LockedFile, type OneRead, openLocked } from "../../../import/read-files.ts";
import { AskPassphrase } from "../../../ui/ask-passphrase.tsx";
import { programName } from "../../../ui/format-names.ts";
import { t } from "../../../ui/i18n.ts";
import { readRefusalSentence } from "./import-text.ts";

/** What takes longer than this is said to take a while (milliseconds). */
const LONG_MS = 1500;

/** Asks for the password of one encrypted file, and opens it beside the page, which can be stopped. */
export function OpenLocked(props: {
  file: LockedFile;
  /** Nothing else is being imported: to leave it out is to cancel. */
  isOnly: boolean;
  onOpened: (read: OneRead) => void;
  onSkip: () => void;
}) {
  const { file } = props;
  const [working, setWorking] = useState<"no" | "short" | "long">("no");
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const program = file.format === null ? null : programName(file.format);

  const open = async (passphrase: string): Promise<string | null> => {
    stop.current = new AbortController();
    setWorking("short");
    const timer = setTimeout(() => setWorking("long"), LONG_MS);
    const read = await openLocked(file, passphrase, { signal: stop.current.signal });
    clearTimeout(timer);
    setWorking("no");
    if (!read.ok) return readRefusalSentence(read.error);
    props.onOpened(read.value);
    return null;
  };
  return (
    <>
      <p>
        {file.format === null
          ? t("import.packed", { file: file.name })
          : program === null
            ? t("file.passphrase-needed")
            : t("import.of-program", { file: file.name, program })}
      </p>
      <AskPassphrase
        key={file.name}
        label={t("import.password", { file: file.name })}
        action={t("import.open")}
        busyText={t("import.opening")}
        onSubmit={open}
        onCancel={() => (working === "no" ? props.onSkip() : stop.current?.abort())}
        cancelText={t(working !== "no" ? "import.stop" : props.isOnly ? "action.cancel" : "import.skip-file")}
      />
      <p class="small dim import-wait" role="status">
        {working === "long" && t("import.takes-long")}
      </p>
    </>
  );
}
