import { expect, it } from "vitest";
import { factorRefusalText } from "../../../extension/ui/factor-text.ts";
import { addMessages } from "../../../extension/ui/i18n.ts";
import { TEAM_MESSAGES } from "../../../extension/ui/messages/teams.ts";

addMessages(TEAM_MESSAGES);

const HOST = "codes.example.com";
const said = { code: 400, errcode: "BindingNotAllowed", model: "layout", type: "BusinessError" };

it("a wrong code from paper is compared with the paper, and is no matter of the newest moment", () => {
  expect(factorRefusalText({ reason: "wrong-code" }, HOST, true)).toContain("your paper");
  expect(factorRefusalText({ reason: "wrong-code" }, HOST)).not.toContain("your paper");
});

it("what an outside system says no with is all there to be read, its reason first", () => {
  const refusal = { reason: "business", said: { ...said, reason: "请在电脑端绑定" } } as const;
  expect(factorRefusalText(refusal, HOST)).toBe(
    "The system that checks the codes says: “请在电脑端绑定” (BindingNotAllowed, layout, BusinessError, 400)",
  );
});

it("of what is long no more is shown than of others' words is allowed", () => {
  const refusal = { reason: "business", said: { ...said, reason: "x".repeat(5_000) } } as const;
  expect(factorRefusalText(refusal, HOST).length).toBeLessThan(700);
});

it("an address or number that one has bound already is said to be one's own", () => {
  expect(factorRefusalText({ reason: "already-bound" }, HOST)).toContain(
    `You have a second factor at ${HOST}`,
  );
});
