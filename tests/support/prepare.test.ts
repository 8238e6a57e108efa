import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-path-"));
  await program("wxt", `echo built "$@"`);
  await program("firefox-esr", "echo Mozilla Firefox 140.12.0esr");
});
afterEach(() => rm(folder, { recursive: true }));

async function program(name: string, script = ""): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** Runs the preparation on a machine that has only the programs made here. */
function prepare(...flags: string[]): { status: number | null; said: string } {
  const env = { PATH: folder };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, "prepare.ts"), ...flags],
    {
      env,
    },
  );
  return { status, said: `${stdout}${stderr}` };
}

const isRoot = process.getuid?.() === 0;

describe.skipIf(process.platform !== "linux")("the preparation of the tests", () => {
  test("builds at once where a browser and a screen can be had", async () => {
    for (const name of ["chromium", "Xvfb", "xdotool"]) await program(name);
    expect(prepare()).toEqual({
      status: 0,
      said: "built build -b chrome --level error\nbuilt build -b firefox --level error\n",
    });
  });

  test("leaves Firefox aside where it is not asked for", async () => {
    for (const name of ["chromium", "Xvfb", "xdotool"]) await program(name);
    await rm(join(folder, "firefox-esr"));
    expect(prepare("--chromium-only")).toEqual({ status: 0, said: "built build -b chrome --level error\n" });
  });

  test("goes on without a screen, and says what is skipped", async () => {
    await program("chromium");
    const { status, said } = prepare();
    expect(status).toBe(0);
    expect(said).toContain("are skipped");
    expect(said).toContain("built build");
  });

  test("ends with the one thing to do where there is no browser and it may install none", () => {
    const { status, said } = prepare();
    expect(status).toBe(1);
    expect(said).toBe(
      "No browser found. Install Chromium, Google Chrome or Microsoft Edge, or set CHROME_PATH to one.\n",
    );
  });

  test("ends with an error where the extension does not build", async () => {
    await program("chromium");
    await program("wxt", "exit 3");
    expect(prepare().status).toBe(1);
  });

  test("goes on without Firefox, or with one that is too old, and says what is skipped", async () => {
    for (const name of ["chromium", "Xvfb", "xdotool"]) await program(name);
    for (const version of ["128.14.0esr", ""]) {
      await program("firefox-esr", `echo Mozilla Firefox ${version}`);
      const { status, said } = prepare();
      expect(status).toBe(0);
      expect(said).toContain("Without Firefox (140 or later) the tests in it are skipped.");
    }
  });

  test.skipIf(!isRoot)("installs Debian's firefox-esr as root, after saying so", async () => {
    for (const name of ["chromium", "Xvfb", "xdotool"]) await program(name);
    await program("firefox-esr", "exit 1");
    await program("new-firefox", "echo Mozilla Firefox 140.12.0esr");
    await program(
      "apt-get",
      `echo "$@" >> "${folder}/calls"; [ "$2" = update ] || /bin/mv "${folder}/new-firefox" "${folder}/firefox-esr"`,
    );
    const { status, said } = prepare();
    expect(status).toBe(0);
    expect(said).toMatch(/^No Firefox found: installing Debian's firefox-esr with apt-get\.\n/);
    expect(said).not.toContain("skipped");
    const calls = await readFile(join(folder, "calls"), "utf8");
    expect(calls).toMatch(/^-qq update\n-qq install --yes --no-install-recommends firefox-esr\n$/);
  });

  test.skipIf(!isRoot)("installs Debian's chromium as root, after saying so", async () => {
    // The stand-in has no other program at hand: a link to it is "the browser" that it installs.
    await program(
      "apt-get",
      `echo "$@" >> "${folder}/calls"; [ "$2" = update ] || /bin/ln -s "$0" "${folder}/chromium"`,
    );
    const { status, said } = prepare();
    expect(status).toBe(0);
    expect(said).toMatch(/^No browser found: installing Debian's chromium .* with apt-get\.\n/);
    const calls = await readFile(join(folder, "calls"), "utf8");
    expect(calls).toMatch(
      /^-qq update\n-qq install --yes --no-install-recommends chromium xvfb xdotool fonts-noto-cjk\n$/,
    );
  });

  test.skipIf(!isRoot)("ends with an error where apt-get brings no browser", async () => {
    await program("apt-get");
    const { status, said } = prepare();
    expect(status).toBe(1);
    expect(said).toContain("install chromium by hand");
    expect(said).not.toContain("built");
  });

  test.skipIf(isRoot)("names the command to run where it is not root", async () => {
    await program("apt-get");
    expect(prepare()).toMatchObject({
      status: 1,
      said: expect.stringContaining("sudo apt-get install chromium"),
    });
  });
});
