/**
 * Every sentence the interface says, in English. Keys are `screen.what`; `{name}` is filled in by t(), and a key that
 * counts comes in the plural forms of Intl.PluralRules as `key.one` and `key.other`.
 * Messages of other rooms live here too: one catalogue, so that no sentence is ever written in a component.
 */
export const en = {
  "app.name": "Countersign",
} as const satisfies Record<string, string>;

export type MessageKey = keyof typeof en;
