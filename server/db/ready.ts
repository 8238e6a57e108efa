import type { Compilable, CompiledQuery, DialectAdapter } from "kysely";
import type { Database } from "./open.ts";

/** More values than that come from lists, of which no two are as long: what they make is not worth remembering. */
const MOST_VALUES = 40;

/**
 * A statement whose text is put together once for each shape of its values, and then only given others: that takes several
 * times as long as most of ours take to run.
 *
 * @param build puts it together. It may take the values apart, and must not look at them: it is called with something else
 *   in their place
 */
export function ready<Values, Row>(
  build: (db: Database, values: Values) => Compilable<Row>,
): (db: Database, values: Values) => Compilable<Row> {
  const known = new WeakMap<DialectAdapter, Map<string, CompiledQuery<Row>>>();
  return (db, values) => ({
    compile() {
      const all: unknown[] = [];
      const shape = takeApart(values, all);
      if (all.length > MOST_VALUES) return build(db, values).compile();
      const { adapter } = db.getExecutor();
      const byShape = known.get(adapter) ?? new Map<string, CompiledQuery<Row>>();
      known.set(adapter, byShape);
      const compiled = byShape.get(shape) ?? build(db, standInsFor(values)).compile();
      byShape.set(shape, compiled);
      const parameters = compiled.parameters.map((each) => (each instanceof StandIn ? all[each.at] : each));
      return { ...compiled, parameters };
    },
  });
}

/** Stands for a value until there is one. */
class StandIn {
  readonly at: number;
  constructor(at: number) {
    this.at = at;
  }
}

/** Adds the values that are in lists and objects to all others. @returns what is in what, whatever the values are */
function takeApart(values: unknown, all: unknown[]): string {
  if (Array.isArray(values)) return `[${values.map((each) => takeApart(each, all)).join()}]`;
  if (isPlain(values))
    return `{${Object.entries(values).map(([name, each]) => name + takeApart(each, all))}}`;
  all.push(values);
  return "?";
}

/** The same lists and objects with stand-ins, numbered as takeApart comes by them. */
function standInsFor<Values>(values: Values): Values {
  let at = 0;
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replace);
    if (!isPlain(value)) return new StandIn(at++);
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replace(each)]));
  };
  return replace(values) as Values;
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
