import { importEn } from "./import-en.ts";
import { importZhCN } from "./import-zh-cn.ts";

/** The sentences of importing, in each language. */
export const IMPORT_MESSAGES = { en: importEn, "zh-CN": importZhCN };
