import { beforeAll, describe, expect, it } from "vitest";
import { hexToBytes } from "../../../shared/bytes.ts";
import {
  commitGroupKey,
  type GroupKey,
  newGroupKey,
  openGroupKey,
  sealGroupKey,
} from "../../../shared/group/group-key.ts";
import { newPerson, type Person } from "./people.ts";

const G = "AAAAAAAAAAAAAAAAAAAAAA";
let bob: Person;
let eve: Person;

beforeAll(async () => {
  [bob, eve] = [await newPerson(), await newPerson()];
});

async function sealedFor(person: Person, key: GroupKey) {
  const sealed = await sealGroupKey(key, { id: person.id, enc: person.opening.publicKey });
  if (!sealed.ok) throw Error(sealed.error);
  return sealed.value;
}

describe("a group's key", () => {
  it("comes out of its seal for its member, in its group and epoch, if it is the one the log promised", async () => {
    const key = newGroupKey(G, 3);
    const sealed = await sealedFor(bob, key);
    const place = { g: G, epoch: 3, commit: await commitGroupKey(key), member: bob.id };
    expect(await openGroupKey(bob.opening, sealed, place)).toEqual({ ok: true, value: key });
    const corrupt = { ok: false, error: "corrupt" };
    expect(await openGroupKey(eve.opening, sealed, place)).toEqual(corrupt);
    expect(await openGroupKey(bob.opening, sealed, { ...place, epoch: 4 })).toEqual(corrupt);
    expect(await openGroupKey(bob.opening, sealed, { ...place, member: eve.id })).toEqual(corrupt);
    expect(await openGroupKey(bob.opening, sealed, { ...place, g: G.replace("A", "B") })).toEqual(corrupt);
  });

  it("of somebody else's making, rightly sealed, is not taken", async () => {
    const [promised, planted] = [newGroupKey(G, 1), newGroupKey(G, 1)];
    const sealed = await sealedFor(bob, planted);
    const place = { g: G, epoch: 1, commit: await commitGroupKey(promised), member: bob.id };
    expect(await openGroupKey(bob.opening, sealed, place)).toEqual({ ok: false, error: "commit" });
  });

  it("is known by a commitment that is frozen", async () => {
    const bytes = hexToBytes("07".repeat(32));
    if (!bytes.ok) throw Error(bytes.error);
    expect(await commitGroupKey({ g: G, epoch: 1, bytes: bytes.value })).toMatchInlineSnapshot(
      `"kMJTov-PiB642_ST6XlXBMzxlLxGxY0A6bt0YacVgIo"`,
    );
  });
});
