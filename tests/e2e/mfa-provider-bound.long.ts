import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LANGUAGES } from "./axe.ts";
import { type CompanySystem, providerAt, SYSTEM_NAME, startCompanySystem } from "./steps/company-system.ts";
import type { FactorSteps } from "./steps/factors.ts";
import { listed, newPerson, reads, typeCode } from "./steps/second-factor.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";

/** People whom a company's own system knows before they are here: it asks for its code, and nobody sets anything up. */
const ALICE = "alice@example.com";
const EVE = "eve@example.com";

describe.for(LANGUAGES)("in %s, a company's own system", (language) => {
  const name = SYSTEM_NAME[language as keyof typeof SYSTEM_NAME];
  let ones: CompanySystem;
  let server: TeamServer;
  let alice: FactorSteps;
  let eve: FactorSteps;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "countersign-bound-"));
    ones = await startCompanySystem();
    server = await startTeamServer(undefined, { modules: [providerAt(ones.origin), { kind: "totp" }] });
    alice = await newPerson(server, { email: ALICE, code: server.code, language });
  });
  afterAll(async () => {
    await alice?.browser.close();
    await eve?.browser.close();
    await server?.stop();
    await ones?.stop();
    await rm(folder, { recursive: true });
  });

  test("is asked for at once where it says that somebody is bound there", async () => {
    const code = await server.anotherCode();
    eve = await newPerson(server, { email: EVE, code, language }, "step");
    await reads(eve, "*0003");
    await eve.look("mfa-provider-bound-before");
    await typeCode(eve, await ones.codeAfter(0));
    await eve.isIn();
    expect((await ones.calls("isCodeValid")).at(-1)?.body).toMatchObject({ external_id: EVE });
    await eve.openFactors();
    await listed(eve, name).waitFor();
    await eve.look("mfa-provider-bound-list");
  });

  test("is asked for by the id that an import says, which a dry run shows first", async () => {
    const file = join(folder, "people.csv");
    await writeFile(file, `email,external_id,organization,user\n${ALICE},E-1001,acme,alice\n`);
    expect(await server.admin("import-bindings", file)).toContain(ALICE);
    await alice.signOut();
    await alice.signIn();
    await alice.isIn();
    // Whoever is signed in is asked for it on the card, too: out first, so that one code alone is sent.
    await alice.signOut();
    await server.admin("import-bindings-now", file);
    const before = await ones.countSent();
    await alice.signIn();
    await alice.title.waitFor();
    const code = await ones.codeAfter(before);
    await reads(alice, "*0001");
    await typeCode(alice, code);
    await alice.isIn();
    expect((await ones.calls("isCodeValid")).at(-1)?.body).toMatchObject({
      external_id: "E-1001",
      accounts: [{ organization: "acme", user: "alice" }],
    });
  });
});
