import { useState } from "preact/hooks";
import type { GroupView } from "../../../groups/group-view.ts";
import type { Reenrolment } from "../../../groups/reenrolments.ts";
import { formatList, t, tn } from "../../../ui/i18n.ts";
import type { SectionProps } from "../section-props.ts";
import { AcceptInvitation } from "./accept-invitation.tsx";
import { GroupItem } from "./group-item.tsx";
import { KeepEverything } from "./keep-everything.tsx";
import { NewGroup } from "./new-group.tsx";
import { goneName } from "./reenrol-order.ts";
import { useAccepted } from "./use-accepted.ts";
import { useGroups, useWaiting } from "./use-groups.ts";
import { useReenrolments } from "./use-reenrolments.ts";
import { useServer } from "./use-server.ts";
import { useSync } from "./use-sync.ts";

const NO_GROUPS: readonly GroupView[] = [];

/** The groups at a server that this device is connected to: how each stands, what waits in them, and the ways to more. */
export function Groups({ serverId, vault, say }: SectionProps & { serverId: string }) {
  const server = useServer(serverId, vault.kind);
  const groups = useGroups(vault.kind, serverId);
  const known = groups ?? NO_GROUPS;
  const waiting = useWaiting(known);
  const [invited] = useAccepted(known);
  const lists = useReenrolments(vault.kind).filter(
    ({ g, device }) => device?.serverId === serverId || known.some((group) => group.g === g),
  );
  const { busy, look } = useSync(server);
  const [open, setOpen] = useState<"new" | "code" | null>(null);
  if (server === null || groups === null) return null;
  const unfinished = lists.filter(({ entries }) => entries.some(({ isDone }) => !isDone));
  const left = unfinished.flatMap(({ entries }) => entries).filter(({ isDone }) => !isDone).length;
  const close = () => setOpen(null);
  return (
    <section class="page-section" aria-label={t("groups.title-at", { host: server.host })}>
      <div class="line">
        <h2 class="grow">{t("groups.title")}</h2>
        {server.isSignedIn && known.length > 0 && (
          <button type="button" class="button plain" disabled={busy} onClick={look}>
            {t(busy ? "groups.looking" : "groups.look")}
          </button>
        )}
      </div>
      {left > 0 && (
        <p class="notice boxed warn">
          <span class="grow">
            {tn("groups.reenrol-left", left, { names: formatList(namesOf(unfinished)) })}
          </span>
          <a href="#/reenrol">{t("groups.reenrol-open")}</a>
        </p>
      )}
      {known.length === 0 ? (
        // What can be done about it is offered to whoever is signed in.
        <p class="dim">{t(server.isSignedIn ? "groups.none" : "groups.none-known")}</p>
      ) : (
        <ul class="plain-list">
          {known.map((group) => (
            <GroupItem
              key={group.g}
              group={group}
              waiting={waiting.get(group.g) ?? 0}
              accepted={invited.get(group.g)?.accepted ?? []}
              host={server.host}
            />
          ))}
        </ul>
      )}
      {open === null && server.isSignedIn && <KeepEverything server={server} vault={vault.kind} say={say} />}
      {server.invitation !== null && (
        <AcceptInvitation server={server} code={server.invitation} say={say} onClose={close} />
      )}
      {open === "new" && <NewGroup server={server} say={say} onClose={close} />}
      {open === "code" && <AcceptInvitation server={server} code={null} say={say} onClose={close} />}
      {open === null && server.isSignedIn && (
        <div class="line wrap">
          <button type="button" class="button" onClick={() => setOpen("new")}>
            {t("groups.new")}
          </button>
          {server.invitation === null && (
            <button type="button" class="button" onClick={() => setOpen("code")}>
              {t("groups.have-code")}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

/** Each of them once: somebody may have been removed from several groups. */
function namesOf(lists: readonly Reenrolment[]): readonly string[] {
  return [...new Set(lists.map(goneName))];
}
