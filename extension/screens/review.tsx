import { useEffect, useRef, useState } from "preact/hooks";
import type { EntryDraft } from "../../shared/otp/entry.ts";
import { moveAutoSites } from "../autofill/auto-sites.ts";
import { DraftCard } from "../ui/draft-card.tsx";
import { fullName, shortName } from "../ui/entry-name.ts";
import { t, tn } from "../ui/i18n.ts";
import { IssuerMark } from "../ui/issuer-marks/issuer-mark.tsx";
import { addEntries } from "../vault/entries.ts";
import { type Existing, findExisting } from "../vault/find-existing.ts";
import { replaceEntry } from "../vault/replace-entry.ts";
import type { VaultState } from "../vault/state.ts";
import { ProtectForm } from "./protect-form.tsx";
import { whyNotChangedNow } from "./why-not-changed.ts";

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
  const [problem, setProblem] = useState<string | null>(null);

  /** The entry whose place the one found takes, where the person chose that. */
  const replacing = useRef<string | null>(null);

  const action = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (existing !== null) action.current?.focus();
  }, [existing]);

  const isTicked = (index: number) => ticks.get(index) ?? existing?.get(index)?.kind !== "same";
  const chosen = items.filter((_, index) => isTicked(index));

  const keep = async () => {
    if (saving || chosen.length === 0) return;
    setSaving(true);
    setProblem(null);
    try {
      const why = replacing.current === null ? null : await whyNotChangedNow(replacing.current);
      if (why !== null) {
        setSaving(false);
        return setProblem(why);
      }
      const drafts = chosen.map((item) => item.draft);
      const replaced =
        replacing.current && drafts[0] ? await replaceEntry(replacing.current, drafts[0], Date.now()) : null;
      // One that went away in the meantime needs nobody in its place.
      if (!replaced?.ok) await addEntries(drafts, { now: Date.now() });
      // It is kept by now: a site that can't follow only waits for a choice.
      else if (replacing.current) await moveAutoSites([replacing.current], replaced.value).catch(() => {});
    } catch {
      // A full disk, or a vault that was locked meanwhile: what was found stays on the screen, to be tried again.
      setSaving(false);
      return setProblem(t("keep.failed"));
    }
    const [first] = chosen;
    props.onKept(
      chosen.length === 1 && first
        ? t("keep.done", { name: shortName(first.draft) })
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
  const single = several ? undefined : existing?.get(0);
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
            existing={existingText(existing?.get(index))}
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
      {single && (
        <p class="small dim">{t(single.kind === "same" ? "review.keep-twice" : "review.replace-means")}</p>
      )}
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <div class="line wrap form-actions">
        <button
          type="submit"
          class="button primary"
          ref={action}
          disabled={saving || existing === null || (several && chosen.length === 0)}
          onClick={() => {
            replacing.current = single?.kind === "other-key" ? single.id : null;
            if (!several) setTicks(new Map([[0, true]]));
          }}
        >
          {several
            ? tn("keep.action-many", chosen.length)
            : t(single ? (single.kind === "same" ? "keep.again" : "keep.replace") : "keep.action")}
        </button>
        {single?.kind === "other-key" && (
          <button
            type="button"
            class="button"
            disabled={saving}
            onClick={() => {
              replacing.current = null;
              void keep();
            }}
          >
            {t("keep.both")}
          </button>
        )}
        <button type="button" class="button plain" onClick={props.onCancel}>
          {t("action.cancel")}
        </button>
      </div>
    </form>
  );
}

function existingText(existing: Here | undefined): string | null {
  if (!existing) return null;
  return t(existing.kind === "same" ? "draft.exists" : "draft.other-key", { name: existing.name });
}

/** What is here already of an item, and what to call it. */
interface Here {
  readonly kind: Existing["kind"];
  readonly id: string;
  readonly name: string;
}

/** By index of the item; null until it is known. */
function useExisting(items: readonly ReviewItem[], vault: VaultState): ReadonlyMap<number, Here> | null {
  const [existing, setExisting] = useState<ReadonlyMap<number, Here> | null>(null);
  useEffect(() => {
    let current = true;
    const look = async () => {
      const found =
        vault.kind === "unlocked" ? await findExisting(items.map(({ draft }) => draft)).catch(() => []) : [];
      const here = found.flatMap((one, index): [number, Here][] => (one ? [[index, hereOf(one)]] : []));
      if (current) setExisting(new Map(here));
    };
    void look();
    return () => {
      current = false;
    };
  }, [items, vault.kind]);
  return existing;
}

function hereOf({ kind, row }: Existing): Here {
  const name = fullName(row);
  return { kind, id: row.id, name: row.deletedAt === null ? name : t("review.in-trash", { name }) };
}
