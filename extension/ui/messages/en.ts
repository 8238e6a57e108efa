/**
 * Every sentence the interface says, in English. Keys are `screen.what`; `{name}` is filled in by t(), and a key that
 * counts comes in the plural forms of Intl.PluralRules as `key.one` and `key.other`.
 */
export const en = {
  // General
  "app.name": "Countersign",
  "action.back": "Back",
  "action.cancel": "Cancel",
  "action.close": "Close",
  "action.continue": "Continue",
  "action.save": "Save",
  "action.undo": "Undo",
  "entry.names": "{issuer}, {account}",
  "entry.unnamed": "(no name)",

  // Context menu
  "menu.scan": "Scan QR code",
  "menu.fill": "Fill in the code",

  // The list of codes
  "list.search": "Search",
  "list.add": "Add an account",
  "list.lock": "Lock",
  "list.codes": "Codes",
  "list.for-site": "For",
  "list.enter-fills": "fills",
  "list.pinned": "Pinned",
  "list.pinned-mark": "pinned",
  "list.all": "All codes",
  "list.no-match": "No account matches “{query}”.",
  "list.now-by-hand": "The list is now in your own order. Settings can bring back “most used first”.",
  "list.moved": "{name} is now number {place} of {count}.",
  "list.moved-back": "{name} is back in its place.",
  "list.by-usage": "What you use most comes first, so rows can’t be moved by hand.",
  "row.more": "More for {name}",
  "row.fill": "Fill in",
  "row.copy": "Copy code",
  "row.copy-next": "Copy the next code",
  "row.auto-on": "Fill in by itself here",
  "row.auto-off": "Stop filling in by itself here",
  "row.next-code": "Next code",
  "row.ask-code": "Get code",
  "row.pin": "Pin",
  "row.unpin": "Unpin",
  "row.up": "Move up",
  "row.down": "Move down",
  "row.edit": "Edit",
  "row.trash": "Move to trash",
  "copy.done": "The code of {name} is copied.",
  "copy.next-done": "The next code of {name} is copied.",
  "empty.title": "Countersign",
  "empty.why":
    "No accounts yet. Open the page where a site shows its QR code for two-factor sign-in, then scan it here.",
  "empty.temporary":
    "Loaded temporarily: Firefox forgets it at closing. Load it again and your accounts are back; remove it and they are gone.",
  "foot.this-device": "Kept on this computer only",
  "foot.shared": "Shared ones also on the server",
  "foot.never-locks": "On this computer, never locked",
  "foot.settings": "Settings, backup and trash",
  "foot.locks-in.one": "Locks in {count} min",
  "foot.locks-in.other": "Locks in {count} min",
  "notice.clock":
    "This computer’s clock went back by {span} since you last used your codes. Codes follow the clock: if they are refused, set the clock right.",
  "notice.backup-entries.one": "{count} new account is in no backup. If this computer is lost, it is lost.",
  "notice.backup-entries.other":
    "{count} new accounts are in no backup. If this computer is lost, so are they.",
  "notice.backup-days.one": "The last backup is {count} day old.",
  "notice.backup-days.other": "The last backup is {count} days old.",
  "notice.backup-now": "Back up",
  "notice.backup-see": "See to it",
  "notice.backup-not-made.late":
    "A backup is due, but Countersign was never open long enough to make it. Open the page of backups, and it is made.",
  "notice.backup-not-made.no-permission":
    "No backup was made: the browser no longer lets Countersign save downloads.",
  "notice.backup-not-made.folder-asks": "No backup was made: its folder has to be allowed again.",
  "notice.backup-not-made.folder-gone": "No backup was made: its folder is not where it was.",
  "notice.backup-not-made.not-written":
    "No backup was made: the browser did not write the file. See whether the disk is full, then try again.",
  "notice.backup-not-made.not-verified":
    "No backup was made: the file was not what had been written. Try again.",
  "notice.backup-not-made.failed":
    "No backup was made: something went wrong. Your accounts are as they were; try again.",
  "notice.device": "No passphrase yet: anyone at this browser sees these codes, and they can’t be locked.",
  "notice.set-passphrase": "Set one",
  "lock.needs-passphrase": "Without a passphrase there is nothing to lock with.",

  // Codes and parameters
  "code.unavailable": "No code can be made from this.",
  "code.pin-missing": "PIN missing: add it under “Edit”.",
  "code.counter": "counter {counter}",
  "parameters.steam": "Steam Guard",
  "parameters.digits": "{count} digits",
  "parameters.period": "every {seconds} s",
  "parameters.counter": "counter {counter}",

  // Lock
  "locked.title": "Locked",
  "locked.unlock": "Unlock",
  "locked.forgotten-why":
    "Nobody can reset it. Without it, or a passkey of this vault, nobody can open these accounts: not even we. Try other spellings, a different keyboard layout, Caps Lock.",
  "locked.forgotten": "Forgotten it?",
  "locked.forgotten-next":
    "If you have a backup: open it in another browser profile, where it asks only for its own passphrase. Or start anew here, which deletes these accounts for good, and restore the backup.",
  "locked.anew": "Start anew …",
  "locked.then-scan": "The page is scanned as soon as you unlock.",
  "locked.then-fill": "After unlocking, choose the account to fill in.",
  "locked.restart": "The browser was closed, and that locks the vault.",
  "locked.idle-timeout": "Locked because you did not use it for a while.",
  "locked.screen-locked": "Locked together with the screen.",
  "locked.by-hand": "You locked it.",
  "locked.clock-moved": "Locked because this computer’s clock was set back.",
  "passphrase.label": "Passphrase",
  "passphrase.new": "New passphrase",
  "passphrase.repeat": "The same again",
  "backup.passphrase": "Passphrase for the backup",
  "passphrase.checking": "Checking …",
  "passphrase.hint": "Four or five random words are easy to keep and hard to guess.",
  "passphrase.too-short": "At least {count} characters, please.",
  "passphrase.differ": "The two are not the same.",
  "passphrase.strength.0": "Would be guessed at once",
  "passphrase.strength.1": "Easy to guess",
  "passphrase.strength.2": "Could be guessed with some effort",
  "passphrase.strength.3": "Hard to guess",
  "passphrase.strength.4": "Very hard to guess",
  "unlock.wrong-passphrase": "That is not the passphrase. Nothing was changed.",
  "unlock.corrupt":
    "The stored key is damaged, so no passphrase can open it. Restore your newest backup in a fresh browser profile; nothing here was changed.",
  "unlock.newer-version":
    "A newer version of Countersign wrote this vault. Update the extension, then unlock.",
  "unlock.weak-parameters":
    "The stored key is protected more weakly than Countersign ever does. Somebody may have changed it; restore a backup in a fresh browser profile.",
  "unlock.no-passphrase": "This vault has no passphrase yet.",

  // Passkeys
  "passkey.title": "Passkeys",
  "passkey.means":
    "A passkey opens this vault with a finger, a face or a PIN, in this browser only. Backups and new computers need the passphrase.",
  "passkey.unsupported.firefox":
    "Not in Firefox: it does not let an extension use passkeys for its own pages. The passphrase opens the vault.",
  "passkey.unsupported.no-prf":
    "Not in this browser: it can’t get a key out of a passkey (it lacks WebAuthn’s PRF extension). A newer version may; the passphrase opens the vault.",
  "passkey.needs-passphrase":
    "Set a passphrase first: a passkey is always a second way in, never the only one.",
  "passkey.add": "Add a passkey",
  "passkey.how":
    "The browser then asks where to keep the passkey. The name is shown there, too; choose one that tells your passkeys apart.",
  "passkey.name": "Name of the passkey",
  "passkey.name-suggestion": "Passkey {number}",
  "passkey.create": "Make the passkey",
  "passkey.added": "“{name}” now opens this vault.",
  "passkey.made": "Added on {date}",
  "passkey.unreadable": "A passkey that can’t be read",
  "passkey.damaged":
    "What it unlocks is damaged, or a newer version wrote it. Remove it and add a passkey again.",
  "passkey.rename": "Rename",
  "passkey.rename-named": "Rename “{name}”",
  "passkey.renamed":
    "The passkey is called “{name}” here. Your password manager may go on with the old name.",
  "passkey.remove": "Remove",
  "passkey.remove-named": "Remove “{name}”",
  "passkey.remove-sure": "“{name}” will not open this vault any more: remove it",
  "passkey.removed":
    "“{name}” opens this vault no more. If your password manager or security key still lists it, delete it there.",
  "passkey.unlock": "Unlock with a passkey",
  "passkey.again": "Try a passkey again",
  "passkey.asking": "The browser is asking …",
  "passkey.done": "The vault is unlocked. You can close this window.",
  "passkey.refused.cancelled":
    "No passkey came: the question was closed, took too long, or found no passkey of this vault. Try again, or type the passphrase.",
  "passkey.refused.failed":
    "The browser or the device broke off. Try again, or type the passphrase; nothing was changed.",
  "passkey.refused.not-supported":
    "This browser or this passkey gives no key to open the vault with. Try another passkey, or type the passphrase.",
  "passkey.refused.wrong-passkey":
    "This is not the passkey that was added: it gives another key. Try another one, or type the passphrase. Nothing was changed.",
  "passkey.refused.corrupt":
    "What this passkey unlocks is damaged. Type the passphrase, then remove the passkey in the settings and add it again.",
  "passkey.refused.newer-version":
    "A newer version of Countersign wrote this. Update the extension, or type the passphrase.",
  "passkey.refused.none": "No passkey opens this vault any more. Type the passphrase.",
  "passkey.not-added.cancelled":
    "No passkey was made: the question was closed, took too long, or nothing here can make one with a finger, a face or a PIN. Nothing was changed.",
  "passkey.not-added.failed": "The browser or the device broke off. Nothing was changed; try again.",
  "passkey.not-added.not-supported":
    "This browser or device can’t make such a passkey: one that checks a finger, a face or a PIN. Nothing was changed.",
  "passkey.not-added.already-here":
    "This device or password manager has a passkey for this vault already. Choose another place for a second one.",
  "passkey.not-added.no-prf":
    "The passkey gives no key to open the vault with (no PRF), so it was not added. You can delete it in your password manager; another place for it may work.",
  "passkey.not-added.not-proved":
    "The passkey was made, but did not open the vault when it was tried, so it was not added. Delete it in your password manager, and try again.",
  "unopenable.title": "Your accounts can’t be opened",
  "unopenable.nothing-deleted": "Countersign has deleted nothing and changed nothing.",
  "unopenable.device-key-lost":
    "The key that this browser kept for your accounts is missing or damaged. Without it nobody can read them.",
  "unopenable.database": "The browser can’t read the place where it keeps your accounts.",
  "unopenable.newer-version":
    "A newer version of Countersign wrote these accounts, so this one leaves them alone.",
  "unopenable.next.device-key-lost":
    "Open Countersign in a fresh browser profile and restore your newest backup there; or start anew here, which deletes for good what can’t be read, and restore it then. If you need a code before that: “Backup and transfer” opens a backup and shows its codes.",
  "unopenable.next.database":
    "Close the other windows of this browser and try again. If that does not help, restart the browser and see whether the disk is full. If you need a code before that: “Backup and transfer” opens a backup and shows its codes.",
  "unopenable.next.newer-version": "Update the extension, then open it again.",
  "unopenable.try-again": "Try again",
  "protect.title": "Choose a passphrase",
  "protect.why": "Your accounts are encrypted on this computer, under a passphrase that only you know.",
  "protect.no-reset":
    "Nobody can reset it, not even we. If it is lost, a backup file and its passphrase are the way back.",
  "protect.action": "Protect",
  "protect.working": "Encrypting …",
  "protect.later": "Later",
  "protect.later-means":
    "Later means: encrypted with a key that this browser keeps. Whoever uses this browser profile can see the codes, and they cannot be locked.",
  "protect.done": "Your accounts are now under this passphrase.",

  // Adding
  "add.title": "Add an account",
  "add.scan": "Scan this page",
  "add.scan-detail": "Reads the QR code in the tab you are looking at",
  "add.area": "Choose an area",
  "add.area-detail": "Draw a frame around a code on this page",
  "add.image": "Import a file",
  "add.image-detail": "An export of another app, or a saved QR code",
  "add.camera": "Use the camera",
  "add.camera-detail": "A code on a phone or on paper",
  "add.screen": "Another window",
  "add.screen-detail": "A code in another program, or on the whole screen",
  "add.type": "Type it in",
  "add.type-detail": "The key that sites show beside the QR code",
  "add.restore": "Restore a backup",
  "add.restore-detail": "A file that Countersign wrote",
  "keep.action": "Keep",
  "keep.again": "Keep a second one",
  "keep.replace": "Replace the old key",
  "keep.both": "Keep both",
  "keep.action-many.one": "Keep {count} account",
  "keep.action-many.other": "Keep {count} accounts",
  "keep.done": "{name} is kept.",
  "keep.done-many.one": "{count} account is kept.",
  "keep.done-many.other": "{count} accounts are kept.",
  "keep.failed": "It could not be kept: the browser refused to write. Nothing was changed. Is the disk full?",
  "review.found.one": "{count} account was found.",
  "review.found.other": "{count} accounts were found.",
  "review.replace-means":
    "If the site has just given you a new key, the old one no longer works there. Replaced, it stays in the trash for 30 days.",
  "review.keep-twice": "Keeping it twice changes nothing for the one you have.",
  "review.in-trash": "{name} (in the trash)",
  "draft.site": "for {site}",
  "draft.other-key": "You already have {name}, with another key.",
  "draft.exists": "Here already: {name}",
  "form.issuer": "Site or service",
  "form.account": "Account name",
  "form.secret": "Key",
  "form.live-hint": "The code appears here once the key is in.",
  "form.sites": "Fill in at",
  "form.site-add": "Add a site, e.g. example.com",
  "form.site-remove": "Remove {site}",
  "form.site-problem.not-a-site":
    "That is not a site address. Write it like example.com, or *.example.com with all its subdomains.",
  "form.site-problem.not-a-domain": "After *. there has to be the domain of one owner, like *.example.com.",
  "form.site-widen": "{pattern} instead",
  "form.tags": "Tags, separated by commas",
  "form.note": "Note",
  "form.advanced": "Advanced",
  "form.type": "Type",
  "form.type.totp": "Time-based (TOTP)",
  "form.type.hotp": "Counter-based (HOTP)",
  "form.type.steam": "Steam Guard",
  "form.other-type":
    "Codes of this type can’t be made yet. The account is kept as it is; its names, sites, tags and note can be changed.",
  "form.pin-hint": "The one you chose for this account. Without it there is no code.",
  "form.pin-saved": "A PIN is saved. Type in another one to change it.",
  "form.algorithm": "Algorithm",
  "form.digits": "Digits ({min} to {max})",
  "form.period": "Seconds per code",
  "form.counter": "Counter of the next code",
  "form.problem.secret-missing": "The key is missing.",
  "form.problem.secret-not-base32": "This is not a key: keys have the letters A to Z and the digits 2 to 7.",
  "form.problem.digits-out-of-range": "A code has 5 to 10 digits.",
  "form.problem.period-out-of-range": "The seconds are a whole number from 1.",
  "form.problem.counter-out-of-range": "The counter is a whole number from 0.",
  "edit.title": "Edit",
  "edit.saved": "Saved.",
  "edit.saved-old-in-trash": "Saved. What gave the codes until now is in the trash for 30 days.",
  "edit.show-secret": "Show the key",
  "edit.ask-passphrase": "Passphrase, to show the key",
  "read.not-found": "This account is not here any more.",
  "read.damaged": "Damaged: it can’t be opened. A backup may still have it.",
  "read.newer-version": "Made by a newer version: update the extension to use it. It is kept as it is.",
  "read.locked": "The vault is locked. Unlock it and try again.",
  "copy.refused.not-hotp": "This account has no counter.",
  "copy.refused.bad-secret": "The key of this account can’t be read. Edit it and type the key again.",
  "copy.refused.counter-exhausted":
    "The counter of this account has reached its end. Set it up anew at the service.",
  "copy.refused.unsupported-type": "Codes of this type can’t be made yet.",
  "copy.refused.pin-missing": "This account has no PIN yet. Edit it and type in the PIN you chose for it.",
  "copy.refused.clipboard-refused":
    "The browser did not let the code be copied. Click into this window and try again.",
  "copy.refused.take-by-hand": "The browser did not let the code be copied. Type {code} in by hand.",

  // Binding
  "bind.title": "Fill in {name}?",
  "bind.question": "Is this the site that your account {name} belongs to?",
  "bind.punycode":
    "This address is written in foreign letters and reads “{unicode}”. Look twice: letters of other scripts can imitate a site you know.",
  "bind.other-site":
    "Until now {name} was filled in at {sites} only. If you did not expect another address, this page may be an imitation.",
  "bind.wide": "Everywhere on {domain}, not only at this address",
  "bind.means":
    "Countersign remembers this and fills in here from now on without asking. You can take it back under “Edit”.",
  "bind.action": "Fill in and remember",
  "bind.copy-only": "Only copy the code",

  // A site that fills by itself
  "auto.title": "Fill in by itself?",
  "auto.question": "As soon as this site asks for a code, the code of {name} is there, without a press:",
  "auto.means":
    "Only at exactly this address, only while the vault is unlocked, and never over something you typed. Nothing is sent off: you press the site’s own button.",
  "auto.browser-asks":
    "The browser asks you next, about this site alone. It calls the permission “read and change your data”; seeing the field takes no less. Settings can take it back at any time.",
  "auto.action": "Switch on",
  "auto.on": "{host} now fills in by itself.",
  "auto.off": "{host} no longer fills in by itself. The permission was given back.",
  "auto.others":
    "{host} fills nothing in: the account you chose for it is not here now. Choose “Fill in by itself here” from the menu of another.",
  "auto.declined": "Without your permission {host} does not fill in by itself. Nothing was changed.",

  // The full page
  "page.nav": "Sections",
  "page.image": "Import",
  "page.backup": "Backup and transfer",
  "page.export": "Export",
  "page.trash": "Trash",
  "page.anew": "Start anew",
  "page.settings": "Settings",
  "page.area": "Choose an area",
  "page.camera": "Scan with the camera",
  "page.screen": "Scan another window",
  "area.how": "Draw a frame around the QR code, with a little of what is around it.",
  "area.keys":
    "By keyboard: arrow keys move the frame, Shift and arrow keys size it, Ctrl makes the steps small, + and − zoom, Enter reads, Esc closes.",
  "area.taking": "Taking a picture of the page …",
  "area.picture": "The page as it looked",
  "area.frame": "Frame around the QR code",
  "area.place": "{left} from the left, {top} from the top, {width} wide, {height} high",
  "area.read": "Read this area",
  "area.reading": "Reading …",
  "area.zoom-in": "Zoom in",
  "area.zoom-out": "Zoom out",
  "area.zoom": "{percent} %",
  "area.gone":
    "The picture of the page is gone: it is kept for a minute at most, and shown once. On the page, press the Countersign button in the toolbar and choose an area again.",
  "live.camera-how": "Hold the QR code in front of the camera, whole and steady.",
  "live.screen-how": "Looking for a QR code. It has to be whole and in sight.",
  "live.camera-asking": "The browser asks whether Countersign may use the camera. Allow it there.",
  "live.screen-asking": "Choose in the browser’s own dialog what may be looked at.",
  "live.camera-why":
    "The camera is switched off as soon as a code is found. Its pictures stay on this computer, and none is kept.",
  "live.screen-why":
    "Bring the QR code up in the other window first. Looking ends as soon as it is found. The pictures stay on this computer, and none is kept.",
  "live.camera-start": "Start the camera",
  "live.screen-start": "Choose a window or the screen",
  "live.camera-picture": "What the camera sees",
  "live.screen-picture": "What the other window shows",
  "live.which-camera": "Camera",
  "live.camera-nth": "Camera {number}",
  "live.stop": "Stop",
  "live.part-read": "Read so far: {read} of {size} codes of this export. Now show part {missing}.",
  "live.enough": "Go on with these",
  "live.another": "Scan another",
  "image.why":
    "Files that other apps export, pictures of QR codes, lists of otpauth addresses: several at once if you like. They are read on this computer only, and you see everything before it is kept.",
  "image.choose": "Choose files",
  "image.or-drop": "or drop them here, or paste with Ctrl+V",
  "file.line": "line {line}",
  "file.incomplete-export": "Some codes of this export are missing from the file. Add the other parts.",
  "file.unknown-format":
    "This is no export that is known here. Choose JSON, CSV or text when you export, or a picture of the QR code.",
  "file.passphrase-needed": "This file is encrypted; it needs the password it was exported with.",
  "file.wrong-passphrase":
    "The file doesn’t open with this password. If you are sure of it, the file is damaged: export it again. Nothing was changed.",
  "file.corrupt": "This file is damaged. Export it again.",
  "file.nothing-found": "There is nothing to import in this file: it holds no account with a code.",
  "file.newer-version":
    "A newer version of its app wrote this file. Update Countersign, or export in another format.",
  "file.not-enough-memory":
    "Opening this file takes more memory than the browser gives. Close other windows, or export it unencrypted.",
  "file.too-large": "This file is far larger than an export is. Nothing was read.",
  "file.keepass-database":
    "This is a KeePass database. In KeePass or KeePassXC, export it as XML or CSV, and choose that file.",
  "file.bitwarden-account-restricted":
    "Only the Bitwarden account that made this file can open it. Export again and choose “Password protected”, or JSON.",
  "file.pgp-encrypted":
    "This file is encrypted with PGP. Decrypt it with your own PGP program, and choose what comes out.",
  "file.sqlcipher-database":
    "This is an encrypted database. Choose an export of the app instead of its database.",
  "file.stratum-database":
    "This is Stratum’s own database. In Stratum, choose “Back up” and bring that file.",
  "file.pdf": "This is a PDF. Open it in a tab and scan the page there.",
  "file.pictures-only":
    "The keys of this page are in its pictures alone. Open it in a tab and scan the page there.",
  "file.picture": "This picture holds no QR code that can be read.",
  "file.no-codes-in-format":
    "This export holds passwords and no codes: its program leaves them out. Set them up anew, or look there for another way to export.",
  "file.android-preferences": "These are settings of an Android app that holds no codes that are known here.",
  "file.protected-key":
    "WinAuth protected these keys with Windows or a password. In WinAuth, export them as text.",
  "backup.write": "A single backup",
  "backup.write-why":
    "One encrypted file with every account, trash included. It is an age file: should Countersign ever be gone, the age tool opens it too.",
  "backup.write-action": "Make a backup",
  "backup.own-passphrase":
    "The backup has a passphrase of its own; it may be the same as the vault’s. Without it nobody can open the file.",
  "backup.ask-own": "The vault’s passphrase, since secrets are about to leave it",
  "backup.writing": "Writing and checking …",
  "backup.written.one":
    "{count} account is in {file}. The file was opened again and compared. Keep it somewhere else than on this computer.",
  "backup.written.other":
    "{count} accounts are in {file}. The file was opened again and compared. Keep it somewhere else than on this computer.",
  "backup.left-out.one": "{count} account could not be opened and is not in the file.",
  "backup.left-out.other": "{count} accounts could not be opened and are not in the file.",
  "backup.failed": "No backup was made. Your accounts are as they were; try again.",
  "restore.title": "Restore",
  "restore.why": "Opens a backup and shows what is in it. Nothing changes before you choose.",
  "restore.choose": "Choose the backup file",
  "restore.file": "Backup file (.age)",
  "restore.passphrase": "Passphrase of {file}",
  "restore.open": "Open",
  "restore.refused.too-large":
    "This file is far larger than any backup. Choose the file that Countersign wrote; it ends in .age.",
  "restore.refused.unreadable": "The browser could not read this file. See whether it is still there.",
  "restore.preview.one": "The backup of {when} has {count} account.",
  "restore.preview.other": "The backup of {when} has {count} accounts.",
  "restore.code-now": "Code now",
  "restore.state": "Compared with here",
  "restore.new": "New",
  "restore.same": "Here already, the same",
  "restore.differs": "Here, with other: {fields}",
  "restore.unreadable.corrupt": "This entry can’t be read.",
  "restore.unreadable.newer-version": "Made by a newer version; update the extension first.",
  "restore.action.one": "Restore {count} account",
  "restore.action.other": "Restore {count} accounts",
  "restore.nothing-new": "There is nothing to restore: everything in it is here already.",
  "restore.working": "Restoring …",
  "restore.done.one": "{count} account was restored.",
  "restore.done.other": "{count} accounts were restored.",
  "restore.changed-since.one": "{count} was changed meanwhile and left alone.",
  "restore.changed-since.other": "{count} were changed meanwhile and left alone.",
  "restore.undoable.one": "Restored on {when}: {count} account.",
  "restore.undoable.other": "Restored on {when}: {count} accounts.",
  "restore.undo": "Undo the restore",
  "restore.undone.one": "The restore of {count} account was undone.",
  "restore.undone.other": "The restore of {count} accounts was undone.",
  "restore.refused.wrong-passphrase": "That is not the passphrase of this backup. Nothing was changed.",
  "restore.refused.wrong-identity":
    "That is not the identity of this backup: a line that begins with AGE-SECRET-KEY-1. Nothing was changed.",
  "restore.identity": "Identity for {file} (AGE-SECRET-KEY-1…)",
  "restore.identity-file": "Choose an identity file",
  "restore.refused.not-a-backup":
    "This is no backup of Countersign. Choose a file that Countersign wrote; its name ends in .age.",
  "restore.refused.corrupt":
    "This backup is damaged or cut off. Try another copy of it; nothing was changed.",
  "restore.refused.newer-version":
    "A newer version of Countersign wrote this backup. Update the extension, then restore.",
  "backup.export-why":
    "Takes accounts to another authenticator by file, by QR codes or on paper, and says first what would get lost.",
  "backup.export-go": "Export accounts",
  "trash.empty": "The trash is empty.",
  "trash.why.one": "What is in the trash is deleted after {count} day.",
  "trash.why.other": "What is in the trash is deleted after {count} days.",
  "trash.entry": "Account",
  "trash.until": "Kept until",
  "trash.actions": "Actions",
  "trash.restore": "Restore",
  "trash.restore-named": "Restore {name}",
  "trash.restored": "It is back in the list.",
  "trash.moved": "{name} is in the trash for 30 days.",
  "trash.delete": "Delete for good",
  "trash.delete-sure": "Delete {name}: sure?",
  "trash.deleted": "{name} is deleted for good.",
  "settings.look": "Look",
  "settings.language": "Language",
  "settings.theme": "Theme",
  "settings.theme.light": "Light",
  "settings.theme.dark": "Dark",
  "settings.system": "Same as the system",
  "settings.sort": "Order of the list",
  "settings.sort.usage": "Most used first",
  "settings.sort.hand": "My own order",
  "settings.protection": "Passphrase and lock",
  "settings.lock-after": "Lock after",
  "settings.lock-minutes.one": "{count} minute without use",
  "settings.lock-minutes.other": "{count} minutes without use",
  "settings.lock-never": "When the browser closes",
  "report.link": "It did not work here",
  "report.action": "Describe it",
  "report.why":
    "What happened, without naming the site, your account or any code. Nothing is sent. Read it, and copy it if you want to pass it on to the people who make Countersign.",
  "report.copy": "Copy the description",
  "report.copied": "The description is copied.",
  "settings.clipboard": "Clipboard",
  "settings.clipboard.copy": "Copy a code as well when it is filled in",
  "settings.clipboard.copy-why":
    "For sites that ask twice. It is done when you fill from the popup; by the menu or a key alone, nothing is copied.",
  "settings.clipboard.clear": "Clear a copied code after 30 seconds",
  "settings.clipboard.why":
    "Only if the clipboard still holds that code: whatever you copied since stays. To see that, Countersign has to read the clipboard once, and the browser asks you about it in strong words. What is read is compared with the code and forgotten.",
  "settings.clipboard.declined":
    "It stays off, because reading the clipboard was not allowed. A copied code stays there until you copy something else.",
  "settings.clipboard.on": "Copied codes are cleared after 30 seconds.",
  "settings.clipboard.off": "Copied codes are no longer cleared.",
  "settings.change-passphrase": "Change the passphrase",
  "settings.old-passphrase": "The passphrase you have now",
  "settings.passphrase-changed": "The passphrase is changed. Old backups keep theirs.",
  "settings.auto": "Sites that fill in by themselves",
  "settings.auto-why":
    "On these sites the code is there as soon as its field appears: at exactly this address, in the page itself and not in frames, while the vault is unlocked.",
  "settings.auto-empty":
    "None yet. Open the page where a site asks for your code, open Countersign there, and choose “Fill in by itself here” from the account’s menu.",
  "settings.auto-since": "Since {date}",
  "settings.auto-since-for": "{name}, since {date}",
  "settings.auto-account": "Account",
  "settings.auto-choose": "Choose …",
  "settings.auto-none": "No account that can be filled in here belongs to this site now.",
  "settings.auto-others":
    "The account you chose for this site is not here now. Nothing is filled in until you choose another, or it comes back.",
  "settings.auto-submit": "Send the form off too",
  "settings.auto-submit-means":
    "Presses the form’s own button once the code stands in it. If the site asks again within two minutes, or the form goes to another site, the code is filled in and the press is yours.",
  "settings.auto-remove": "Remove",
  "settings.auto-remove-named": "Remove {host}",
  "settings.auto-add": "Switch on for a site of your accounts",
  "settings.permitted": "Other sites you permitted",
  "settings.permitted-why":
    "Mostly for a code field that another site shows in a frame. Nothing is filled in there without a press. What you take back is asked for again when it is needed.",
  "settings.permitted-back": "Take back",
  "settings.permitted-back-named": "Take back the permission for {host}",
  "settings.permitted-done": "The permission for {host} was given back.",

  // Names of fields
  "field.digits": "digits",
  "field.pin": "PIN",
  "field.tags": "tags",
  "field.icon": "picture",

  // Filling
  "fill.filled": "Filled in at {host}.",
  "fill.filled-more": "Filled in at {host}. The next code follows in {span}, in the second field.",
  "fill.second-missed":
    "The second code was not filled in. The site wants two that follow each other: fill in both anew.",
  "fill.second-not-kept":
    "The page did not keep the second code. The site wants two that follow each other: fill in both anew.",
  "fill.both-anew": "Fill in both",
  "fill.copied-too": "It is copied, too.",
  "fill.not-copied": "The browser did not let it be copied as well.",
  "fill.not-bound": "This account is not yet used at {host}.",
  "fill.needs-permission": "The field belongs to {host}, which may be entered only with your permission.",
  "fill.not-permitted": "Without permission for {host} the code can’t be filled in there.",
  "fill.insecure-page": "This page is not encrypted (no https), so nothing is filled in.",
  "fill.no-field":
    "No field for a code was found on this page. If there is one, click into it and use “Fill in the code” of its menu, or paste.",
  "fill.maybe-in-frame":
    "No field for a code was found on this page. It shows a part of {host}, which may be looked into only with your permission.",
  "fill.look-there": "Look there",
  "fill.unsure":
    "No field here is surely meant for this code. Click into the right field and use “Fill in the code” of its menu, or paste.",
  "fill.refused-password": "This field is for a password; a code is never filled in there.",
  "fill.refused-card": "This field is for a card; a code is never filled in there.",
  "fill.browser-page": "No extension may fill in on this page.",
  "fill.file": "Nothing is filled into files on this computer.",
  "fill.unreachable": "The browser does not let this page be filled in.",
  "fill.did-not-stick": "The page did not keep the code.",
  "fill.does-not-fit": "The field on this page takes another number of digits.",
  "fill.locked": "The vault was locked meanwhile.",
  "fill.because.password": "The only field here is for a password.",
  "fill.because.card": "The field here is for a card.",
  "fill.because.captcha": "The field here is for the letters of a picture.",
  "fill.because.recovery-code": "The field here is for a recovery code.",
  "fill.because.sent-code": "The field here is for a code that is sent to you, by SMS or e-mail.",
  "fill.because.other-code": "The field here is for another kind of code.",
  "fill.because.wrong-length": "The fields here take another number of digits.",
  "fill.because.no-digits": "The fields here take no digits.",

  // Scanning
  "scan.title": "Scan",
  "scan.title-found": "Found",
  "scan.looking": "Looking for QR codes …",
  "scan.further": "Nothing in sight. Looking at what is further away: {done} of {total} …",
  "scan.further-why": "The page scrolls meanwhile, and goes back to where it was.",
  "scan.incomplete":
    "Time ran out before all of the page was looked at. If an account is missing, scan again.",
  "scan.nothing-found": "Nothing here looks like a QR code.",
  "scan.image-too-small": "There is something like a QR code, but it is drawn too small to read.",
  "scan.code-unreadable": "There is something like a QR code, but it is covered, cut off or blurred.",
  "scan.page-not-allowed": "The browser does not let extensions look at this page.",
  "scan.browser-page": "This is a page of the browser itself, which no extension may look at.",
  "scan.extension-store": "This site is closed to all extensions by the browser.",
  "scan.extension-page": "This page belongs to another extension, which can’t be looked at.",
  "scan.pdf": "The browser does not let extensions look into its PDF viewer.",
  "scan.file": "Extensions may look at files on this computer only after you allow it.",
  "scan.view-source": "The source view of a page can’t be looked at. Open the page itself.",
  "scan.no-permission": "The permission to look at this tab is used up: it lasts until the page changes.",
  "scan.no-tab": "There is no page to scan.",
  "scan.tab-not-visible": "Another tab came to the front. Only what you can see can be scanned.",
  "scan.forbidden-by-policy": "Your organisation has switched off pictures of pages in this browser.",
  "scan.too-many-captures": "The browser allows only two pictures of a page a second.",
  "scan.capture-failed": "The browser could not take a picture of this page.",
  "scan.decoder-failed": "The reader of QR codes did not start. Close this window and try again.",
  "scan.timed-out":
    "The scan took too long and was ended. This computer may be busy, or the page very large.",
  "scan.not-an-image": "This file is no picture that the browser can read.",
  "scan.too-large": "This picture is too large. Cut out the QR code and open that.",
  "scan.camera-denied": "The browser does not let Countersign use the camera.",
  "scan.camera-not-answered": "The browser’s question about the camera was closed without an answer.",
  "scan.camera-off-in-system": "The system does not let this browser use the camera.",
  "scan.no-camera": "The browser finds no camera.",
  "scan.camera-busy": "The camera gives no picture. Another program is probably using it.",
  "scan.camera-ended": "The camera was unplugged, or its permission was taken back.",
  "scan.camera-out-of-sight": "This window was out of sight, so the camera was switched off.",
  "scan.screen-not-chosen": "No window was chosen. Nothing was looked at.",
  "scan.screen-off-in-system": "The system does not let this browser record the screen.",
  "scan.screen-failed": "The browser could not show that window.",
  "scan.screen-ended": "Sharing was ended, or that window was closed.",
  "scan.screen-out-of-sight": "This window was out of sight, so looking at the other one was ended.",
  "scan.microsoft-push": "This code is for Microsoft’s own app and holds no key.",
  "scan.duo-push":
    "This code is for the Duo app: the key is fetched from Duo’s server and is not in the code.",
  "scan.okta-push": "This code is for the Okta Verify app and holds no key.",
  "scan.rsa-securid": "This code is for the RSA SecurID app and holds no key that others can use.",
  "scan.passkey": "This code signs a phone in with a passkey; it is not for an authenticator.",
  "scan.google-migration":
    "This is an export of Google Authenticator. Scan it as a picture: “Open an image”.",
  "scan.web-link": "This QR code is only a web link, not an account.",
  "scan.steam-login": "This code signs in the Steam app on a phone; it holds no key.",
  "scan.messenger-login": "This code signs a messenger in; it is not for an authenticator.",
  "scan.app-store":
    "This code leads to an app in a store. The code for the account usually comes one step later.",
  "scan.wifi": "This QR code is for a Wi-Fi network, not for an account.",
  "scan.contact": "This QR code is a contact, not an account.",
  "scan.event": "This QR code is a calendar entry, not an account.",
  "scan.message": "This QR code starts a message or a call; it is not an account.",
  "scan.place": "This QR code is a place on a map, not an account.",
  "scan.payment": "This QR code is for a payment, not an account.",
  "scan.countersign-kit":
    "This is the recovery kit of Countersign, not an account. It connects a device to your team: read it in Teams, “Connect this device”.",
  "scan.countersign-device":
    "This is what one of your devices shows to connect another one, not an account. Read it in Teams, “Connect this device”.",
  "scan.countersign-code":
    "This is a code of a team server, not an account. Read it in Teams: there you see which server it means before anything is sent.",
  "scan-next.to-teams": "Open Teams",
  "scan.text": "There is a QR code, but what it says is not an account.",
  "scan-next.scan-again": "Scan again",
  "scan-next.open-image": "Open an image",
  "scan-next.type-in": "Type it in",
  "scan-next.try-again": "Try again",
  "scan-next.choose-area": "Choose an area",
  "scan-next.share-screen": "Look at a window",
  "scan-next.draw-again":
    "Draw another frame: the whole code, with a little of what is around it, and not much more.",
  "scan-next.picture-closer": "Take the picture from closer, or cut it down to the QR code, and open that.",
  "scan-next.allow-camera":
    "Press the sign at the left of this window’s title or address, allow the camera there, and try again.",
  "scan-next.allow-in-system":
    "Allow it for the browser in the system’s settings, under privacy, and try again.",
  "scan-next.connect-camera": "Plug a camera in or switch it on, and try again.",
  "scan-next.free-camera": "Close what else uses the camera, a video call perhaps, and try again.",
  "scan-next.keep-in-sight":
    "Put this window beside the others, so that a part of it stays in sight, and try again.",
  "scan-next.zoom-in":
    "Make the page larger with Ctrl and +, until the whole code is in sight and sharp, and scan again.",
  "scan-next.show-tab": "Bring the tab with the QR code to the front and scan again.",
  "scan-next.ask-again": "Press the Countersign button in the toolbar on that page, then scan.",
  "scan-next.allow-files":
    "In the browser’s settings for Countersign, switch on “Allow access to file URLs”.",
  "scan-next.choose-other-app":
    "On the site choose “another authenticator app” or “can’t scan”; it then shows a code or a key that Countersign takes.",
  "image.nothing-in": "No account in {file}.",
  "image.pasted-text": "the pasted text",
  "image.pasted": "the pasted picture",

  // What reading an account assumed
  "notice-read.no-counter-assumed-0": "The code names no counter; it starts at 0.",
  "notice-read.issuer-differs-from-label": "The code names two services; the one shown is taken.",
  "notice-read.read-as-steam": "Read as Steam Guard: five letters and digits.",
  "notice-read.digits-ignored":
    "Steam Guard codes always have five characters; the number in the code is ignored.",
  "notice-read.secret-short":
    "The key is shorter than 80 bits. The site gave it so; it is easier to guess than usual.",
  "notice-read.secret-read-as-hex": "The key was written in hexadecimal.",
  "notice-read.secret-read-as-base64": "The key was written in base64.",
  "notice-read.picture-ignored": "The code names a picture on the web, which is not fetched.",
  "notice-read.pin-missing": "The entry has no PIN; it gives a code once you add it under “Edit”.",
  "notice-read.icon-left-out": "Its picture is too large or of a kind that isn’t known; it was left out.",
  "notice-read.no-name": "The code names neither service nor account; give it a name under “Edit”.",
  "notice-read.period-assumed-30":
    "This export does not say how long a code lasts; 30 seconds are taken. If a site refuses the code, try 60 under “Edit”.",
  "notice-read.unknown-version":
    "This export has a newer format than we know. Compare the codes before you rely on them.",
  "migration.missing":
    "Still missing of this export: part {missing} of {size}. Show it and scan again; what you have is remembered for an hour.",
  "migration.rejected": "{label}: {why}",

  // Why an otpauth address is refused
  "uri.too-long": "The code is longer than any account needs.",
  "uri.not-an-otp-uri": "This is not the address of an account.",
  "uri.unknown-scheme": "This code is for something else ({detail}), not for an authenticator.",
  "uri.unknown-type": "Codes of the type “{detail}” can’t be made.",
  "uri.no-parameters": "The code names an account but holds no key. Let the site show a new one.",
  "uri.conflicting-parameters":
    "The code holds two different keys, so nobody can say which one is right. Let the site show a new one.",
  "uri.two-step-enrolment": "This code needs a second step that only the service’s own app can do.",
  "uri.no-secret": "The code holds no key. Let the site show a new one.",
  "uri.empty-secret": "The key in the code is empty. Let the site show a new one.",
  "uri.secret-not-base32": "The key in the code has characters that no key has. Let the site show a new one.",
  "uri.secret-not-hex":
    "The key of a Mobile-OTP account is made of the digits 0 to 9 and the letters a to f; this one is not.",
  "uri.not-a-yandex-secret": "This key is not one of Yandex, or a character of it is wrong. Copy it again.",
  "uri.unknown-algorithm":
    "The algorithm “{detail}” is not one that codes are made with here. Another one would give wrong codes, so nothing is kept.",
  "uri.digits-not-a-number": "The number of digits in the code can’t be read.",
  "uri.digits-out-of-range": "The code asks for fewer than 5 or more than 10 digits.",
  "uri.period-not-a-number": "The seconds per code can’t be read.",
  "uri.period-negative": "The code asks for a negative number of seconds.",
  "uri.period-zero":
    "The code says 0 seconds per code, which is impossible. Type the key in; 30 seconds are usual.",
  "uri.period-too-large": "The seconds per code are too many.",
  "uri.counter-not-a-number": "The counter in the code can’t be read.",
  "uri.counter-negative": "The counter in the code is negative.",
  "uri.counter-too-large": "The counter in the code is too large.",
  "uri.not-a-migration-uri": "This is not an export of Google Authenticator.",
  "uri.no-data": "This Google export is empty.",
  "uri.not-base64": "This Google export is damaged: it can’t be decoded.",
  "uri.corrupt": "This Google export is damaged. Let the app show it again.",
  "uri.no-entries": "This Google export holds no accounts.",
  "uri.take-period": "Take {seconds} seconds instead",
  "migration.unknown-digits": "its number of digits is not known here",
  "migration.empty-secret": "it has no key",
  "migration.counter-negative": "its counter is negative",
  "migration.counter-too-large": "its counter is too large",
  "import.secret-hidden": "its app didn’t put the key into the file",
  "import.entry-not-opened": "it didn’t open with this password, while others did",
  "migration.broken-entry": "it is damaged",

  // Names of keys and what they do
  "keys.space": "Space",
  "keys.down": "Next account",
  "keys.up": "Previous account",
  "keys.page-down": "Eight further down",
  "keys.page-up": "Eight further up",
  "keys.first": "First account",
  "keys.last": "Last account",
  "keys.press": "Fill in the code, or copy it where there is no field",
  "keys.copy": "Copy the code",
  "keys.edit": "Edit",
  "keys.pin": "Pin, or no longer",
  "keys.move-up": "Move up in your own order",
  "keys.move-down": "Move down in your own order",
  "keys.add": "Add an account",
  "keys.lock": "Lock",
  "keys.escape": "Clear the search, then close",
  "keys.choose": "Choose the account, or no longer",
  "keys.choose-down": "Choose on the way down",
  "keys.choose-up": "Choose on the way up",
  "keys.choose-all": "Choose all that are shown",
  "keys.choose-none": "Choose none",
  "keys.trash": "Move what is chosen to the trash",

  // The full page: codes
  "row.choose": "Choose {name}",
  "foot.page": "Open as a full page",
  "page.codes": "Codes",
  "page.duplicates": "Duplicates",
  "page.data": "Devices and data",
  "page.help": "Help",
  "page.sheet": "Sheet to print",
  "codes.empty": "There are no accounts here yet.",
  "codes.no-match": "No account matches this search.",
  "codes.filter-tag": "Show only this tag",
  "codes.filter-site": "Show only this site",
  "codes.any-tag": "Every tag",
  "codes.any-site": "Every site",
  "codes.duplicates.one": "{count} account is here more than once.",
  "codes.duplicates.other": "{count} accounts are here more than once.",
  "codes.duplicates-look": "Look at them",

  // Many accounts at once
  "many.toolbar": "What to do with the chosen accounts",
  "many.choose-all": "Choose all",
  "many.shown.one": "{count} account",
  "many.shown.other": "{count} accounts",
  "many.chosen.one": "{count} chosen",
  "many.chosen.other": "{count} chosen",
  "many.working": "Working …",
  "many.none-chosen": "None chosen",
  "many.tags": "Tags",
  "many.sites": "Sites",
  "many.print": "Print",
  "many.export": "Export",
  "many.trash": "Move to trash",
  "many.add-tags": "Add tags, separated by commas",
  "many.add-sites": "Add sites to fill in at, separated by commas",
  "many.add": "Add",
  "many.have-tags": "Tags of the chosen accounts",
  "many.have-sites": "Sites of the chosen accounts",
  "many.remove.one": "Take {what} away from {count} account",
  "many.remove.other": "Take {what} away from {count} accounts",
  "many.tagged.one": "{count} account is now tagged {what}.",
  "many.tagged.other": "{count} accounts are now tagged {what}.",
  "many.untagged.one": "The tag {what} is taken away from {count} account.",
  "many.untagged.other": "The tag {what} is taken away from {count} accounts.",
  "many.sited.one": "{count} account may now be filled in at {what}.",
  "many.sited.other": "{count} accounts may now be filled in at {what}.",
  "many.unsited.one": "{count} account is no longer filled in at {what}.",
  "many.unsited.other": "{count} accounts are no longer filled in at {what}.",
  "many.trashed.one": "{count} account moved to the trash.",
  "many.trashed.other": "{count} accounts moved to the trash.",
  "many.restored.one": "{count} account is back in the list.",
  "many.restored.other": "{count} accounts are back in the list.",
  "many.undone.one": "Taken back for {count} account.",
  "many.undone.other": "Taken back for {count} accounts.",
  "many.refused.one": "{count} can’t be opened and stays as it is.",
  "many.refused.other": "{count} can’t be opened and stay as they are.",
  "many.none-possible": "None of them could be opened. Nothing was changed.",
  "many.none-needed": "They were like that already. Nothing was changed.",

  // Duplicates
  "duplicates.back": "All codes",
  "duplicates.none": "No account is here twice.",
  "duplicates.same-secret": "The same key more than once",
  "duplicates.same-secret-why":
    "These give the same codes for ever. Merged into one, nothing of them is lost: sites, tags and notes are put together.",
  "duplicates.same-name": "The same name with different keys",
  "duplicates.same-name-why":
    "Usually two-factor sign-in was set up anew at the service, and only the newest key still counts. It can also be two accounts that look alike. Countersign can’t know: try the newest code at the service, then move the other one to the trash, or give the two different names.",
  "duplicates.keep-which": "Which one is kept",
  "duplicates.keeps": "is kept",
  "duplicates.since": "here since {date}",
  "duplicates.uses.one": "used {count} time",
  "duplicates.uses.other": "used {count} times",
  "duplicates.preview": "See what it becomes",
  "duplicates.field": "Field",
  "duplicates.becomes": "After merging",
  "duplicates.from": "From",
  "duplicates.number": "no. {number}",
  "duplicates.to-trash": "The others go to the trash, where they can be had back for 30 days.",
  "duplicates.merge": "Merge",
  "duplicates.merged.one": "{count} account is now {name}.",
  "duplicates.merged.other": "{count} accounts are now one: {name}.",
  "duplicates.not-same": "One of them has got another key meanwhile. Nothing was changed.",
  "duplicates.undone": "They are apart again.",
  "duplicates.undone-in-part":
    "The merged account was changed meanwhile and stays; the others are back in the list.",

  // Trash
  "trash.restore-chosen": "Restore the chosen",
  "trash.empty-all": "Empty the trash",
  "trash.empty-question.one": "{count} account would be gone for good.",
  "trash.empty-question.other": "{count} accounts would be gone for good.",
  "trash.leave-question.one":
    "{count} account leaves the trash. You can bring it back for 30 days, under “Devices and data”; until then its key stays on this device, encrypted.",
  "trash.leave-question.other":
    "{count} accounts leave the trash. You can bring them back for 30 days, under “Devices and data”; until then their keys stay on this device, encrypted.",
  "trash.shared-go.one": "{count} of them belongs to a group. It goes for everybody there, with no way back.",
  "trash.shared-go.other": "{count} of them belong to groups. They go for everybody there, with no way back.",
  "trash.no-way-back": "Delete the keys at once, with no way back",
  "trash.left.one":
    "{count} account has left the trash. It can be brought back for 30 days, under “Devices and data”.",
  "trash.left.other":
    "{count} accounts have left the trash. They can be brought back for 30 days, under “Devices and data”.",
  "trash.empty-sure.one": "Delete {count} account for ever",
  "trash.empty-sure.other": "Delete {count} accounts for ever",
  "trash.emptied.one": "{count} account is deleted for ever.",
  "trash.emptied.other": "{count} accounts are deleted for ever.",

  // Devices and data
  "data.here": "On this device",
  "data.only-here":
    "Your accounts are in this browser profile on this computer, and nowhere else. Nothing is sent anywhere, unless you connect a server for your team.",
  "data.accounts": "Accounts",
  "data.in-trash.one": "{count} in the trash",
  "data.in-trash.other": "{count} in the trash",
  "data.protection": "Protection",
  "data.by-passphrase": "Encrypted under your passphrase",
  "data.by-device":
    "Encrypted under a key that this browser keeps: whoever uses this browser profile sees the codes",
  "data.last-backup": "Last backup",
  "data.no-backup": "Never",
  "data.space": "Space",
  "data.space-of": "{used} used; the browser would give {available}",
  "data.removal":
    "If you remove Countersign from the browser, or delete this browser profile, everything here is gone at once, without a question. A backup kept somewhere else is the only way back.",
  "data.kept": "What is kept, and where",
  "data.kept.entries": "Accounts with their keys and notes",
  "data.kept.entries-where": "In the browser’s database, each one encrypted by itself.",
  "data.kept.index": "What the list shows: names, sites, tags, order, how often used",
  "data.kept.index-where": "In the same database, encrypted, without keys.",
  "data.kept.passkeys": "Passkeys that open the vault",
  "data.kept.passkeys-where":
    "In the same database: for each one a copy of the key to all of it, under what only the passkey gives, and its name, encrypted; its identifier, its date and the ways to reach it, readable. The passkey itself stays with your device or its provider.",
  "data.kept.undo":
    "What undoing a restore, an import or emptying the trash takes, and copies from before an update",
  "data.kept.undo-where": "In the same database, encrypted, for 30 days.",
  "data.kept.backups":
    "How backups are made automatically and their passphrase, the list of files, how the last try went",
  "data.kept.backups-where": "In the same database, encrypted.",
  "data.kept.key": "The key to all of it",
  "data.kept.key-passphrase":
    "In the same database, wrapped under your passphrase. Nobody else has it, and nobody can reset it.",
  "data.kept.key-device":
    "In the same database, wrapped under a key that the browser hands to no script. Whoever can read the files of this profile can use it.",
  "data.kept.session": "The same key while the vault is unlocked, and what is half typed in",
  "data.kept.session-where": "In memory only. It is gone when the vault locks or the browser closes.",
  "data.kept.settings": "Minutes until the vault locks, time of the last backup",
  "data.kept.settings-where": "In the database, readable.",
  "data.kept.auto": "Sites that fill in by themselves: address, since when, whether the form is sent off",
  "data.kept.auto-where":
    "In the extension’s storage, readable. The browser keeps the permission for each of them.",
  "data.kept.look": "Language, theme, order of the list; when it was last open; how far the first steps came",
  "data.kept.look-where": "In the extension’s storage, readable.",
  "data.kept.visible": "What somebody sees who can read the files of this profile",
  "data.kept.visible-where":
    "How many accounts there are, roughly how long each one is, and which were written together.",
  "delete-all.title": "Delete everything",
  "delete-all.why":
    "All accounts, the trash, the passphrase, settings and permissions for sites. Only language, theme and order stay.",
  "delete-all.open": "Delete everything …",
  "delete-all.final.one":
    "{count} account, trash included, would be gone for good. Nobody can bring it back.",
  "delete-all.final.other":
    "{count} accounts, trash included, would be gone for good. Nobody can bring them back.",
  "delete-all.backup-first":
    "Sites that ask for these codes will go on asking. If you have no backup elsewhere:",
  "delete-all.passkeys":
    "Once the vault is deleted, its passkeys open nothing. If your password manager or security key still lists one, delete it there.",
  "delete-all.ask": "Your passphrase, to delete everything",
  "delete-all.sure": "I know that this can’t be undone.",
  "delete-all.action.one": "Delete {count} account for ever",
  "delete-all.action.other": "Delete {count} accounts for ever",
  "delete-all.working": "Deleting …",
  "delete-all.done.one": "Everything is deleted: {count} account and all that belongs to it.",
  "delete-all.done.other": "Everything is deleted: {count} accounts and all that belongs to them.",
  "delete-all.failed":
    "Not everything could be deleted: the browser refused. Close the other windows of this browser and try again.",
  "anew.why":
    "Whoever can’t unlock this vault any more can delete it and begin again. Countersign is then as on its first day; only language, theme and order stay.",
  "anew.why-lost":
    "What can’t be read any more can be deleted here, to begin again. Countersign is then as on its first day; only language, theme and order stay.",
  "anew.nothing-yet":
    "Nothing is deleted yet. As long as it is here, the passphrase or a passkey opens it again, whenever you find one of them.",
  "anew.sites":
    "Sites that ask for these codes will go on asking. Before you go on you need, for each of them, a recovery code or another way in, or a backup and its passphrase.",
  "anew.type": "To delete everything, type: {word}",
  "anew.word": "delete",
  "anew.done":
    "Nothing is kept here any more. Begin with your first account, or bring your accounts back from a backup.",

  // The sheet of paper
  "sheet.worth":
    "Whoever has this sheet has your accounts’ second factor, for ever: paper is not encrypted. Print it only on a printer you trust, and keep it like a house key.",
  "sheet.ask": "Your passphrase, since keys are about to be shown",
  "sheet.show": "Show the sheet",
  "sheet.print": "Print",
  "sheet.failed":
    "The sheet could not be made: the accounts can’t be read just now. Close this window and try again.",
  "sheet.left-out.one": "{count} account can’t be opened and is not on the sheet.",
  "sheet.left-out.other": "{count} accounts can’t be opened and are not on the sheet.",
  "sheet.head.one": "Countersign, {date}: {count} account.",
  "sheet.head.other": "Countersign, {date}: {count} accounts.",
  "sheet.keep-safe":
    "Whoever has this sheet has these accounts’ codes. Scan or type a key into any authenticator.",
  "sheet.qr": "QR code of {name}",
  "sheet.no-qr": "For this type there is no QR code that others read.",
  "sheet.too-long": "Its names are too long for a QR code.",
  "sheet.pin": "PIN {pin}",
  "backup.image-why":
    "Brings accounts in from other authenticators and password managers: from their files, encrypted or not, and from pictures of QR codes. It can be undone for 30 days.",
  "backup.import-go": "Import accounts",
  "settings.theme.contrast-light": "High contrast, light",
  "settings.theme.contrast-dark": "High contrast, dark",

  // The first steps
  "page.welcome": "First steps",
  "welcome.go-on": "Go on with the first steps",
  "welcome.help": "What Countersign is, your first account, a passphrase and a backup: three short steps.",
  "welcome.place": "Step {number} of {count}:",
  "welcome.passed": "(done)",
  "welcome.name.what": "What it is",
  "welcome.name.account": "First account",
  "welcome.name.safety": "Passphrase and backup",
  "welcome.not-now": "Not now",
  "welcome.skip": "Skip this step",
  "welcome.what-title": "The codes of your accounts, in this browser",
  "welcome.what-codes": "From the QR code to the code",
  "welcome.what-codes-why":
    "A site shows a QR code to set up two-factor sign-in. Countersign reads it, and fills in the code whenever you sign in there.",
  "welcome.what-here": "Nothing leaves this browser",
  "welcome.what-here-why":
    "Your accounts are kept encrypted in this browser, on this computer. There is no account with us, and nothing is sent anywhere, unless you connect a server for your team.",
  "welcome.what-hand": "Always at hand",
  "welcome.what-pin": "Press the puzzle piece in the browser’s toolbar and pin Countersign there.",
  "welcome.what-pinned": "Countersign is pinned to the toolbar.",
  "welcome.what-key": "{key} opens it on any page.",
  "welcome.account-title": "Keep your first account",
  "welcome.account-scan":
    "Go to the page where a site shows its QR code, right-click it and choose “Scan QR code”. Once the account is kept, you go on here.",
  "welcome.account-scan-key":
    "Go to the page where a site shows its QR code, right-click it and choose “Scan QR code”, or press {key}. Once the account is kept, you go on here.",
  "welcome.account-or": "The code is somewhere else?",
  "welcome.kept-title": "Your first account is kept",
  "welcome.kept-more.one": "And {count} more.",
  "welcome.kept-more.other": "And {count} more.",
  "welcome.kept-next":
    "This is the code that its site expects just now. From now on you find it behind the Countersign button in the toolbar.",
  "welcome.safety-title": "Protect it, and make a backup",
  "welcome.safety-done": "Protected and backed up",
  "welcome.safety-nothing":
    "There is no account yet to protect or to back up. Both wait for you in the settings.",
  "welcome.passphrase": "Passphrase",
  "welcome.passphrase-why":
    "Without one, whoever uses this browser sees the codes, and they can’t be locked.",
  "welcome.backup": "Backup",
  "welcome.backup-why":
    "If this computer breaks, or the browser’s data is cleared, the accounts are gone, and each site has to be persuaded to let you in again. A backup is one encrypted file: keep it on another device.",
  "welcome.backup-made": "Made on {date}. Keep it somewhere else than on this computer.",
  "welcome.finish": "Finish",
  "welcome.finish-without": "Finish without",

  // Help
  "help.answers": "What goes wrong most",
  "help.scan.question": "The scan finds nothing",
  "help.scan.answer":
    "Make the page larger with Ctrl and +, until the whole QR code is in sight and sharp, and scan again. Pages of the browser, its store and PDF files may not be looked at by any extension: take a screenshot and open it under “Add from an image”. Some services first show a code for their own app; choose “another authenticator” or “can’t scan” there, and type the key in.",
  "help.code.question": "A site refuses the code",
  "help.code.answer":
    "Codes follow this computer’s clock; half a minute off is enough to spoil them. Let the system set date, time and time zone by itself, then use the next code. If the clock is right, the account may have been set up anew at the site: then only the newer key counts. Each code works once only.",
  "help.passphrase.question": "I have forgotten the passphrase",
  "help.passphrase.answer":
    "Nobody can reset it, not even we. If you have a backup and its passphrase: open “Forgotten it?” where the vault is locked, start anew and restore the backup. Without one, use the recovery codes of each site, and set two-factor sign-in up anew there. Starting anew deletes what is here.",
  "help.computer.question": "I have a new computer",
  "help.computer.answer":
    "On the old one make a backup under “Backup and transfer” and bring the file over, on a memory stick or by a service you trust: it is encrypted. On the new one install Countersign and restore it there. Check one code before you clear the old computer.",
  "help.fill.question": "The code is not filled in",
  "help.fill.answer":
    "It is filled in only at addresses that the account belongs to; the first time Countersign asks. If the field is not recognised, click into it and choose “Fill in the code” in its context menu. Copying always works.",
  "help.phone.question": "I want the codes on my phone too",
  "help.phone.answer":
    "Choose the accounts under “Codes”, press “Print” and scan the QR codes from the window with the phone’s authenticator; nothing needs to be printed. Both then show the same codes.",
  "help.order.question": "I want the accounts in another order",
  "help.order.answer":
    "Drag a row by the dots at its edge, or move the one that is selected with Alt+↑ and Alt+↓; its menu moves it too. The list then keeps your own order; the settings bring back “most used first”. What a search finds can’t be moved.",
  "help.commands": "Keys of the browser",
  "help.commands-why": "They work on every page, as this browser has them now.",
  "help.command.open": "Open Countersign",
  "help.no-shortcut": "no key",
  "help.commands-change": "Change these keys",
  "help.keys-popup": "Keys in the popup",
  "help.keys-page": "Keys in the list of the full page",

  // What an organisation has set
  "policy.title": "Set by your organisation",
  "policy.why":
    "The administrator of this browser has set what stands here. It can’t be changed in Countersign.",
  "policy.server": "Server for teams",
  "policy.server-unused": "{address} (you connect to it under Teams, with a code from there)",
  "policy.passphrase": "Passphrase",
  "policy.passphrase-fact": "Required before anything is kept or shown",
  "policy.passphrase-required": "Your organisation requires a passphrase.",
  "policy.no-reset":
    "Nobody can reset it, not even we. Your organisation does not allow backups: if it is lost, so are the accounts here.",
  "policy.auto-lock": "Automatic lock",
  "policy.auto-lock-fact.one": "After {count} minute without use at the latest",
  "policy.auto-lock-fact.other": "After {count} minutes without use at the latest",
  "policy.lock-capped.one": "Your organisation allows {count} minute at most.",
  "policy.lock-capped.other": "Your organisation allows {count} minutes at most.",
  "policy.export": "Keys of accounts",
  "policy.export-fact": "Not shown, listed or printed",
  "policy.export-forbidden": "Your organisation does not allow keys to be shown, listed or printed.",
  "policy.backup": "Backups",
  "policy.backup-fact": "Not made",
  "policy.backup-forbidden":
    "Your organisation does not allow backups. If this computer is lost, its administrator has to help you sign in again.",
  "policy.forgotten":
    "Your organisation does not allow backups: its administrator has to help you sign in to your sites again. Then you can start anew here, which deletes these accounts for good.",
  "policy.sites-ask":
    "Sites that ask for these codes will go on asking. Before you go on you need a recovery code or another way in to each of them; ask the administrator of your organisation.",
  "policy.removal":
    "If you remove Countersign from the browser, or delete this browser profile, everything here is gone at once, without a question. Your organisation does not allow backups: its administrator then has to help you sign in again.",
  "policy.help-passphrase":
    "Nobody can reset it, not even we, and your organisation does not allow backups. Its administrator has to help you sign in to your sites again; set two-factor sign-in up anew there. Where the vault is locked, “Forgotten it?” leads to a new beginning, which deletes what is here.",
  "policy.help-computer":
    "Your organisation does not allow backups. On the new computer set two-factor sign-in up anew at each site, while the old one still gives you codes, or ask the administrator of your organisation.",
  "policy.filling": "Filling in",
  "policy.filling-fact": "Only when you ask for it",
  "policy.filling-forbidden": "Your organisation does not allow sites to fill in by themselves.",
  "policy.unread.one":
    "{count} setting of your organisation could not be read and is not in force: {names}. Tell your administrator.",
  "policy.unread.other":
    "{count} settings of your organisation could not be read and are not in force: {names}. Tell your administrator.",
  "policy.unread-all":
    "The settings of your organisation could not be read, and none is in force. Tell your administrator.",

  // Teams: what else there is to say is in teams-*.ts, loaded with that section
  "page.teams": "Teams",
  "page.kit": "Recovery kit",
  "page.factors": "Second factors",
  "counter.not-asked":
    "The group’s server could not be asked, so somebody else may get the same code. If it is refused, take the next one.",
  "counter.jump":
    "The group’s server named a counter that can’t be right, and was not followed. If the code is refused, take the next one.",
  "teams.loading": "Opening …",

  "page.group": "Group",
  "page.reenrol": "Accounts to set up anew",

  // Groups in the lists
  "row.group": "In the group",
  "row.only-codes-bind":
    "Which sites {name} may be filled into is for those to say who can change it in {group}: ask one of them to bind it to this site. Until then you can copy the code.",
  "codes.gone-group": "A group that is not here any more",
  "row.only-codes":
    "You can use the codes of {group}. To change or move an account there you need the role “Can change accounts”.",
  "row.place": "Share or move …",
  "many.place": "Share or move",
  "codes.filter-group": "Show only what is shared with",
  "codes.any-group": "Any group",
  "place.to": "Where they go",
  "place.only-me": "Only me, on this device",
  "place.all-mine": "Only me, on all my devices",
  "place.all-mine-at": "Only me, on all my devices ({host})",
  "place.all-mine-short": "All my devices",
  "place.all-mine-what":
    "They will be on every device that you connect to {host}. Only you can read them; the server can’t.",
  "place.from-mine": "They will be on this device alone, and leave your other devices.",
  "place.moved-mine.one": "{count} account is on all your devices now.",
  "place.moved-mine.other": "{count} accounts are on all your devices now.",
  "place.copied-mine.one": "A copy of {count} account is on all your devices now.",
  "place.copied-mine.other": "Copies of {count} accounts are on all your devices now.",
  "place.somebody": "somebody",
  "place.mine": "Only you will be able to use them. Who had them in a group may have copied them.",
  "place.nobody-else": "For now nobody but you is in {group}.",
  "place.readers.one": "{count} other person in {group} will be able to use and copy them: {names}.",
  "place.readers.other": "{count} other people in {group} will be able to use and copy them: {names}.",
  "place.for-good": "This can’t be taken back from those who have seen them.",
  "place.move": "Move",
  "place.copy": "Copy",
  "place.moved-in.one": "{count} account is in {group} now.",
  "place.moved-in.other": "{count} accounts are in {group} now.",
  "place.copied-in.one": "A copy of {count} account is in {group} now.",
  "place.copied-in.other": "Copies of {count} accounts are in {group} now.",
  "place.moved-out.one": "{count} account is only yours now.",
  "place.moved-out.other": "{count} accounts are only yours now.",
  "place.copied-out.one": "You have a copy of {count} account for yourself.",
  "place.copied-out.other": "You have copies of {count} accounts for yourself.",
  "place.undone": "They are where they were.",
  "place.no-such-group": "This group is not on this device any more. Nothing was moved.",
} as const satisfies Record<string, string>;

export type MessageKey = keyof typeof en;
