import { afterEach, describe, expect, it, vi } from "vitest";
import { apiOf, ask } from "../../../extension/servers/api.ts";
import { greet } from "../../../extension/servers/hello.ts";

const ORIGIN = "https://codes.example.com";
const HELLO = { product: "countersign", protocol: 1, serverId: "s", staticKey: "AAAA" };

/** Whatever is asked of a server of this name is answered so. */
function answerWith(answer: (url: URL, init: RequestInit) => Response | Promise<Response>) {
  const fetched = vi.fn(async (input: RequestInfo | URL, init: RequestInit = {}) =>
    answer(new URL(String(input)), init),
  );
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

const json = (value: unknown, status = 200) => Response.json(value, { status });
const refusal = (code: string, message: string, status: number) =>
  json({ error: { message, code: -32000, data: { code, httpStatus: status } } }, status);
const sessions = () => ask(apiOf(ORIGIN, "t".repeat(43)).user.sessions.query());

afterEach(() => vi.unstubAllGlobals());

describe("asking a server", () => {
  it("sends the token in a header alone, no cookie and no referrer, and follows nobody", async () => {
    const fetched = answerWith(() => json({ result: { data: [] } }));
    expect(await sessions()).toEqual({ ok: true, value: [] });
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(String(url)).toBe(`${ORIGIN}/trpc/user.sessions`);
    expect(init).toMatchObject({
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      redirect: "manual",
    });
    expect(new Headers(init?.headers).get("authorization")).toBe(`Bearer ${"t".repeat(43)}`);
  });

  it("speaks to no server on another computer without encryption", () => {
    expect(() => apiOf("http://codes.example.com", null)).toThrow("not the origin of a server");
  });

  it.each([
    [
      "a page of HTML",
      () => new Response("<html>", { headers: { "content-type": "text/html" } }),
      "not-a-server",
    ],
    ["JSON of another site", () => json({ hello: "world" }), "not-a-server"],
    [
      "an answer with a field that nobody knows",
      () => json({ result: { data: [], key: "ours" } }),
      "not-a-server",
    ],
    [
      "half of an answer",
      () => new Response("{", { headers: { "content-type": "application/json" } }),
      "not-a-server",
    ],
    ["a redirect", () => Response.redirect("https://sign-in.example.com"), "not-a-server"],
    ["a gateway's page for a server that is down", () => new Response("down", { status: 502 }), "failed"],
    ["a gateway's page for too many requests", () => new Response("", { status: 429 }), "too-often"],
    [
      "the server's own failure",
      () => refusal("INTERNAL_SERVER_ERROR", "INTERNAL_SERVER_ERROR", 500),
      "failed",
    ],
    ["a session that is over", () => refusal("UNAUTHORIZED", "UNAUTHORIZED", 401), "signed-out"],
    ["a step that wants the passphrase", () => refusal("FORBIDDEN", "sign-in-again", 403), "sign-in-again"],
    ["a rate", () => refusal("TOO_MANY_REQUESTS", "too-often", 429), "too-often"],
    ["a reason", () => refusal("FORBIDDEN", "email-taken", 403), { refused: "email-taken" }],
    ["a sentence of the server's", () => refusal("FORBIDDEN", "<b>Click</b>", 403), { refused: "unknown" }],
    ["more than anybody answers", () => new Response("x".repeat(9_000_000)), "too-large"],
  ])("tells apart %s", async (_, answer, error) => {
    answerWith(answer);
    expect(await sessions()).toEqual({ ok: false, error });
  });

  it("tells a connection that broke, another site, and nobody apart by asking for nothing", async () => {
    const lost = () => Promise.reject(new TypeError("Failed to fetch"));
    const withHealth = (health: (init: RequestInit) => Response | Promise<Response>) =>
      answerWith((url, init) => (url.pathname === "/health" ? health(init) : lost()));
    withHealth(() => json({ status: "ok" }));
    expect(await sessions()).toEqual({ ok: false, error: "failed" });
    withHealth((init) => (init.mode === "no-cors" ? new Response() : lost()));
    expect(await sessions()).toEqual({ ok: false, error: "not-a-server" });
    const asked = withHealth(lost);
    expect(await sessions()).toEqual({ ok: false, error: "unreachable" });
    for (const [url, init] of asked.mock.calls.slice(1)) {
      expect([String(url), init?.body, init?.headers]).toEqual([`${ORIGIN}/health`, undefined, undefined]);
    }
    vi.spyOn(navigator, "onLine", "get").mockReturnValueOnce(false);
    expect(await sessions()).toEqual({ ok: false, error: "offline" });
  });

  it("says of a server whether it is too old or too new, before anything else is asked", async () => {
    answerWith(() => json({ result: { data: HELLO } }));
    expect(await greet(ORIGIN)).toEqual({ ok: true, value: { serverId: "s", staticKey: "AAAA" } });
    answerWith(() => json({ result: { data: { product: "countersign", protocol: 2, more: 1 } } }));
    expect(await greet(ORIGIN)).toEqual({ ok: false, error: "server-too-new" });
    answerWith(() => json({ result: { data: { ...HELLO, protocol: 0 } } }));
    expect(await greet(ORIGIN)).toEqual({ ok: false, error: "server-too-old" });
    answerWith(() => refusal("NOT_FOUND", "NOT_FOUND", 404));
    expect(await greet(ORIGIN)).toEqual({ ok: false, error: "not-a-server" });
  });
});
