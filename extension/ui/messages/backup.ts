import { backupEn } from "./backup-en.ts";
import { backupZhCN } from "./backup-zh-cn.ts";

/** The sentences of backups that are made by themselves, of trying them and of snapshots, in each language. */
export const BACKUP_MESSAGES = { en: backupEn, "zh-CN": backupZhCN };
