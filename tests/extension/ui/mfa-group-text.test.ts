import { expect, test } from "vitest";
import { actRefusalText, groupTroubleText } from "../../../extension/ui/group-text.ts";
import { addMessages, t } from "../../../extension/ui/i18n.ts";
import { TEAM_MESSAGES } from "../../../extension/ui/messages/teams.ts";

addMessages(TEAM_MESSAGES);

const host = "codes.example.com";

test("an act that waits for a second factor says so of itself, a group that does says where to show one", () => {
  for (const lack of ["factor-needed", "factor-missing"] as const) {
    expect(actRefusalText(lack, host)).toBe(t(`teams.refused.${lack}`, { host }));
    expect(groupTroubleText(lack, host)).toBe(t(`groups.trouble.${lack}`, { host }));
  }
});
