import { factorStepEn } from "./factor-step-en.ts";
import { factorStepZhCN } from "./factor-step-zh-cn.ts";
import { factorsEn } from "./factors-en.ts";
import { factorsZhCN } from "./factors-zh-cn.ts";
import { teamsEn } from "./teams-en.ts";
import { teamsZhCN } from "./teams-zh-cn.ts";

/** The sentences of the section Teams, in each language. */
export const TEAM_MESSAGES = {
  en: { ...teamsEn, ...factorsEn, ...factorStepEn },
  "zh-CN": { ...teamsZhCN, ...factorsZhCN, ...factorStepZhCN },
};
