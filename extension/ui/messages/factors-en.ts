/** The sentences about second factors at a server, beside those of the section Teams. See addMessages. */
export const factorsEn = {
  "factors.form.working": "Checking …",
  "factors.shown.qr": "QR code for an authenticator",
  "factors.shown.scan": "Scan it with an authenticator, or type the key there:",
  "factors.shown.copy-secret": "Copy the key",
  "factors.shown.secret-copied": "The key is copied.",
  "factors.shown.not-copied": "The browser did not let it be copied. Click into this window and try again.",
  "factors.shown.sent": "A code is on its way to {to}. It is good until {time}.",
  "factors.shown.codes-left.one": "{count} recovery code is left. Make a fresh set.",
  "factors.shown.codes-left.other": "{count} recovery codes are left. Make a fresh set.",
  "factors.codes": "Your recovery codes",
  "factors.codes.why":
    "Each lets you in once, when your other factors are lost. They are shown now and never again: print them or write them down, and keep the paper away from this device.",
  "factors.codes.copy": "Copy",
  "factors.codes.copied": "The recovery codes are copied.",
  "factors.codes.download": "Download as text",
  "factors.codes.print": "Print",
  "factors.codes.sheet-head": "Countersign, recovery codes, {date}",
  "factors.codes.sheet-server": "Server",
  "factors.codes.sheet-email": "E-mail address",
  "factors.codes.sheet-codes": "Codes, each good once",
  "factors.codes.sheet-use":
    "To sign in without your other factors: where {host} asks for one, choose recovery codes and type any of these. Then cross it out. Without your passphrase they open nothing.",
};
