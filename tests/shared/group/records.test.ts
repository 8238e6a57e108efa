import { describe, expect, it } from "vitest";
import { utf8 } from "../../../shared/bytes.ts";
import { formatRotation, hashRotation } from "../../../shared/group/rotation.ts";
import { act, anyHash, append, nextLink, rotation } from "./people.ts";
import { stageLog } from "./stage.ts";

/** What a group's log accepts of records, and of a new key for all of them. */
const stage = stageLog();

describe("records", () => {
  it("are changed by editors, not by viewers or guests", async () => {
    stage.log = await stage.join(stage.bob, "editor");
    stage.log = await stage.join(stage.eve, "viewer");
    await stage.addRecord(stage.bob);
    await expect(stage.addRecord(stage.eve)).rejects.toThrow("rank");
    stage.log = await act(stage.log, stage.alice, "role", { target: stage.eve.id, role: "guest" });
    await expect(stage.addRecord(stage.eve)).rejects.toThrow("rank");
  });

  it("go on by one version at a time, and never come back from being deleted for ever", async () => {
    const { id } = await stage.addRecord();
    const change = (ver: number, h: string | null = anyHash()) =>
      act(stage.log, stage.alice, "records", { epoch: stage.epoch(), heads: [{ id, ver, h }] });
    for (const ver of [1, 3]) await expect(change(ver)).rejects.toThrow("record-version");
    stage.log = await change(2);
    stage.log = await change(3, null);
    expect(stage.log.known.core?.records).toBe(0);
    for (const ver of [1, 4]) await expect(change(ver)).rejects.toThrow("record-version");
  });

  it("are new with version 1 and with a ciphertext, and once in a link", async () => {
    const head = stage.newRecord();
    const write = (...heads: { id: string; ver: number; h: string | null }[]) =>
      act(stage.log, stage.alice, "records", { epoch: stage.epoch(), heads });
    await expect(write({ ...head, ver: 2 })).rejects.toThrow("record-version");
    await expect(write({ ...head, h: null })).rejects.toThrow("record-version");
    await expect(write(head, { ...head, ver: 2 })).rejects.toThrow("record-version");
    await expect(write(head)).resolves.toBeDefined();
  });

  it("are under the present key", async () => {
    await stage.addRecord();
    const { saying, list } = await rotation(stage.log);
    stage.log = await append(stage.log, await nextLink(stage.log, stage.alice, "rotate", saying), list);
    const old = act(stage.log, stage.alice, "records", { epoch: 1, heads: [stage.newRecord()] });
    await expect(old).rejects.toThrow("epoch");
    await stage.addRecord();
  });
});

describe("a rotation", () => {
  it("carries every live record into the next epoch, once and one version on, or is refused", async () => {
    const [first, second] = [await stage.addRecord(), await stage.addRecord()];
    const next = stage.epoch() + 1;
    const g = stage.log.known.core?.g ?? "";
    const carried = (...records: [string, number, string][]) => formatRotation(records);
    const rotate = async (list: Uint8Array<ArrayBuffer>, patch: object = {}) => {
      const records = await hashRotation(g, next, list);
      const link = await nextLink(stage.log, stage.alice, "rotate", {
        epoch: next,
        commit: anyHash(),
        records,
        ...patch,
      });
      return append(stage.log, link, list);
    };
    const [a, b] = [
      [first.id, 2, anyHash()] as [string, number, string],
      [second.id, 2, anyHash()] as [string, number, string],
    ];
    await expect(rotate(carried(a))).rejects.toThrow("rotation-incomplete");
    await expect(rotate(carried(a, b, [crypto.randomUUID(), 1, anyHash()]))).rejects.toThrow(
      "rotation-incomplete",
    );
    await expect(rotate(carried(a, a))).rejects.toThrow("rotation-incomplete");
    await expect(rotate(carried(a, [second.id, 1, anyHash()]))).rejects.toThrow("rotation-incomplete");
    await expect(rotate(carried(a, b), { records: anyHash() })).rejects.toThrow("rotation-incomplete");
    await expect(rotate(utf8(JSON.stringify([b, a].sort().reverse())))).rejects.toThrow(
      "rotation-incomplete",
    );
    await expect(rotate(carried(a, b), { epoch: next + 1 })).rejects.toThrow("epoch");
    const rotated = await rotate(carried(a, b));
    expect(rotated.known.heads.get(first.id)).toMatchObject({ ver: 2, epoch: next, made: 1, changed: 3 });
  });

  it("without its list is not folded", async () => {
    const { saying } = await rotation(stage.log);
    const link = await nextLink(stage.log, stage.alice, "rotate", saying);
    await expect(append(stage.log, link)).rejects.toThrow("rotation-incomplete");
  });

  it("is part of a removal, and settles what was due", async () => {
    await stage.addRecord();
    stage.log = await stage.join(stage.bob, "editor");
    stage.log = await stage.join(stage.eve, "viewer");
    stage.log = await act(stage.log, stage.bob, "leave", {});
    expect(stage.log.known.core?.rotationDue).toBe(true);
    await expect(stage.addRecord(stage.bob)).rejects.toThrow("not-member");
    stage.log = await stage.removal(stage.eve);
    expect(stage.log.known.core).toMatchObject({ rotationDue: false, epoch: 2, members: 1 });
    await expect(act(stage.log, stage.eve, "leave", {})).rejects.toThrow("not-member");
    await expect(stage.removal(stage.eve)).rejects.toThrow("no-such-member");
  });
});
