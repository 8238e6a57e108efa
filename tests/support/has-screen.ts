/** Whether windows can be shown. Only X11 and Wayland can be missing; macOS and Windows always show them. */
export function hasScreen(): boolean {
  if (process.platform !== "linux") return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
