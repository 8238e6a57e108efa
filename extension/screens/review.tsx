import { useEffect, useRef, useState } from "preact/hooks";
import type { EntryDraft } from "../../shared/otp/entry.ts";
import { DraftCard } from "../ui/draft-card.tsx";
import { t, tn } from "../ui/i18n.ts";
import { IssuerMark } from "../ui/issuer-marks/issuer-mark.tsx";
import { addEntries, findSame, readEntry } from "../vault/entries.ts";
import type { VaultState } from "../vault/state.ts";
import { ProtectForm } from "./protect-form.tsx";

/** A draft to be looked at before it is kept, with what was assumed about it, as sentences. */
export interface ReviewItem {
  readonly draft: EntryDraft;
  readonly notices: readonly string[];
}

/**
 * What was found, before it is kept: each account with its live code; what is here already is named and not ticked.
 * The first account ever kept leads through the question for a passphrase.
 */
export function Review(props: {
  items: readonly ReviewItem[];
  vault: VaultState;
  /** The first account is about to be kept: the question for a passphrase takes the screen. */
  onProtect?: () => void;
  onKept: (sentence: string) => void;
  onCancel: () => void;
}) {
  const { items } = props;
  const existing = useExisting(items, props.vault);
  const [ticks, setTicks] = useState<ReadonlyMap<number, boolean>>(new Map());
  const [protecting, setProtecting] = useState(false);
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState(false);

  const action = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (existing !== null) action.current?.focus();
  }, [existing]);

  const isTicked = (index: number) => ticks.get(index) ?? !existing?.has(index);
  const chosen = items.filter((_, index) => isTicked(index));

  const keep = async () => {
    if (saving || chosen.length === 0) return;
    setSaving(true);
    setFailed(false);
    try {
      await addEntries(
        chosen.map((item) => item.draft),
        { now: Date.now() },
      );
    } catch {
      // A full disk, or a vault that was locked meanwhile: what was found stays on the screen, to be tried again.
      setSaving(false);
      return setFailed(true);
    }
    const [first] = chosen;
    props.onKept(
      chosen.length === 1 && first
        ? t("keep.done", { name: first.draft.issuer || first.draft.account || t("entry.unnamed") })
        : tn("keep.done-many", chosen.length),
    );
  };

  if (protecting && props.vault.kind === "none")
    return (
      <ProtectForm
        vault="none"
        onDone={() => {
          // Back to what was found, whose vault is there now: a failure to keep it is said there.
          setProtecting(false);
          void keep();
        }}
      />
    );
  const several = items.length > 1;
  return (
    <form
      class="stack tight review"
      onSubmit={(event) => {
        event.preventDefault();
        if (props.vault.kind === "none") {
          setProtecting(true);
          props.onProtect?.();
        } else void keep();
      }}
    >
      {several && <p>{tn("review.found", items.length)}</p>}
      <div>
        {items.map((item, index) => (
          <DraftCard
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes while it is shown
            key={index}
            draft={item.draft}
            mark={
              <IssuerMark
                issuer={item.draft.issuer}
                account={item.draft.account}
                sites={item.draft.sites ?? []}
                icon={null}
                size={34}
              />
            }
            existing={existing?.get(index) ?? null}
            notices={item.notices}
            tick={
              several
                ? {
                    ticked: isTicked(index),
                    onTick: (ticked) => setTicks((now) => new Map([...now, [index, ticked]])),
                  }
                : null
            }
          />
        ))}
      </div>
      {!several && existing?.has(0) && <p class="small dim">{t("review.keep-twice")}</p>}
      {failed && (
        <p class="problem" role="alert">
          {t("keep.failed")}
        </p>
      )}
      <div class="line wrap form-actions">
        <button
          type="submit"
          class="button primary"
          ref={action}
          disabled={saving || existing === null || (several && chosen.length === 0)}
          onClick={() => {
            if (!several) setTicks(new Map([[0, true]]));
          }}
        >
          {several
            ? tn("keep.action-many", chosen.length)
            : existing?.has(0)
              ? t("keep.again")
              : t("keep.action")}
        </button>
        <button type="button" class="button plain" onClick={props.onCancel}>
          {t("action.cancel")}
        </button>
      </div>
    </form>
  );
}

/** The names of entries that have the same secret already, by index of the item; null until it is known. */
function useExisting(items: readonly ReviewItem[], vault: VaultState): ReadonlyMap<number, string> | null {
  const [existing, setExisting] = useState<ReadonlyMap<number, string> | null>(null);
  useEffect(() => {
    let current = true;
    const look = async () => {
      const found = new Map<number, string>();
      if (vault.kind === "unlocked")
        for (const [index, item] of items.entries()) {
          const id = await findSame(item.draft);
          const entry = id === null ? null : await readEntry(id);
          if (!entry) continue;
          const name = entry.ok
            ? [entry.value.issuer, entry.value.account].filter(Boolean).join(", ") +
              (entry.value.deletedAt === null ? "" : ` (${t("review.in-trash")})`)
            : "";
          found.set(index, name || t("entry.unnamed"));
        }
      if (current) setExisting(found);
    };
    void look();
    return () => {
      current = false;
    };
  }, [items, vault.kind]);
  return existing;
}
