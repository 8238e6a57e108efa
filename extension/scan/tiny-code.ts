import type { Pixels } from "./pixels.ts";

/** A code of version 5, usual for an account, has 37 modules: below two pixels each nothing can be told apart. */
const LARGEST_SIDE = 37 * 2;

/**
 * Whether a small picture has the grain of a QR code: black and white in about equal parts, changing every pixel or
 * two both across and down. Letters, icons and faces change far less often. Only for telling a person to zoom in.
 */
export function looksLikeTinyCode({ data, width, height }: Pixels): boolean {
  if (Math.max(width, height) > LARGEST_SIDE || Math.min(width, height) < 12) return false;
  const shade = Array.from({ length: width * height }, (_, i) => {
    return (data[i * 4] ?? 0) * 0.3 + (data[i * 4 + 1] ?? 0) * 0.59 + (data[i * 4 + 2] ?? 0) * 0.11;
  });
  const [darkest, lightest] = [Math.min(...shade), Math.max(...shade)];
  if (lightest - darkest < 80) return false;
  const isDark = shade.map((value) => value < (darkest + lightest) / 2);
  const darkShare = isDark.filter(Boolean).length / isDark.length;
  const across = isDark.filter((dark, i) => i % width > 0 && dark !== isDark[i - 1]).length;
  const down = isDark.filter((dark, i) => i >= width && dark !== isDark[i - width]).length;
  const grain = 0.22 * isDark.length;
  return darkShare > 0.25 && darkShare < 0.75 && across > grain && down > grain;
}
