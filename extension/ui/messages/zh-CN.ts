import type { MessageKey } from "./en.ts";

/** 界面上的每一句话（简体中文）。键与 en.ts 一一对应，类型检查保证不缺。 */
export const zhCN: Record<MessageKey, string> = {
  "app.name": "Countersign",
};
