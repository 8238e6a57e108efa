import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  chooseAll,
  keepOnly,
  lift,
  NOTHING_CHOSEN,
  type Selection,
  stretch,
  toggle,
  toggleAll,
} from "../../../extension/ui/selection.ts";

const ids = ["a", "b", "c", "d", "e", "f"];
const chosen = (selection: Selection) => [...selection.chosen].sort().join("");

describe("choosing rows", () => {
  test("one by one, and back", () => {
    const two = toggle(toggle(NOTHING_CHOSEN, "b"), "d");
    expect(chosen(two)).toBe("bd");
    expect(chosen(toggle(two, "b"))).toBe("d");
  });

  test("with Shift goes from the last one touched, in either direction, and shrinks again", () => {
    const from = toggle(NOTHING_CHOSEN, "c");
    expect(chosen(stretch(from, ids, "c", "e"))).toBe("cde");
    expect(chosen(stretch(from, ids, "c", "a"))).toBe("abc");
    const back = stretch(stretch(from, ids, "c", "f"), ids, "f", "d");
    expect(chosen(back), "a range that is pulled back lets go").toBe("cd");
  });

  test("with Shift keeps what was chosen elsewhere", () => {
    const apart = toggle(toggle(NOTHING_CHOSEN, "a"), "d");
    expect(chosen(stretch(apart, ids, "d", "e"))).toBe("ade");
  });

  test("with Shift after a tick was taken away takes the whole range away", () => {
    const fewer = toggle(chooseAll(ids), "b");
    expect(chosen(stretch(fewer, ids, "b", "d"))).toBe("aef");
  });

  test("with Shift starts where the keyboard stands if nothing was touched before", () => {
    const first = stretch(NOTHING_CHOSEN, ids, "b", "c");
    expect(chosen(first)).toBe("bc");
    expect(chosen(stretch(first, ids, "c", "d"))).toBe("bcd");
    const away = lift(toggle(NOTHING_CHOSEN, "a"));
    expect(chosen(stretch(away, ids, "d", "e")), "the keyboard went on without choosing").toBe("ade");
  });

  test("all at once, and none if all are", () => {
    expect(chosen(toggleAll(toggle(NOTHING_CHOSEN, "c"), ids))).toBe("abcdef");
    expect(chosen(toggleAll(chooseAll(ids), ids))).toBe("");
  });

  test("lets go of what is no longer in the list", () => {
    expect(chosen(keepOnly(chooseAll(ids), ["b", "x", "f"]))).toBe("bf");
    const same = chooseAll(["a"]);
    expect(keepOnly(same, ids)).toBe(same);
  });

  test("never chooses what is not in the list, whatever is pressed in whatever order", () => {
    const id = fc.constantFrom(...ids);
    const step = fc.oneof(
      id.map((at) => (now: Selection) => toggle(now, at)),
      fc.tuple(id, id).map(
        ([from, to]) =>
          (now: Selection) =>
            stretch(now, ids, from, to),
      ),
      fc.constant((now: Selection) => toggleAll(now, ids)),
      fc.constant(lift),
      fc.subarray(ids).map((left) => (now: Selection) => keepOnly(now, left)),
    );
    fc.assert(
      fc.property(fc.array(step), fc.subarray(ids), (steps, left) => {
        const after = steps.reduce((now, next) => next(now), NOTHING_CHOSEN);
        expect([...after.chosen].every((each) => ids.includes(each))).toBe(true);
        const kept = keepOnly(after, left);
        expect([...kept.chosen].every((each) => left.includes(each))).toBe(true);
        expect(left.filter((each) => after.chosen.has(each)).length).toBe(kept.chosen.size);
      }),
    );
  });
});
