import type * as z from "zod/mini";
import { type StorageItem, storageItem } from "./storage-item.ts";

/** A value in storage.session: in memory only, survives the worker, gone when the browser closes. */
export function sessionItem<T>(key: string, schema: z.ZodMiniType<T>): StorageItem<T> {
  return storageItem("session", key, schema);
}
