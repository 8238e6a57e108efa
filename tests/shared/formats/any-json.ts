import fc from "fast-check";

/** What a field may hold that is not what it should: of every type, and of every size that numbers have. */
const anyField: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    "",
    " ",
    "0",
    "-1",
    "1e9",
    "SHA384",
    "30",
    0,
    -1,
    0.5,
    1e21,
    2 ** 53,
    [],
    {},
    [null],
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.integer(),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
);

/**
 * One of these JSON texts with one to three of its values replaced by something else, or taken out, wherever they
 * stand; now and then a JSON text of any shape at all.
 */
export function jsonMutationsOf(texts: readonly string[]): fc.Arbitrary<string> {
  const mutated = fc
    .tuple(
      fc.constantFrom(...texts),
      fc.array(fc.tuple(fc.nat(), fc.oneof(anyField, fc.constant(undefined))), {
        minLength: 1,
        maxLength: 3,
      }),
    )
    .map(([text, edits]) =>
      JSON.stringify(
        edits.reduce<unknown>((json, [at, value]) => replaced(json, at, value), JSON.parse(text)),
      ),
    );
  return fc
    .oneof({ weight: 9, arbitrary: mutated }, { weight: 1, arbitrary: fc.json() })
    .map((text) => text ?? "null");
}

type Place = { readonly holder: Record<string, unknown>; readonly key: string };

/** The value with the one at the numbered place replaced; undefined takes it out. */
function replaced(json: unknown, at: number, value: unknown): unknown {
  const copy = structuredClone(json);
  const places = placesIn(copy);
  const place = places[at % Math.max(places.length, 1)];
  if (place === undefined) return value;
  place.holder[place.key] = value;
  return copy;
}

function placesIn(json: unknown): Place[] {
  if (typeof json !== "object" || json === null) return [];
  // Lists are objects whose keys are numbers.
  const holder = json as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}
