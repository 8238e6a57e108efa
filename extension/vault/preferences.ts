import * as z from "zod/mini";
import { localItem } from "../platform/local-storage.ts";

/** null: as the system says. In storage.local, because it may be known. */
export const themePreference = localItem("theme", z.nullable(z.enum(["light", "dark"])));

/** null: as the browser says. */
export const languagePreference = localItem("language", z.nullable(z.enum(["en", "zh-CN"])));
