import { type Link, readLink } from "../../shared/group/link.ts";
import type { AnswerOf, InputOf } from "./evil.ts";

type Told = AnswerOf<"group.news">[number];
type Lies = ReadonlyMap<string, (answer: unknown, input: unknown, userId: string) => unknown>;

/**
 * What the server says of heads, links and ciphertexts is told in the news first, where it is not asked for by itself: a
 * lie about it is told there, too. Where it is something else than an answer, nothing is told, so that it is asked for.
 */
export async function lieInNews(
  { lies, stands }: { readonly lies: Lies; readonly stands: ReadonlyMap<string, unknown> },
  real: AnswerOf<"group.news">,
  { since }: InputOf<"group.news">,
  userId: string,
): Promise<unknown> {
  const tell = async (path: string, answer: unknown, input: unknown) =>
    lies.has(path) ? lies.get(path)?.(structuredClone(answer), input, userId) : answer;
  const heads = real.map(({ g, n, head }) => ({ g, n, head }));
  const said = await tell("group.heads", heads, undefined);
  if (!Array.isArray(said)) return said;
  return Promise.all(
    said.map(async (head: Told) => {
      const { g, n } = head;
      const told = real.find((each) => each.g === g);
      const asked = since.find((each) => each.g === g);
      if (asked === undefined || n < asked.from || stands.has("group.log"))
        return { ...head, links: [], records: [] };
      const links = await tell("group.log", told?.links ?? [], asked);
      if (!Array.isArray(links) || stands.has("group.records")) return { ...head, links, records: [] };
      const hashes = await namedIn(links);
      return { ...head, links, records: await tell("group.records", told?.records ?? [], { g, hashes }) };
    }),
  );
}

async function namedIn(links: readonly Link[]): Promise<string[]> {
  const read = await Promise.all(links.map(readLink));
  return read.flatMap((link) =>
    link.ok && link.value.action.t === "records" ? link.value.action.heads.flatMap(({ h }) => h ?? []) : [],
  );
}
