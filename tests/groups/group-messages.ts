import * as groupText from "../../extension/ui/group-text.ts";
import { addMessages, type Language, setLanguage } from "../../extension/ui/i18n.ts";
import { TEAM_MESSAGES } from "../../extension/ui/messages/teams.ts";

/** The words of groups in a language, as a page has them that shows the section Teams. */
export function groupMessages(language: Language): typeof groupText {
  addMessages(TEAM_MESSAGES);
  setLanguage(language);
  return groupText;
}
