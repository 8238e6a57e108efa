import { describe, expect, it } from "vitest";
import { readInWorker } from "../../../extension/import/read-in-worker.ts";
import { utf8 } from "../../../shared/bytes.ts";

const URI = "otpauth://totp/Harbour:alice?secret=JBSWY3DPEHPK3PXP&issuer=Harbour";

function workerThat(source: string): () => Worker {
  return () => new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
}

describe("a file in a worker of its own", () => {
  it("is read there", async () => {
    const { signal } = new AbortController();
    const read = await readInWorker(utf8(URI), null, { signal });
    expect(read).toMatchObject({
      ok: true,
      value: { format: "otpauth-list", entries: [{ draft: { issuer: "Harbour" } }] },
    });
    expect(await readInWorker(utf8("nothing of that kind"), null, { signal })).toEqual({
      ok: false,
      error: { reason: "unknown-format", format: null },
    });
  });

  it("that hangs is ended by the signal", async () => {
    const stop = new AbortController();
    const start = workerThat("onmessage = () => { for (;;); };");
    setTimeout(() => stop.abort(), 200);
    expect(await readInWorker(utf8(URI), null, { signal: stop.signal, start })).toEqual({
      ok: false,
      error: { reason: "stopped", format: null },
    });
    expect(await readInWorker(utf8(URI), null, { signal: stop.signal, start })).toMatchObject({
      error: { reason: "stopped" },
    });
  });

  it("whose worker dies is told apart from one that is no export", async () => {
    const start = workerThat(
      "onmessage = () => { throw new RangeError('Array buffer allocation failed'); };",
    );
    expect(await readInWorker(utf8(URI), null, { signal: new AbortController().signal, start })).toEqual({
      ok: false,
      error: { reason: "reader-failed", format: null },
    });
  });
});
