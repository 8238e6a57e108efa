/** The family of the browser this code runs in, told by the scheme of the extension's own pages. */
export function browserNameOf(ownUrl: string): "chromium" | "firefox" {
  return ownUrl.startsWith("moz-extension:") ? "firefox" : "chromium";
}
