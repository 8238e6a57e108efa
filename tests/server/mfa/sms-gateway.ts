import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A gateway for text messages, as its customers know two of them: `/2010-04-01/Accounts/AC1/Messages.json` takes a form and
 * a name with a password, and answers 201; `/v2/send` takes JSON with a key in a header, and answers 200 whatever comes of
 * it, with the outcome in the answer. `/messages` says what was sent.
 */
const messages: { readonly to: string | null; readonly text: string | null }[] = [];

const server = createServer(async (request, response) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  const answer = (status: number, body: unknown) => {
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  };
  if (request.url === "/messages") return answer(200, messages);
  const { authorization, "content-type": type } = request.headers;
  if (
    request.url === "/2010-04-01/Accounts/AC1/Messages.json" &&
    type === "application/x-www-form-urlencoded"
  ) {
    if (authorization !== `Basic ${Buffer.from("AC1:token").toString("base64")}`) return answer(401, {});
    const form = new URLSearchParams(text);
    messages.push({ to: form.get("To"), text: form.get("Body") });
    return answer(201, { sid: `SM${messages.length}`, status: "queued" });
  }
  if (request.url === "/v2/send" && type === "application/json") {
    if (request.headers["x-api-key"] !== "key")
      return answer(200, { result: { code: 1001, text: "no such key" } });
    const { mobile, params } = JSON.parse(text) as { mobile: string; params: string[] };
    messages.push({ to: mobile, text: params.join(" ") });
    return answer(200, { result: { code: 0, text: "OK" } });
  }
  answer(404, {});
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
