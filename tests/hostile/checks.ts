/** A check of the client's, as the text that stands for it, and what stands there without it. */
export type Edit = { readonly file: string; readonly find: string; readonly without: string };

export type Check = {
  /** The line of the attack table (docs/attacks.md). */
  readonly row: string;
  /** What is refused by it, in a few words. */
  readonly what: string;
  /** More than one where there is a second line of defence: without both the lie is believed. */
  readonly edits: readonly Edit[];
  /** The test that has to fail without it: its file and its title. */
  readonly test: readonly [file: string, title: string];
};

const FOLD = "shared/group/fold.ts";
const RULES = "shared/group/rules.ts";
const INVITATION = "shared/group/invitation.ts";
const FETCH_LOG = "extension/groups/fetch-log.ts";
const RECORDS = "extension/groups/records.ts";
const RECORD = "shared/group/record.ts";
const ACCEPT = "extension/groups/accept-invitation.ts";
const INVITE = "extension/groups/invite.ts";
const ANSWERS = "extension/servers/answers.ts";
const FETCH = "extension/servers/bounded-fetch.ts";
const SEND_AGAIN = "extension/groups/send-again.ts";
const RESTORED = "extension/groups/restored.ts";
const ACTION = "shared/group/action.ts";

const edit = (file: string, find: string, without = ""): Edit => ({ file, find, without });

const signature = edit(
  FOLD,
  "  const signed = await verifyWith(by.sig, link);\n  if (!signed.ok) return signed;\n",
);
const agreement = edit(
  RULES,
  "  return verified.ok ? verified : err(",
  "  return verified.ok || 1 ? ok(undefined) : err(",
);
const rank = edit(FOLD, '  if (!can(by.role, permission)) return err("rank");');
const sequence = edit(FOLD, '  if (action.n !== core.n + 1) return err("sequence");');
const previous = edit(FOLD, '  if (action.p !== core.head) return err("previous");');
const fork = edit(
  FETCH_LOG,
  '  if (expected && action.n === expected.n + 1 && action.p !== expected.head) return err("fork");',
);
const lastHead = edit(FETCH_LOG, '  if (unstored.core?.head !== said.head) return err("fork");');
const nextVersion = "if (!isNext || seen.has(id))";
const recordHash = edit(
  RECORDS,
  '      if ((await hashRecord(bytes.value)) !== head.h) return err("record");',
);
const oneSpelling = edit(
  ACTION,
  'return JSON.stringify(parsed.data) === text.value ? ok(parsed.data) : err("malformed");',
  "return ok(parsed.data);",
);
const records = "tests/hostile/records.test.ts";
const log = "tests/hostile/log.test.ts";
const invitations = "tests/hostile/invitations.test.ts";
const answers = "tests/hostile/answers.test.ts";
const accounts = "tests/hostile/accounts.test.ts";
const newKeys = "tests/hostile/new-keys.test.ts";
const recovery = "tests/hostile/recovery.test.ts";
const otherServer = "tests/hostile/other-server.test.ts";

const check = (row: string, what: string, edits: readonly Edit[], file: string, title: string): Check => ({
  row,
  what,
  edits,
  test: [file, `${row} ${title}`],
});

/** What a ciphertext is bound to, without one part of it. */
const place = ["g", "id", "ver", "epoch", "by"].map((field) =>
  check(
    "A13",
    `record bound to ${field}`,
    [
      edit(
        RECORD,
        'return CTX("record", g, id, ver, epoch, by);',
        `return CTX("record", ${["g", "id", "ver", "epoch", "by"].map((each) => (each === field ? `""` : each)).join(", ")});`,
      ),
    ],
    records,
    `what was made for another ${field} is not taken, even if a member's link names it`,
  ),
);

