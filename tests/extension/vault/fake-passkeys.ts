import { afterEach, vi } from "vitest";
import { utf8 } from "../../../shared/bytes.ts";

/** What the authenticators of these tests do; forgotten after each test. */
export type FakePasskeys = {
  /** Whether making one gives a secret at once; "none": it can't give any. */
  prf: "at-once" | "when-asked" | "none";
  /** Another device that knows the same credentials. */
  seed: string;
  /** What the person does: the credential that answers, or an exception's name. */
  answer: (allowed: readonly string[]) => string | { readonly refusal: string };
  /** What was signalled as unknown to the browser. */
  readonly forgotten: string[];
  readonly made: string[];
  questions: number;
};

/** Stands in for the browser's questions, not for anything of ours. */
export function fakePasskeys(): FakePasskeys {
  const fake: FakePasskeys = {
    prf: "at-once",
    seed: "device",
    answer: (allowed) => allowed[0] ?? { refusal: "NotAllowedError" },
    forgotten: [],
    made: [],
    questions: 0,
  };
  const start = { prf: fake.prf, seed: fake.seed, answer: fake.answer, questions: 0 };
  const credential = async (id: string, salt: BufferSource | undefined) => {
    const made: PublicKeyCredential = Object.create(PublicKeyCredential.prototype);
    const secret = await secretOf(`${fake.seed} ${id}`, salt);
    const results = salt === undefined || fake.prf === "none" ? {} : { results: { first: secret } };
    return Object.defineProperties(made, {
      id: { value: id },
      rawId: { value: fromBase64url(id).buffer },
      response: { value: {} },
      getClientExtensionResults: { value: () => ({ prf: { enabled: fake.prf !== "none", ...results } }) },
    });
  };
  vi.spyOn(navigator.credentials, "create").mockImplementation(async (options) => {
    fake.questions++;
    options?.signal?.throwIfAborted();
    const wished = fake.answer(["new"]);
    if (typeof wished === "object") throw new DOMException("", wished.refusal);
    const id = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
    fake.made.push(id);
    const salt = options?.publicKey?.extensions?.prf?.eval?.first;
    return credential(id, fake.prf === "at-once" ? salt : undefined);
  });
  vi.spyOn(navigator.credentials, "get").mockImplementation(async (options) => {
    fake.questions++;
    options?.signal?.throwIfAborted();
    const allowed = (options?.publicKey?.allowCredentials ?? []).map(({ id }) =>
      toBase64url(new Uint8Array(id as Uint8Array<ArrayBuffer>)),
    );
    const id = fake.answer(allowed);
    if (typeof id === "object") throw new DOMException("", id.refusal);
    return credential(id, options?.publicKey?.extensions?.prf?.evalByCredential?.[id]?.first);
  });
  vi.spyOn(PublicKeyCredential, "signalUnknownCredential").mockImplementation(async ({ credentialId }) => {
    fake.forgotten.push(credentialId);
  });
  afterEach(() => {
    Object.assign(fake, start);
    fake.forgotten.length = 0;
    fake.made.length = 0;
  });
  return fake;
}

async function secretOf(seed: string, salt: BufferSource | undefined): Promise<ArrayBuffer> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", utf8(seed), algorithm, false, ["sign"]);
  return crypto.subtle.sign("HMAC", key, salt ?? new Uint8Array());
}

function toBase64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
    letter.charCodeAt(0),
  );
}
