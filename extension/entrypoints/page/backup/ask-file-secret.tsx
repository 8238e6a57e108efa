import { useState } from "preact/hooks";
import type { AgeOpener } from "../../../backup/age-file.ts";
import { AskPassphrase } from "../../../ui/ask-passphrase.tsx";
import { FileButton } from "../../../ui/file-button.tsx";
import { t } from "../../../ui/i18n.ts";

/** An identity file holds a line or two; whatever is longer was chosen by mistake, and is told by what it does not open. */
const MAX_IDENTITY_BYTES = 64_000;

/**
 * Asks for what opens a file: its passphrase, or an identity, which can also come as the file that age-keygen wrote.
 *
 * @param props.onSubmit tries it; resolves to a sentence where it failed, to null where it was right
 */
export function AskFileSecret(props: {
  fileName: string;
  opener: AgeOpener;
  action: string;
  onSubmit: (secret: string) => Promise<string | null>;
  onCancel: () => void;
}) {
  const [problem, setProblem] = useState<string | null>(null);
  const isIdentity = props.opener === "identity";
  return (
    <>
      <AskPassphrase
        label={t(isIdentity ? "restore.identity" : "restore.passphrase", { file: props.fileName })}
        action={props.action}
        onCancel={props.onCancel}
        onSubmit={(secret) => {
          setProblem(null);
          return props.onSubmit(secret);
        }}
      />
      {isIdentity && (
        <div>
          <FileButton
            text={t("restore.identity-file")}
            label={t("restore.identity-file")}
            accept=""
            multiple={false}
            tone="quiet"
            onFiles={async ([file]) => {
              const text = await file?.slice(0, MAX_IDENTITY_BYTES).text();
              if (text !== undefined) setProblem(await props.onSubmit(text));
            }}
          />
        </div>
      )}
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