export const CHECKS: readonly Check[] = [
  check(
    "A16",
    "generation that has not grown",
    [edit(RESTORED, "  if (generation === null || generation <= (row.generation ?? 0)) return null;\n")],
    log,
    "a log that ends before what was seen is refused",
  ),
  check(
    "A16",
    "beginning of what was seen",
    [edit(RESTORED, "!(await isBeginning(said))", "false")],
    log,
    "a server that was put back to what never was is none that is believed",
  ),
  check(
    "A17",
    "goes on from what was seen, where it is sent again",
    [edit(SEND_AGAIN, "return read.ok && read.value.hash === head ?", "return read.ok ?")],
    log,
    "what is sent again is not said to be there where the server has gone on from another past",
  ),
  check(
    "A1",
    "proof of the code",
    [
      edit(
        INVITATION,
        '  if (!equalBytes(mac.value, await hmac(keys.accept, CTX("inv-accept", body.value)))) return err("mac");',
      ),
    ],
    invitations,
    "an acceptance by somebody without the code is refused",
  ),
  check(
    "A1",
    "address of who accepts",
    [edit(INVITATION, '  if (acceptance.email !== offer.email) return err("another-address");')],
    invitations,
    "an acceptance for another address is refused, although it has the code",
  ),
  check(
    "A1",
    "words that were looked at",
    [
      edit(
        INVITE,
        '    if ((await fingerprintWords(joined)).join() !== words.join()) return err("changed");',
      ),
    ],
    invitations,
    "who has looked at somebody's words lets nobody else in, not even with a stolen code",
  ),
  check(
    "A1",
    "link's signature, and new member's",
    [signature, agreement],
    log,
    "a key that was exchanged on its way into the log is refused",
  ),
  check(
    "A1",
    "signature by the keys that new ones replace",
    [signature],
    log,
    "new keys that the old ones have not signed are refused",
  ),
  check(
    "A1",
    "new keys' agreement",
    [agreement],
    log,
    "new keys that have not signed for themselves are refused",
  ),
  check("A2", "link's signature", [signature], log, "a member whom nobody has added is refused"),
  check(
    "A2",
    "new member's agreement",
    [agreement],
    log,
    "a member who has not agreed is refused, even if an owner adds them",
  ),
  check(
    "A3",
    "rank, and reach",
    [
      rank,
      edit(
        RULES,
        '  if (!isWithinReach(by.role, target.role) || !isWithinReach(by.role, action.role)) return err("rank");',
      ),
    ],
    log,
    "a viewer who makes herself an editor is refused",
  ),
  check(
    "A3",
    "reach",
    [
      edit(
        RULES,
        '  if (!isWithinReach(by.role, target.role) || !isWithinReach(by.role, action.role)) return err("rank");',
      ),
    ],
    log,
    "an admin who makes himself an owner is refused",
  ),
  check("A4", "rank", [rank], log, "what a viewer writes is refused, although she has the key to write it"),
  check(
    "A5",
    "group's id",
    [edit(FOLD, '  if (g !== (await groupIdOf(nonce, owner.sig))) return err("group-id");')],
    log,
    "somebody else's first link in the place of the group's is refused",
  ),
  check(
    "A5",
    "inviter in the log",
    [
      edit(
        ACCEPT,
        '  return isTheirs ? ok(offer) : err("promise");',
        "  return isTheirs || 1 ? ok(offer) : err();",
      ),
    ],
    invitations,
    "an offer by somebody who has the code, but may not invite, is refused",
  ),
  check(
    "A5",
    "inviter's signature",
    [
      edit(
        INVITATION,
        '  if (!(await verify(inviter.value, CTX("inv-offer", id, ciphertext.value), sig.value)).ok)\n    return err("signature");',
      ),
    ],
    invitations,
    "an offer with an owner's keys and somebody else's signature is refused",
  ),
  check(
    "A5",
    "address of who is invited",
    [edit(ACCEPT, '  if (offer.email !== email) return err("not-for-you");')],
    invitations,
    "an offer for somebody else is refused",
  ),
  check(
    "A6",
    "commitment to the key",
    [
      edit(
        "shared/group/group-key.ts",
        '  if (!equalBytes(utf8(await commitGroupKey(key)), utf8(commit))) return err("commit");',
      ),
    ],
    records,
    "another key in the place of the group's is refused",
  ),
  check(
    "A6",
    "epoch in the seal, and commitment",
    [
      edit(
        "shared/group/group-key.ts",
        'return CTX("gk-seal", g, epoch, member, enc);',
        'return CTX("gk-seal", g, 0, member, enc);',
      ),
      edit(
        "shared/group/group-key.ts",
        '  if (!equalBytes(utf8(await commitGroupKey(key)), utf8(commit))) return err("commit");',
      ),
    ],
    records,
    "the key of an earlier epoch is refused",
  ),
  check(
    "A8",
    "fields that are named",
    [
      edit(
        ANSWERS,
        "z.strictObject({ ...groupHead, links, records: z.array(record).check(z.maxLength(50)) }),",
        "z.object({ ...groupHead, links, records: z.array(record).check(z.maxLength(50)) }),",
      ),
    ],
    answers,
    "an answer with a field too many is refused",
  ),
  check(
    "A11",
    "version",
    [edit(ACTION, "v: z.literal(1),", "v: z.int(),")],
    log,
    "a link of version 2 is refused",
  ),
  check("A13", "record's hash", [recordHash], records, "the bytes of another record are refused"),
  ...place,
  check("A14", "record's hash", [recordHash], records, "the bytes that a record had before are refused"),
  check(
    "A14",
    "record's next version",
    [edit(RULES, nextVersion, "if (seen.has(id))")],
    records,
    "a record that goes back to a version it had is refused",
  ),
  check("A15", "rank", [rank], records, "a record that is deleted by nobody in the group is refused"),
  check(
    "A15",
    "each record once",
    [edit(RULES, nextVersion, "if (!isNext)")],
    records,
    "a record that stands twice in a link is refused",
  ),
  check(
    "A15",
    "record's epoch",
    [edit(RULES, '  if (action.epoch !== core.epoch) return err("epoch");')],
    records,
    "a record under a key of another epoch is refused",
  ),
  check(
    "A15",
    "missing records",
    [edit(RECORDS, "        missing.push(head.id);\n")],
    records,
    "a record that does not come is missed, said, and kept as it was until it comes",
  ),
  check(
    "A15",
    "changes that wait",
    [edit("extension/groups/outgoing.ts", "!waiting.has(id) && ")],
    records,
    "what is changed here in a record that does not come waits for it, and nothing else waits",
  ),
  check(
    "A15",
    "no act on half a group",
    [
      edit(
        "extension/groups/act.ts",
        '  if (pulled.value.missing > 0) return err(isSyncStopped(g) ? "stopped" : "withheld");',
      ),
      edit(
        "extension/groups/rotate.ts",
        '    if (record?.ver !== head.ver) return err("withheld");',
        "    if (!record) continue;",
      ),
    ],
    records,
    "no new key is made over a record that does not come: it would be lost to all",
  ),
  check(
    "A16",
    "number of the pin, and head",
    [edit(FETCH_LOG, '  if (pinned && said.n < pinned.n) return err("rollback");'), lastHead],
    log,
    "a log that ends before what was seen is refused",
  ),
  check(
    "A17",
    "hash of the pin",
    [
      edit(
        FETCH_LOG,
        'return said.head === pinned.head ? ok(unstored) : err("fork");',
        "return ok(unstored);",
      ),
    ],
    log,
    "another link in the place of the last one that was seen is refused",
  ),
  check(
    "A17",
    "link before, twice",
    [fork, previous],
    log,
    "a log that goes on from another past is refused",
  ),
  check("A17", "head that was named", [lastHead], log, "a head that the log does not come to is refused"),
  check(
    "A17",
    "what the inviter knew",
    [
      edit(
        FETCH_LOG,
        '      if (promised && !(await keepsPromise(unstored, promised))) return err("promise");',
      ),
    ],
    log,
    "who comes new to a group is not shown another past than their inviter's",
  ),
  check(
    "A17",
    "how far the inviter knew",
    [edit(FETCH_LOG, '  if (promised && unstored.core.n < promised.n) return err("promise");')],
    log,
    "nor a past that ends before what their inviter knew",
  ),
  check(
    "A17",
    "lies are told",
    [
      edit(
        "extension/groups/note-trouble.ts",
        "  if (!isLie || isCheat(trouble)) row.trouble = trouble;",
        "  row.trouble = trouble;",
      ),
    ],
    answers,
    "a lie that was found out is not forgotten because the server breaks down",
  ),
  check("A18", "number, and link before", [sequence, previous], log, "a link that is left out is missed"),
  check("A18", "number", [sequence], log, "a number that is passed over is refused"),
  check(
    "A18",
    "offer's end",
    [edit(INVITATION, 'return now > offer.until ? err("too-late") : ok(offer);', "return ok(offer);")],
    invitations,
    "an offer that has run out is refused, however long the server keeps it",
  ),
  check(
    "A18",
    "invitation used once",
    [
      edit(
        INVITE,
        "  await forgetInvitation(invitation);\n  return ok(undefined);\n}\n\nasync function addOf",
        "  return ok(undefined);\n}\n\nasync function addOf",
      ),
    ],
    invitations,
    "an acceptance that was confirmed once can't be shown again",
  ),
  check(
    "A19",
    "words of the head",
    [edit("shared/group/fingerprint.ts", 'CTX("safety", g, head.n, head.head)', 'CTX("safety", g)')],
    log,
    "who is shown a group as it was yesterday sees other words than the others",
  ),
  check(
    "A20",
    "no request (one is put in)",
    [
      edit(
        "extension/groups/pull.ts",
        "  const log = await fetchLog(",
        '  await fetch("http://127.0.0.1:9/icon.png").catch(() => {});\n  const log = await fetchLog(',
      ),
    ],
    answers,
    "no request goes anywhere but to the server, and none for a picture or a site",
  ),
  check(
    "A21",
    "padding",
    [
      edit(
        "shared/padded-json.ts",
        "new Uint8Array(Math.ceil((LENGTH_BYTES + json.length) / step) * step)",
        "new Uint8Array(LENGTH_BYTES + json.length)",
      ),
    ],
    "tests/hostile/secrecy.test.ts",
    "what a record is long says nothing of what is in it, but in steps of 256 bytes",
  ),
  check(
    "A24",
    "server that is pinned",
    [
      edit(
        ACCEPT,
        '  if (offer.server !== serverId || offer.origin !== origin) return err("another-server");',
      ),
    ],
    invitations,
    "an offer that was made at another server is refused",
  ),
  // That anybody could sign for a member's key can't be shown by taking our check out: this Node refuses such signatures
  // by itself, as no browser does. tests/shared/crypto/signature.test.ts holds the check.
  check(
    "A25",
    "opening key",
    [edit(RULES, "isOpeningKey(opening.value)", "isOpeningKey !== undefined")],
    log,
    "a member's key that nothing can be sealed to is refused: no key could ever be made anew",
  ),
  check("A26", "one spelling", [oneSpelling], log, "a link with blanks is refused"),
  check("A26", "one spelling", [oneSpelling], log, "a link with two fields of one name is refused"),
  check(
    "A26",
    "fields that are named, one spelling",
    [
      oneSpelling,
      edit(
        ACTION,
        'close: z.strictObject({ t: z.literal("close")',
        'close: z.object({ t: z.literal("close")',
      ),
    ],
    log,
    "a link with a field too many is refused",
  ),
  check(
    "A27",
    "label of what is signed",
    [edit("shared/crypto/context.ts", "  const parts = fields", '  label = "";\n  const parts = fields')],
    log,
    "a signature that was made for something else is refused",
  ),
  check(
    "A28",
    "an owner stays",
    [edit(RULES, 'return owners === 0 ? err("no-owner") : ok(', "return ok(")],
    log,
    "a group that nobody would own is refused",
  ),
  check(
    "A28",
    "an owner stays one",
    [edit(RULES, '  if (owners === 0) return err("no-owner");')],
    log,
    "an only owner who steps down is refused",
  ),
  check(
    "A29",
    "members who are there",
    [
      edit(
        "extension/groups/known.ts",
        "new Map([...latest].filter(([, { left }]) => left === null))",
        "latest",
      ),
    ],
    log,
    "what somebody writes who was taken out is refused",
  ),
  check(
    "A29",
    "a new key",
    [
      edit(
        "extension/groups/rotate.ts",
        "const key = newGroupKey(g, epoch);",
        "const key = { ...secrets.key, epoch };",
      ),
    ],
    records,
    "who was taken out opens nothing that is written then, not even with all that the server has",
  ),
  check(
    "A30",
    "every record",
    [
      edit(
        "shared/group/rotation.ts",
        "return live.length === rotated.length ? rotated : null;",
        "return rotated;",
      ),
    ],
    log,
    "a new key that leaves an account behind is refused",
  ),
  check(
    "A31",
    "record's length",
    [edit(RECORDS, " || bytes.value.length > MOST_RECORD_BYTES")],
    records,
    "a record that is longer than any may be is refused",
  ),
  check(
    "A32",
    "JSON by name",
    [edit(FETCH, 'if (type !== "application/json" || !text.ok)', "if (!text.ok)")],
    answers,
    "an answer that is one only by name is refused",
  ),
  check(
    "A32",
    "no other address",
    [edit(FETCH, 'redirect: "manual",', 'redirect: "follow",')],
    answers,
    "nobody is followed to another address, and nothing is taken there",
  ),
  check(
    "A32",
    "reasons of ours alone",
    [
      edit(
        "extension/groups/trouble.ts",
        'return failure.refused === "not-found" || failure.refused === "rank" ? "no-access" : "refused";',
        "return failure.refused as GroupTrouble;",
      ),
    ],
    answers,
    "a refusal that says the name of a lie of its own is one reason of ours",
  ),
  check(
    "A33",
    "bytes of an answer",
    [edit(FETCH, "if (length > MOST_BYTES) {", "if (length < 0) {")],
    answers,
    "a hundred megabytes are not read to the end",
  ),
  check(
    "A33",
    "time of an answer",
    [
      edit(
        FETCH,
        "const late = AbortSignal.timeout(ANSWER_MS);",
        "const late = new AbortController().signal;",
      ),
    ],
    answers,
    "a server that says nothing is not waited for",
  ),
  check(
    "A33",
    "links of a page",
    [edit(ANSWERS, "const links = z.array(link).check(z.maxLength(200));", "const links = z.array(link);")],
    answers,
    "more links at once than a page has are refused",
  ),
  check(
    "A33",
    "links of a log",
    [edit(FETCH_LOG, '  if (said.n - (pinned?.n ?? 0) > MOST_LINKS_AT_ONCE) return err("log");')],
    answers,
    "a log of a million links is not begun",
  ),
  check(
    "A34",
    "higher counter, twice",
    [
      edit(
        "shared/sync/merge.ts",
        "mine.counter, theirs.counter, higherOf)",
        "mine.counter, theirs.counter, (_, b) => b)",
      ),
      edit(
        "extension/groups/same-for-group.ts",
        "counter: Math.max(mine.counter ?? 0, theirs.counter ?? 0) };",
        "counter: theirs.counter };",
      ),
    ],
    records,
    "a counter never goes back, whatever a member or a server says of it",
  ),
  check(
    "A7",
    "bundle's version",
    [
      edit(
        "extension/servers/sign-in-known.ts",
        "const isOlder = ver < (known.secrets?.bundle.ver ?? 0);",
        "const isOlder = false;",
      ),
    ],
    accounts,
    "a bundle that is older than what was seen is refused",
  ),
  check(
    "A7",
    "kit that the server shows",
    [
      edit(
        "extension/servers/pending-kit.ts",
        "  if (pendingKit?.bundleKey !== secrets.bundleKey) return secrets;",
        "  if (pendingKit === undefined) return secrets;",
      ),
    ],
    accounts,
    "a new kit counts only when the server shows what was encrypted with it, whatever it says",
  ),
  check(
    "A7",
    "other keys under the same key",
    [
      edit(
        "extension/servers/bundle.ts",
        '  if (bundle.signingSeed !== signingSeed || bundle.openingSecret !== openingSecret) return err("rolled-back");',
      ),
    ],
    newKeys,
    "a bundle with other keys is refused where no new ones were taken",
  ),
  check(
    "A7",
    "version of a bundle that another device left",
    [edit("extension/servers/bundle.ts", '  if (ver < secrets.bundle.ver) return err("rolled-back");')],
    newKeys,
    "keys that were replaced don't come back, not with what the server had before either",
  ),
  check(
    "A10",
    "fields that are named",
    [edit(ANSWERS, '"user.startSignIn": z.strictObject(', '"user.startSignIn": z.object(')],
    otherServer,
    "a server that names another cost is refused",
  ),
  check(
    "A22",
    "commitment to the wrapping key",
    [
      edit(
        "shared/identity/wrap.ts",
        '  if (!equalBytes(commitment, await commitmentOf(kek))) return err("wrong-key");',
      ),
    ],
    accounts,
    "a wrap that was made for another key is told before anything is decrypted",
  ),
  check(
    "A24",
    "name and key of the server",
    [
      edit(
        "extension/servers/sign-in-known.ts",
        '  if (server.value.serverId !== row.id || server.value.staticKey !== row.staticKey)\n    return err("another-server");',
      ),
    ],
    otherServer,
    "another key is refused before anything is sent",
  ),
  check(
    "A24",
    "server that a code names",
    [
      edit(
        "extension/servers/hello.ts",
        'return equalBytes(print, code.server) ? identity : err("another-server");',
        "return equalBytes(print, code.server) || 1 ? identity : err();",
      ),
    ],
    otherServer,
    "who comes with a code registers at no other server than it names",
  ),
  check(
    "A24",
    "key that answers a registration",
    [
      edit(
        "extension/servers/register.ts",
        '      if (finished === null || finished.staticKey !== staticKey) return err("another-server");',
      ),
    ],
    otherServer,
    "a registration that another server's key answers is not ended",
  ),
  check(
    "A7",
    "keys of who comes back",
    [
      edit(
        "extension/servers/sign-in-known.ts",
        '  if (known.row.userId !== userId) return "another-server";',
      ),
    ],
    recovery,
    "what belongs to somebody else is not taken for hers",
  ),
  check(
    "A7",
    "version of the keys of who comes back",
    [edit("extension/servers/recover.ts", "      if (whyNot !== null) return err(whyNot);")],
    recovery,
    "keys that are older than what this device has seen are refused",
  ),
  check(
    "A24",
    "key that answers a recovery",
    [
      edit(
        "extension/servers/recover.ts",
        '      if (finished === null || finished.staticKey !== staticKey) return err("another-server");',
        '      if (finished === null) return err("another-server");',
      ),
    ],
    recovery,
    "a password that another server's key answers is not set",
  ),
  check(
    "A24",
    "key that answers a change of the passphrase",
    [
      edit(
        "extension/servers/change-passphrase.ts",
        '      if (finished === null || finished.staticKey !== row.staticKey) return err("another-server");',
        '      if (finished === null) return err("another-server");',
      ),
    ],
    recovery,
    "an answer to a change of the passphrase by another server's key changes nothing",
  ),
  {
    row: "A36",
    what: "the passphrase in a server's form",
    edits: [
      edit(
        "extension/servers/typed-secret.ts",
        '    if (await isPassphrase(session, text)) return err("typed-passphrase");\n',
      ),
    ],
    test: ["mfa-forms.test.ts", "A36 neither the passphrase nor the recovery kit, however they are typed"],
  },
  {
    row: "A36",
    what: "the recovery kit in a server's form",
    edits: [
      edit("extension/servers/typed-secret.ts", '    if (await isKit(text)) return err("typed-kit");\n'),
    ],
    test: ["mfa-forms.test.ts", "A36 neither the passphrase nor the recovery kit, however they are typed"],
  },
  {
    row: "A36",
    what: "a passphrase that is not the vault's in a server's form, after the sign-in",
    edits: [edit("extension/servers/sign-in.ts", "  await rememberTyped(server.serverId, passphrase);\n")],
    test: [
      "mfa-forms.test.ts",
      "A36 after a sign-in, the passphrase that was right there, which is not the vault's; what was wrong is nobody's",
    ],
  },
];
