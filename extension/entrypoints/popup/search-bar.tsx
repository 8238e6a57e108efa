import type { RefObject } from "preact";
import { t } from "../../ui/i18n.ts";
import { Glyph } from "../../ui/icons.tsx";

/** The head of the list: the field that searches it and says which row is chosen, and the ways to add and to lock. */
export function SearchBar(props: {
  field: RefObject<HTMLInputElement | null>;
  query: string;
  /** The element of the row that is chosen, where it is drawn. */
  activeId: string | undefined;
  onQuery: (query: string) => void;
  onAdd: () => void;
  /** null: there is no passphrase to lock with. */
  onLock: (() => void) | null;
}) {
  return (
    <div class="top">
      <Glyph name="search" />
      <input
        ref={props.field}
        class="search"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-haspopup="grid"
        aria-controls="codes"
        aria-autocomplete="list"
        aria-activedescendant={props.activeId}
        aria-label={t("list.search")}
        placeholder={t("list.search")}
        autocomplete="off"
        spellcheck={false}
        value={props.query}
        onInput={(event) => props.onQuery(event.currentTarget.value)}
      />
      <button
        type="button"
        class="icon-button"
        aria-label={t("list.add")}
        title={`${t("list.add")} (Alt+N)`}
        onClick={props.onAdd}
      >
        <Glyph name="add" />
      </button>
      {props.onLock && (
        <button
          type="button"
          class="icon-button"
          aria-label={t("list.lock")}
          title={`${t("list.lock")} (Alt+L)`}
          onClick={props.onLock}
        >
          <Glyph name="lock" />
        </button>
      )}
    </div>
  );
}
