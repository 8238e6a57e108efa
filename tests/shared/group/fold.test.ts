import { describe, expect, it } from "vitest";
import { bytesToBase64url, utf8 } from "../../../shared/bytes.ts";
import { sign } from "../../../shared/crypto/signature.ts";
import { formatAction, parseAction } from "../../../shared/group/action.ts";
import { foldLink } from "../../../shared/group/fold.ts";
import { readLink } from "../../../shared/group/link.ts";
import { ROLES } from "../../../shared/group/permissions.ts";
import { rekeyContext } from "../../../shared/group/proofs.ts";
import { NOTHING_KNOWN } from "../../../shared/group/state.ts";
import { accepted, act, append, newLog, newPerson, nextLink, type Person } from "./people.ts";
import { stageLog } from "./stage.ts";

/** What a group's log accepts, and from whom. Every refusal has a twin that passes. */
const stage = stageLog();

describe("the first link", () => {
  it("makes its writer the owner of a group that bears the hash of their key", () => {
    const { core, members } = stage.log.known;
    expect(core).toMatchObject({ n: 0, epoch: 1, members: 1, owners: 1, records: 0, rotationDue: false });
    expect(members.get(stage.alice.id)).toMatchObject({ role: "owner", joined: 0, left: null });
  });

  it("can't be taken over by another key under the same id", async () => {
    const [first] = stage.log.links;
    const read = first && (await readLink(first));
    if (!read?.ok || read.value.action.t !== "create") throw Error("no first link");
    const { id, sig, enc } = stage.eve;
    const forged = { ...read.value.action, by: id, owner: { id, sig, enc } };
    const body = formatAction(forged);
    const signature = await sign(stage.eve.signing, body);
    const link = { body: bytesToBase64url(body), sig: bytesToBase64url(signature) };
    await expect(append({ links: [], known: NOTHING_KNOWN, lists: [] }, link)).rejects.toThrow("group-id");
  });

  it("is the first one only", async () => {
    const [first] = stage.log.links;
    if (!first) throw Error("no first link");
    await expect(append(stage.log, first)).rejects.toThrow("sequence");
  });
});

describe("a link", () => {
  it("follows the one before it: replayed, left out or in another sequence it is refused", async () => {
    const second = await nextLink(
      stage.log,
      stage.alice,
      "add",
      await accepted(stage.log, stage.bob, "viewer"),
    );
    const longer = await append(stage.log, second);
    await expect(append(longer, second)).rejects.toThrow("sequence");
    const third = await nextLink(longer, stage.alice, "role", { target: stage.bob.id, role: "editor" });
    await expect(append(stage.log, third)).rejects.toThrow("sequence");
    const beside = await nextLink(
      stage.log,
      stage.alice,
      "add",
      await accepted(stage.log, stage.eve, "viewer"),
    );
    const otherBranch = await append(stage.log, beside);
    await expect(append(otherBranch, third)).rejects.toThrow("previous");
  });

  it("of another group is refused", async () => {
    const other = await newLog(stage.alice);
    const link = await nextLink(stage.log, stage.alice, "close", {}, { g: other.known.core?.g ?? "" });
    await expect(append(stage.log, link)).rejects.toThrow("group-id");
  });

  it("is refused from whoever is not in the group, signed by whomever", async () => {
    await expect(
      act(stage.log, stage.eve, "add", await accepted(stage.log, stage.eve, "owner")),
    ).rejects.toThrow("not-member");
    const inHerName = await nextLink(stage.log, stage.eve, "close", {}, { by: stage.alice.id });
    await expect(append(stage.log, inHerName)).rejects.toThrow("signature");
  });

  it("is refused with any bit changed", async () => {
    const link = await nextLink(
      stage.log,
      stage.alice,
      "add",
      await accepted(stage.log, stage.bob, "viewer"),
    );
    for (const part of ["body", "sig"] as const) {
      const text = link[part];
      for (let at = 0; at < text.length; at++) {
        const letter = text[at] === "A" ? "B" : "A";
        const changed = { ...link, [part]: text.slice(0, at) + letter + text.slice(at + 1) };
        await expect(append(stage.log, changed), `${part} at ${at}`).rejects.toThrow();
      }
    }
  });

  it("is read in one way only: blanks, other orders, double fields and unknown ones are malformed", async () => {
    const link = await nextLink(stage.log, stage.alice, "role", { target: stage.alice.id, role: "owner" });
    const read = await readLink(link);
    if (!read.ok) throw Error(read.error);
    const text = JSON.stringify(read.value.action);
    const spellings = [
      text.replace(",", ", "),
      text.replace('"v":1', '"v":1.0'),
      text.replace('"v":1', '"v":1,"v":1'),
      text.replace("}", ',"more":1}'),
      text.replace('"t":"role","v":1', '"v":1,"t":"role"'),
      text.replace("role", "r\\u006fle"),
      `${text} `,
    ];
    for (const each of spellings) expect(parseAction(utf8(each))).toEqual({ ok: false, error: "malformed" });
    expect(parseAction(utf8(text)).ok).toBe(true);
  });

  it("of another version of the protocol is refused as such", () => {
    for (const v of [0, 2]) {
      expect(parseAction(utf8(`{"t":"close","v":${v}}`))).toEqual({ ok: false, error: "version" });
    }
    expect(parseAction(utf8('{"t":"close"}'))).toEqual({ ok: false, error: "malformed" });
  });
});

