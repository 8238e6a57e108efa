import type * as z from "zod/mini";
import { type StorageItem, storageItem } from "./storage-item.ts";

/** A value in storage.local: on disk and in clear. Nothing that could be guessed against belongs here. */
export function localItem<T>(key: string, schema: z.ZodMiniType<T>): StorageItem<T> {
  return storageItem("local", key, schema);
}
