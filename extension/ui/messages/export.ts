import { exportEn } from "./export-en.ts";
import { exportZhCN } from "./export-zh-cn.ts";

/** The sentences of exporting, in each language. */
export const EXPORT_MESSAGES = { en: exportEn, "zh-CN": exportZhCN };