describe("roles", () => {
  it.each(ROLES)("a member who is %s gives and takes only what is below", async (role) => {
    stage.log = await stage.join(stage.bob, role);
    const rank = ROLES.indexOf(role);
    for (const [at, given] of ROLES.entries()) {
      const attempt = act(stage.log, stage.bob, "add", await accepted(stage.log, stage.eve, given));
      const may = role === "owner" || (role === "admin" && at < rank);
      if (may) await expect(attempt, given).resolves.toBeDefined();
      else await expect(attempt, given).rejects.toThrow("rank");
    }
  });

  it("nobody but an owner acts on their equals or their betters", async () => {
    stage.log = await stage.join(stage.bob, "admin");
    stage.log = await stage.join(stage.eve, "admin");
    await expect(act(stage.log, stage.bob, "role", { target: stage.eve.id, role: "viewer" })).rejects.toThrow(
      "rank",
    );
    await expect(
      act(stage.log, stage.bob, "role", { target: stage.alice.id, role: "viewer" }),
    ).rejects.toThrow("rank");
    await expect(act(stage.log, stage.bob, "role", { target: stage.bob.id, role: "owner" })).rejects.toThrow(
      "rank",
    );
    await expect(stage.removal(stage.eve, stage.bob)).rejects.toThrow("rank");
    stage.log = await act(stage.log, stage.alice, "role", { target: stage.bob.id, role: "owner" });
    stage.log = await act(stage.log, stage.bob, "role", { target: stage.alice.id, role: "viewer" });
    expect(stage.log.known.core?.owners).toBe(1);
  });

  it("somebody always owns the group", async () => {
    await expect(act(stage.log, stage.alice, "leave", {})).rejects.toThrow("no-owner");
    await expect(
      act(stage.log, stage.alice, "role", { target: stage.alice.id, role: "admin" }),
    ).rejects.toThrow("no-owner");
    await expect(stage.removal(stage.alice)).rejects.toThrow("no-owner");
    stage.log = await stage.join(stage.bob, "owner");
    stage.log = await act(stage.log, stage.alice, "leave", {});
    expect(stage.log.known.core).toMatchObject({ owners: 1, members: 1, rotationDue: true });
  });

  it("a viewer who becomes a guest leaves a key behind", async () => {
    stage.log = await stage.join(stage.bob, "viewer");
    stage.log = await act(stage.log, stage.alice, "role", { target: stage.bob.id, role: "guest" });
    expect(stage.log.known.core?.rotationDue).toBe(true);
  });
});

describe("a new member", () => {
  it("has accepted this invitation to this group with these keys", async () => {
    const saying = await accepted(stage.log, stage.bob, "viewer");
    const other = await accepted(await newLog(stage.alice), stage.bob, "viewer");
    const forgeries = [
      { ...saying, member: { ...saying.member, enc: stage.eve.enc } },
      { ...saying, member: { ...saying.member, sig: stage.eve.sig } },
      { ...saying, member: { ...saying.member, id: stage.eve.id } },
      { ...saying, invitation: other.invitation },
      other,
    ];
    for (const forged of forgeries) {
      await expect(act(stage.log, stage.alice, "add", forged)).rejects.toThrow("proof");
    }
    await expect(act(stage.log, stage.alice, "add", saying)).resolves.toBeDefined();
  });

  it("has a key that only they can sign for", async () => {
    const saying = await accepted(stage.log, stage.bob, "viewer");
    const weak = bytesToBase64url(new Uint8Array(32));
    const member = { ...saying.member, sig: weak };
    await expect(act(stage.log, stage.alice, "add", { ...saying, member })).rejects.toThrow("bad-key");
  });

  it("is not there twice, but may come back", async () => {
    stage.log = await stage.join(stage.bob, "viewer");
    await expect(stage.join(stage.bob, "editor")).rejects.toThrow("already-member");
    stage.log = await stage.removal(stage.bob);
    stage.log = await stage.join(stage.bob, "editor");
    expect(stage.log.known.members.get(stage.bob.id)).toMatchObject({ role: "editor", joined: 3 });
  });
});

describe("new keys of a member", () => {
  const newKeys = async (by: Person, to: Person) => ({
    sig: to.sig,
    enc: to.enc,
    pop: bytesToBase64url(
      await sign(
        to.signing,
        rekeyContext(stage.log.known.core?.g ?? "", { id: by.id, oldSig: by.sig, enc: to.enc }),
      ),
    ),
  });

  it("are signed by the old one and the new one, and make a rotation due", async () => {
    const next = { ...(await newPerson()), id: stage.alice.id };
    const saying = await newKeys(stage.alice, next);
    await expect(act(stage.log, stage.alice, "rekey", { ...saying, enc: stage.eve.enc })).rejects.toThrow(
      "proof",
    );
    stage.log = await act(stage.log, stage.alice, "rekey", saying);
    expect(stage.log.known.core?.rotationDue).toBe(true);
    await expect(stage.addRecord(stage.alice)).rejects.toThrow("signature");
    await stage.addRecord(next);
  });
});

describe("a closed group", () => {
  it("takes no link any more, and only an owner closes it", async () => {
    stage.log = await stage.join(stage.bob, "admin");
    await expect(act(stage.log, stage.bob, "close", {})).rejects.toThrow("rank");
    stage.log = await act(stage.log, stage.alice, "close", {});
    await expect(stage.addRecord()).rejects.toThrow("closed");
    await expect(act(stage.log, stage.bob, "leave", {})).rejects.toThrow("closed");
  });
});

describe("folding", () => {
  it("changes nothing of what it is given, and says the same however often", async () => {
    stage.log = await stage.join(stage.bob, "viewer");
    const before = structuredClone(stage.log.known);
    const read = await readLink(
      await nextLink(stage.log, stage.alice, "role", { target: stage.bob.id, role: "editor" }),
    );
    if (!read.ok) throw Error(read.error);
    const once = await foldLink(stage.log.known, read.value, { rotation: null });
    expect(await foldLink(stage.log.known, read.value, { rotation: null })).toEqual(once);
    expect(stage.log.known).toEqual(before);
  });
});
