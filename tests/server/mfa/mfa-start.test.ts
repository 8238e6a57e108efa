import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseMfaConfig } from "../../../server/mfa/config.ts";
import { makeMfa } from "../../../server/mfa/mfa.ts";
import { anyKind, KINDS } from "../../../server/mfa/registry.ts";
import { configWith } from "../served.ts";
import { type ServerProcess, startProcess } from "../server-process.ts";
import { insecureExampleKind } from "./insecure-example-module.ts";

const SECRET = { version: 1, serverId: "s", opaqueSetup: "", decoyKey: "AAAA" } as const;
const PIN = { kind: "insecure_example" };

/** What a server with that mfa.json says of it when it starts. */
async function mistakesOf(said: object): Promise<string> {
  const kinds = { ...KINDS, insecure_example: anyKind(insecureExampleKind) };
  const config = parseMfaConfig(JSON.stringify(said), kinds);
  if (!config.ok) return config.error.join("\n");
  return makeMfa(config.value, SECRET, configWith(), () => {}).then(
    () => "",
    (error: Error) => error.message,
  );
}

describe("modules that do not go together", () => {
  it.each([
    [{ modules: [PIN, PIN] }, "two modules have the id insecure_example"],
    [{ recommended: "webauthn", modules: [PIN] }, '"recommended" names webauthn, which is not among'],
    [{ recommended: "recovery" }, '"recommended" names recovery, which is only for when another is lost'],
    [{ required: "everybody", modules: [] }, '"required" is everybody, and there is no module'],
    [{ required: "everybody", modules: [{ kind: "recovery" }] }, "there is no module by which everybody"],
    [
      { required: "administrators", weakCountsForSignIn: false, modules: [PIN] },
      "there is no module by which everybody could have a factor that counts",
    ],
    [
      { required: "everybody", modules: [{ kind: "totp", onlyFor: ["alice@example.com"] }] },
      "there is no module by which everybody",
    ],
  ])("%j is named as a mistake", async (said, mistake) => {
    expect(await mistakesOf(said)).toContain(mistake);
  });

  it("those that do are none", async () => {
    for (const said of [
      {},
      { modules: [] },
      { required: "everybody" },
      { required: "everybody", modules: [PIN] },
      { recommended: "two", modules: [PIN, { ...PIN, id: "two" }] },
    ])
      expect(await mistakesOf(said)).toBe("");
  });

  it("are all named at once", async () => {
    const said = { required: "everybody", recommended: "nothing", modules: [{ kind: "recovery" }] };
    expect((await mistakesOf(said)).split("\n")).toHaveLength(3);
  });
});

describe("npm run server", () => {
  let folder: string;
  let server: ServerProcess | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "countersign-mfa-start-"));
    await mkdir(join(folder, "countersign-data"));
  });
  afterEach(async () => {
    server?.child.kill("SIGKILL");
    await server?.ended;
    await rm(folder, { recursive: true, maxRetries: 5 });
  });

  it.each([
    ['{"required": "some", "graceDay": 3}', ["- required: Invalid option", "Unrecognized key"]],
    ['{"recommended": "sms"}', ['- "recommended" names sms, which is not among the modules']],
    ["not JSON", ["- it is not JSON"]],
  ])("does not start with %s, and says why", async (text, mistakes) => {
    await writeFile(join(folder, "countersign-data", "mfa.json"), text);
    server = await startProcess(folder);
    expect(await server.ended).toBe(2);
    for (const mistake of mistakes) expect(server.said()).toContain(mistake);
    expect(server.said()).toContain("mfa.json");
    expect(server.said()).not.toContain("    at ");
  });

  it("loads what passkeys and mail take with the first of them, so that a server without pays nothing", async () => {
    const mail = { host: "mail.example.com", from: "codes@example.com" };
    const modules = ["webauthn", "email"].map((kind) => ({ kind }));
    await writeFile(join(folder, "countersign-data", "mfa.json"), JSON.stringify({ mail, modules }));
    const hook = `import { registerHooks } from "node:module";
      registerHooks({ resolve: (name, context, next) => (console.error("loads " + name), next(name, context)) });`;
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(hook)}`;
    server = await startProcess(folder, [], { NODE_OPTIONS });
    expect(server.said()).toContain('"listening"');
    expect(server.said()).toContain("loads kysely");
    expect(server.said()).not.toMatch(/loads (?:@simplewebauthn|nodemailer)/);
  });

  it("reads the file that COUNTERSIGN_MFA names", async () => {
    await writeFile(join(folder, "other.json"), "{}");
    server = await startProcess(folder, [], { COUNTERSIGN_MFA: "other.json" });
    expect(server.said()).toContain('"listening"');
  });
});
