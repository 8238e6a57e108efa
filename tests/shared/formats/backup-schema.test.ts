import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { backupJsonSchema } from "../../../shared/formats/backup.ts";

describe("docs/storage.md", () => {
  it("shows the schema that backups have", () => {
    const text = readFileSync(new URL("../../../docs/storage.md", import.meta.url), "utf8");
    const [, shown = ""] = /```json\n([\s\S]*?)\n```/.exec(text) ?? [];
    expect(JSON.parse(shown)).toEqual(backupJsonSchema());
  });
});
