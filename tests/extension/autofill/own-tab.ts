import { expect } from "vitest";
import { addEntries } from "../../../extension/vault/entries.ts";
import type { EntryDraft } from "../../../shared/otp/entry.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";

/** A site that is switched on, the look at a page of it, and the page. */
export const ORIGIN = "https://login.bank.example";
export const READY = { origin: ORIGIN, kind: "ready", mark: crypto.randomUUID() };
export const page = { tabId: 1, documentId: "document-1", origin: ORIGIN };

/** Keeps an entry that belongs to the site. @returns its id */
export async function keep(entry: EntryDraft, sites: string[] = ["login.bank.example"]): Promise<string> {
  const [id] = await addEntries([{ ...entry, sites }], { now: Date.now() });
  return id!;
}

/** What the page was given: code, expected host, and whether to send the form off. */
export type Given = readonly [code: string, host: string, then: "submit" | "leave"];

/** Answers for the tab's top frame. @returns what it was given, in order */
export function openTab({
  look = READY as unknown,
  fill = { kind: "filled", submitted: false } as unknown,
  documentId = "document-1" as string | null,
} = {}): Given[] {
  const given: Given[] = [];
  fakeApi.answer(
    "scripting.executeScript",
    (injection: {
      target: { documentIds?: string[]; frameIds?: number[] };
      files?: string[];
      args?: Given;
    }) => {
      const { documentIds, frameIds } = injection.target;
      if (documentIds === undefined) expect(frameIds).toEqual([0]);
      else if (documentIds[0] !== documentId) throw Error("No document with that id");
      const frame = { frameId: 0, ...(documentId !== null && { documentId }) };
      if (injection.files !== undefined) return [frame];
      if (injection.args === undefined) return [{ ...frame, result: look }];
      given.push(injection.args);
      return [{ ...frame, result: fill }];
    },
  );
  return given;
}
