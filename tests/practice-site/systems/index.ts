import { authing } from "./authing.ts";
import { homeAssistant } from "./home-assistant.ts";
import { ones } from "./ones.ts";
import { supabase } from "./supabase.ts";
import type { Ground, System } from "./system.ts";

/** The systems by the first part of their address. */
const PLAYED = { supabase, authing, "home-assistant": homeAssistant, ones };

export type SystemId = keyof typeof PLAYED;

/** Other products' ways of asking for a second factor, each with users and sessions of its own. */
export function playSystems(ground: Ground): ReadonlyMap<string, System> {
  return new Map(Object.entries(PLAYED).map(([id, play]) => [id, play(ground)]));
}
