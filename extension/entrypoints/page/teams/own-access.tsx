import { useEffect, useRef, useState } from "preact/hooks";
import { writeOwnAddress } from "../../../groups/own-address.ts";
import { refreshBundle } from "../../../servers/bundle.ts";
import { refreshEmail } from "../../../servers/change-email.ts";
import type { KnownServer } from "../../../servers/connection.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { t } from "../../../ui/i18n.ts";
import type { SectionProps } from "../section-props.ts";
import { ChangeEmail } from "./change-email.tsx";
import { NewKit } from "./new-kit.tsx";
import { ShowDeviceCode } from "./show-device-code.tsx";

type Panel = "email" | "kit" | "device";

/** What a person gets in with at a server, and how each of it is changed: address, kit, and another device. */
export function OwnAccess(props: {
  server: KnownServer;
  secrets: NonNullable<KnownServer["secrets"]>;
  say: SectionProps["say"];
}) {
  const { server, secrets, say } = props;
  const host = hostOf(server.origin);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [isUnknown, setUnknown] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const wasOpen = useRef<Panel | null>(null);
  useEffect(() => {
    // The keyboard goes on where the panel was opened.
    if (panel === null && wasOpen.current !== null)
      list.current?.querySelector<HTMLElement>(`[data-opens=${wasOpen.current}]`)?.focus();
    wasOpen.current = panel;
  }, [panel]);
  useEffect(() => {
    void refreshEmail(server.id).then(
      (moved) => {
        if (!moved.ok || moved.value === null) return;
        // One's own wish, whose answer was lost, or another device's.
        const isOwn = moved.value === secrets.pendingEmail;
        const sentence = isOwn ? "teams.email-change.done" : "teams.email-change.moved";
        say({ tone: "done", sentence: t(sentence, { host, email: moved.value }) });
        // Where it can't be done now, the former one stays beside their name; nothing depends on it.
        if (isOwn) void writeOwnAddress(server.id).catch(() => {});
      },
      // Locked meanwhile, which shows by itself.
      () => {},
    );
  }, [server.id]);
  const isPending = secrets.pendingKit !== undefined;
  const lookForKit = async () => {
    const looked = await refreshBundle(server.id).catch(() => null);
    setUnknown(looked?.ok === false);
  };
  useEffect(() => {
    if (isPending) void lookForKit();
    else setUnknown(false);
  }, [isPending]);

  const close = () => setPanel(null);
  if (panel === "email")
    return <ChangeEmail server={server} email={secrets.email} say={say} onClose={close} />;
  if (panel === "kit") return <NewKit server={server} say={say} onClose={close} />;
  if (panel === "device") return <ShowDeviceCode server={server} onClose={close} />;
  const kit = secrets.uncheckedKit === null ? "teams.access.kit-on-paper" : "teams.access.kit-unchecked";
  const rows = [
    { opens: "email", name: "teams.access.email", says: secrets.email, action: "teams.access.email-change" },
    { opens: "kit", name: "teams.access.kit", says: t(kit), action: "teams.access.kit-new" },
    {
      opens: "device",
      name: "teams.access.device",
      says: t("teams.access.device-how"),
      action: "teams.access.device-connect",
    },
  ] as const;
  return (
    <div class="stack tight">
      <h3>{t("teams.access")}</h3>
      <ul class="plain-list" ref={list}>
        {rows.map(({ opens, name, says, action }) => (
          <li key={opens} class="line wrap">
            <div class="grow">
              <strong>{t(name)}</strong>
              <br />
              <span class="small dim">{says}</span>
            </div>
            <button
              type="button"
              class="button"
              data-opens={opens}
              aria-label={`${t(name)}: ${t(action)}`}
              onClick={() => setPanel(opens)}
            >
              {t(action)}
            </button>
          </li>
        ))}
      </ul>
      {isPending && isUnknown && (
        <div class="notice boxed warn" role="status">
          <p class="grow">{t("teams.refused.not-known", { host })}</p>
          <button type="button" class="button" onClick={() => void lookForKit()}>
            {t("teams.retry")}
          </button>
        </div>
      )}
    </div>
  );
}
