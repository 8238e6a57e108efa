import { parentPort } from "node:worker_threads";
import type { Pixels } from "../../extension/scan/pixels.ts";
import { readScene } from "../../extension/scan/read-scene.ts";
import { utf8 } from "../../shared/bytes.ts";
import { readFile } from "../../shared/formats/read-file.ts";
import type { ReadReply, ReadRequest } from "./reader.ts";

parentPort?.on("message", async (request: ReadRequest) => {
  parentPort?.postMessage(await replyTo(request));
});

async function replyTo(request: ReadRequest): Promise<ReadReply> {
  try {
    const bytes = "pixels" in request ? utf8(textsIn(request.pixels).join("\n")) : request.bytes;
    return { read: await readFile(bytes, request.passphrase) };
  } catch (error) {
    return { thrown: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function textsIn(pixels: Pixels): string[] {
  const texts: string[] = [];
  readScene(pixels, ({ text }) => texts.push(text));
  return texts;
}
