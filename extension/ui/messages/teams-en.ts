/** The sentences of the section Teams, apart from the rest: the popup opens without them. See addMessages. */
export const teamsEn = {
  "teams.what":
    "With a team server colleagues use the same codes. What you share is encrypted on your devices: the server passes it on and can’t read it.",
  "teams.whose":
    "Somebody in your team runs the server and gives you a code. Without one you need nothing here: Countersign works by itself.",
  "teams.needs-passphrase":
    "Before you connect, choose a passphrase: it protects your keys on this computer, and it is what you sign in with.",
  "teams.to-settings": "Choose a passphrase in the settings",
  "teams.connect": "Connect to a server",
  "teams.connect-another": "Connect to another server",
  "teams.code": "Your code",
  "teams.code-hint": "It begins with CS1-. Blanks and line breaks don’t matter.",
  "teams.code.not-a-code": "That is no code of a team server. One begins with CS1-.",
  "teams.code.newer-version":
    "This code is for a newer version of Countersign. Update the extension, then paste it again.",
  "teams.code.mistyped": "A letter of the code is wrong or missing. Copy it again, as a whole.",
  "teams.code.not-encrypted":
    "This code names a server on another computer without encryption. Ask for a code whose server begins with https.",
  "teams.other-device": "Registered already, on another device?",
  "teams.other-device-action": "Connect this device",
  "teams.ask.title": "Contact this server?",
  "teams.ask.set-up": "With this code you register there, as the one who sets it up.",
  "teams.ask.invitation": "With this code you register there, to join a group that you were invited to.",
  "teams.ask.nothing-sent":
    "Nothing has been sent yet. First it is checked whether the server is the one that your code means.",
  "teams.ask.action": "Contact the server",
  "teams.asking": "Asking the server …",
  "teams.ask.already": "This device is connected to {host} already.",
  "teams.ask.invitation-kept": "This device is connected to {host} already. The invitation is kept with it.",
  "teams.open-address": "Open {host} in a tab",
  "teams.register.title": "Register at {host}",
  "teams.register.is-right": "It is the server that your code means.",
  "teams.email": "Your e-mail address",
  "teams.email-seen": "The server and the people in your groups see it.",
  "teams.email-problem": "Please write a whole e-mail address, like alice@example.com.",
  "teams.register.passphrase": "The passphrase of your vault",
  "teams.register.same-passphrase": "You sign in to the server with it, too. The server never sees it.",
  "teams.register.action": "Register",
  "teams.register.working": "Registering …",
  "teams.registered": "You are registered at {host}. Now keep your recovery kit.",
  "teams.device.title": "Connect this device",
  "teams.device.what":
    "It takes your passphrase and one of two things: your recovery kit, which is the paper from when you registered, or the code that a device of yours shows which is connected already (there: Teams, “Connect another device”).",
  "teams.device.kit": "Recovery key, or code of another device",
  "teams.device.kit-hint":
    "The one begins with CSR1-, the other with CSD1-. Upper or lower case, blanks and line breaks don’t matter.",
  "teams.device.code-mistyped":
    "A letter of the code is wrong or missing. Read it from the other device with the camera, or compare it.",
  "teams.read.picture": "Open a picture",
  "teams.read.camera": "Use the camera",
  "teams.read.camera-asking": "Waiting for the camera …",
  "teams.read.camera-stop": "Stop the camera",
  "teams.read.done": "The QR code was read.",
  "teams.read.nothing-device":
    "There is no QR code of a recovery kit or of another device in this picture. Take a sharper one, or type what is written beside it.",
  "teams.read.nothing-code":
    "There is no QR code of a team server in this picture. Take a sharper one, or paste the code.",
  "teams.device.address": "Address of the server",
  "teams.device.address-hint": "Like codes.example.com. It stands on the kit.",
  "teams.device.address.not-an-address": "That is no address of a server. One looks like codes.example.com.",
  "teams.device.address.not-encrypted":
    "A server on another computer needs https. With http anybody on the way could listen.",
  "teams.device.passphrase": "The passphrase you registered with",
  "teams.device.passphrase-hint": "That of the vault on your other device. The vault here may have another.",
  "teams.device.action": "Connect",
  "teams.device.working": "Signing in …",
  "teams.connected": "This device is connected to {host}.",
  "teams.kit.title": "Keep your recovery kit",
  "teams.kit.why":
    "You need it to connect another device, and it is your only way back if you forget your passphrase or lose this device. Nobody else has it, the server neither.",
  "teams.kit.open": "Show the kit to print",
  "teams.kit.check": "Type the recovery key from the paper",
  "teams.kit.check-why":
    "Checked once, so that you know that the paper is right. Then this device forgets the key.",
  "teams.kit.check-action": "Check",
  "teams.kit.checked": "The kit is right. Keep the paper where you would keep a passport.",
  "teams.kit.problem.not-a-kit":
    "That is no recovery key. It begins with CSR1-, with eight groups of five letters after it.",
  "teams.kit.problem.newer-version":
    "This key was printed by a newer version of Countersign. Update the extension.",
  "teams.kit.problem.incomplete": "Some letters are missing: there are eight groups of five after CSR1-.",
  "teams.kit.problem.mistyped": "One of the letters is wrong. Compare it with the paper.",
  "teams.kit.problem.another-kit": "This is a recovery key, but another one than that of this server.",
  "teams.kit.sheet-worth":
    "Whoever has this paper can take over your place in the team. Print it, or copy it by hand; don’t photograph it.",
  "teams.kit.sheet-head": "Countersign, recovery kit, {date}",
  "teams.kit.sheet-server": "Server",
  "teams.kit.sheet-email": "E-mail address",
  "teams.kit.sheet-key": "Recovery key",
  "teams.kit.sheet-use":
    "To connect another device: Countersign, Teams, “Connect this device”. It asks for this key and for your passphrase. Keep both apart. If you forget the passphrase, this key alone lets you come back there.",
  "teams.kit.sheet-qr": "QR code of the recovery kit",
  "teams.kit.gone": "This kit has been checked, so no device has it any more. It is on your paper alone.",
  "teams.access": "Your access",
  "teams.access.email": "E-mail address",
  "teams.access.email-change": "Change",
  "teams.access.kit": "Recovery kit",
  "teams.access.kit-on-paper": "Checked, on your paper alone",
  "teams.access.kit-unchecked": "Not checked yet",
  "teams.access.kit-new": "Make a new one",
  "teams.access.device": "Another device",
  "teams.access.device-how": "By a code from this one, without the kit",
  "teams.access.device-connect": "Connect",
  "teams.new-kit.title": "Make a new recovery kit",
  "teams.new-kit.what":
    "For when the paper is lost, or somebody may have seen it. {host} takes only the new one from then on: the former paper is worth nothing there.",
  "teams.new-kit.devices":
    "Your other devices are signed out. What they have stays; when you sign in there again, each asks for the new kit or a code from this device.",
  "teams.new-kit.cannot":
    "What somebody has already opened with the former kit and your passphrase, a new one can’t take back.",
  "teams.new-kit.action": "Make the new kit",
  "teams.new-kit.working": "Making it …",
  "teams.new-kit.done": "The former kit is worth nothing any more. Print the new one and type it back.",
  "teams.email-change.title": "Change your e-mail address",
  "teams.email-change.what":
    "You sign in with the new one from then on. Your other devices learn of it from the server; one that is signed out asks for it. Passphrase and kit stay as they are.",
  "teams.email-change.others":
    "Groups in which you may change accounts show others the new address at once. In the rest the former one stays beside your name. An invitation for the former address has to be made anew.",
  "teams.email-change.paper": "Write the new address on the paper of your recovery kit, too.",
  "teams.email-change.new": "New e-mail address",
  "teams.email-change.again": "The same address once more",
  "teams.email-change.same": "That is your address already.",
  "teams.email-change.differ": "The two addresses are not the same.",
  "teams.email-change.passphrase-why": "So that nobody who finds this device unlocked moves you elsewhere.",
  "teams.email-change.action": "Change the address",
  "teams.email-change.working": "Changing it …",
  "teams.email-change.done": "At {host} you are {email} now.",
  "teams.email-change.moved": "At {host} you are {email} now. It was changed on another device of yours.",
  "teams.show-device.title": "Connect another device",
  "teams.show-device.what":
    "There open Countersign, Teams, “Connect this device”, and hold its camera to this code, or open a picture of it. Then it asks for your passphrase.",
  "teams.show-device.can": "With your passphrase it lets a device in as you, just as the recovery kit does.",
  "teams.show-device.cannot":
    "Without the passphrase it opens nothing. But whoever photographs it has one of the two halves, and keeps it until you make a new kit. It hides itself after two minutes.",
  "teams.show-device.action": "Show the code",
  "teams.show-device.qr": "QR code for another device",
  "teams.show-device.letters": "Where there is no camera, type these letters:",
  "teams.show-device.hide": "Hide it",
  "teams.show-device.hides": "Hides in {time}",
  "teams.show-device.hidden": "The code is hidden.",
  "teams.server.signed-in": "Signed in as {email}",
  "teams.server.signed-out": "Signed out. You are {email} here.",
  "teams.server.since": "Connected since {date}",
  "teams.server.damaged":
    "What this device had of this server is damaged. Disconnect it here, and connect it again with your kit.",
  "teams.again.title": "Sign in again",
  "teams.again.why": "What you have stays on this device. Nothing new arrives until you sign in.",
  "teams.again.passphrase": "The passphrase of your vault",
  "teams.again.passphrase-former": "Your former passphrase, which still counts there",
  "teams.again.passphrase-other": "Your passphrase for the server, not that of the vault here",
  "teams.again.other-than-vault":
    "That opens this vault, but {host} does not take it with this e-mail address. You have registered with another passphrase, or changed one of the two on another device: type what counts there. Nothing was changed.",
  "teams.again.former-counts":
    "That is the new one, which opens this vault. At {host} the one before still counts: please type that.",
  "teams.again.neither":
    "That opens neither this vault nor {host}. If you have changed passphrase or e-mail address on another device, type the new one. Nothing was changed.",
  "teams.again.kit-replaced":
    "The passphrase is right, but your recovery kit was replaced on another device: what this device has of the former one opens nothing any more. Please type the recovery key of the new kit. If you know of no new kit, tell whoever runs {host}.",
  "teams.again.new-kit": "Recovery key of the new kit",
  "teams.again.forgotten": "Passphrase forgotten",
  "teams.again.email-why": "If you changed it on another device, type the new one here.",
  "teams.again.action": "Sign in",
  "teams.again.working": "Signing in …",
  "teams.again.done": "Signed in at {host}.",
  "teams.change.working": "Changing it at {host} …",
  "teams.change.done": "The passphrase is changed, here and at {hosts}. Old backups keep theirs.",
  "teams.change.title": "The passphrase of this vault is changed, but not everywhere",
  "teams.change.former": "At {host} the former one still counts, as far as this device knows.",
  "teams.change.not-recognised":
    "{host} takes neither the former nor the new one: you have changed the passphrase or your e-mail address on another device. There it stays as it is.",
  "teams.change.another": "At {host} you had another passphrase all along. It stays as it is.",
  "teams.change.go-on":
    "In the section Teams, each of these servers has a notice to go on with. Until then, keep the former passphrase in mind.",
  "teams.change.to-teams": "To the section Teams",
  "teams.two.former-title": "Your former passphrase still counts at {host}",
  "teams.two.former-why":
    "This vault has another one since {date}, which has not reached the server. Until it does, you sign in there with the former one.",
  "teams.two.former": "Your former passphrase",
  "teams.two.former-action": "Change it there too",
  "teams.two.title": "Two passphrases",
  "teams.two.why": "At {host} another passphrase counts than for this vault.",
  "teams.two.begin": "Use one for both",
  "teams.two.which": "Which one is to stay?",
  "teams.two.keep-server": "The one for {host}",
  "teams.two.keep-server-says": "This vault takes it. Nothing changes at the server.",
  "teams.two.keep-vault": "The one of this vault",
  "teams.two.keep-vault-says":
    "It counts at {host} from then on. Your other devices are signed out, and ask for it when you sign in there.",
  "teams.two.at-server": "Your passphrase at {host}",
  "teams.two.of-vault": "The passphrase of this vault",
  "teams.two.action": "Use it for both",
  "teams.two.wrong-passphrase": "That is not the passphrase of this vault. Nothing was changed.",
  "teams.two.not-recognised":
    "{host} takes neither of these two with your e-mail address. Nothing was changed.",
  "teams.two.working": "Changing …",
  "teams.two.done": "One passphrase counts now, for this vault and at {host}.",
  "teams.recover.forgotten": "I have the kit, but not the passphrase",
  "teams.recover.title": "Come back with your kit",
  "teams.recover.what":
    "Your recovery kit opens your keys at the server without the old passphrase. Afterwards the passphrase of the vault here counts there, and you get a new kit: the old one is worth nothing. Your other devices are signed out; what they have stays on them.",
  "teams.recover.passphrase-hint": "On this device. From now on you sign in to the server with it, too.",
  "teams.recover.kit": "Recovery key",
  "teams.recover.kit-hint":
    "From your kit; it begins with CSR1-. Upper or lower case, blanks and line breaks don’t matter.",
  "teams.recover.action": "Recover",
  "teams.recover.working": "Recovering …",
  "teams.recover.done":
    "You are back at {host}. Now keep your new recovery kit: the old one is worth nothing.",
  "teams.sign-out": "Sign out",
  "teams.signed-out": "Signed out of {host}. What you have stays here.",
  "teams.signed-out-untold":
    "Signed out of {host} on this device. The server could not be told; the session ends there by itself after a week.",
  "teams.disconnect": "Disconnect",
  "teams.disconnect-what":
    "This device forgets {host}, your keys for it and the accounts of its groups, which stay with the groups. What you changed and has not been sent stays here as your own. To connect again you need your recovery kit and your passphrase.",
  "teams.disconnect-unchecked":
    "You have not checked your recovery kit yet. Without it you can’t come back, and what only you can open there is lost for good.",
  "teams.disconnect-sure": "Disconnect from {host}",
  "teams.disconnected": "This device is not connected to {host} any more.",
  "teams.new-keys": "New keys …",
  "teams.new-keys.title": "New keys of your own",
  "teams.new-keys.why":
    "If one of your devices was stolen while it was unlocked, or somebody may have copied your keys: with new ones they can’t act in your name any more, and, once a group has a new key too, read nothing that comes after.",
  "teams.new-keys.cannot":
    "What they could read until now can’t be taken back: set those accounts up anew at their services. If they may know your passphrase, change that first.",
  "teams.new-keys.kit":
    "You get a new recovery kit; the one you have is void. Your other devices are signed out, and come back with the new kit. People in your groups are asked to compare six words with you again.",
  "teams.new-keys.passphrase": "The passphrase of your vault",
  "teams.new-keys.passphrase-why": "{host} wants it again for this.",
  "teams.new-keys.action": "Make new keys",
  "teams.new-keys.working": "Making new keys …",
  "teams.new-keys.done": "You have new keys, and your groups know them. Now keep your new recovery kit.",
  "teams.new-keys.done-in-part":
    "You have new keys. Not every group knows them yet, or has a new key of its own: that goes on by itself. Now keep your new recovery kit.",
  "teams.new-keys.on-the-way":
    "Some groups still know your former keys, or need a new key of their own. This goes on by itself whenever your groups are brought up to date.",
  "teams.new-keys.open":
    "New keys were sent, and {host} never answered. Which keys it has is found out by itself as soon as it can be reached; nothing is lost either way.",
  "teams.new-keys.unfinished":
    "Too many groups still wait for keys that you made before. Look again at your groups until they have them, then make new ones.",
  "teams.new-keys.too-long":
    "There is no room left for more keys beside your groups. Nothing was changed. Tell whoever runs the server.",
  "teams.sessions": "Devices that are signed in",
  "teams.sessions.this": "This device",
  "teams.sessions.another": "Another device",
  "teams.sessions.this-named": "{name} (this device)",
  "teams.sessions.times": "Signed in {made}, last used {used}",
  "teams.sessions.lacks-factor": "Only the passphrase was given there: it gets nothing.",
  "teams.sessions.end": "End",
  "teams.sessions.end-named": "End the session from {made}",
  "teams.sessions.ended": "That device is signed out.",
  "teams.lost.ask": "A device was lost or stolen",
  "teams.lost.title": "Was a device of yours lost or stolen?",
  "teams.lost.title-named": "Was “{name}” lost or stolen?",
  "teams.lost.why":
    "Signed out, it gets nothing new. But whoever opens it has what it had: set those accounts up anew at their services, those first that it had longest. If it may have been unlocked, or its passphrase known, change the passphrase and make new keys as well.",
  "teams.lost.action": "List the accounts it could read",
  "teams.lost.no": "No",
  "teams.lost.nothing": "Nothing in your groups could be read on it.",
  "teams.retry": "Try again",
  "teams.refused.offline": "This device is offline. Nothing was changed; try again when there is a network.",
  "teams.refused.unreachable":
    "{host} does not answer. The server may be stopped, out of reach from this network, or have a certificate that this browser does not trust: open the address in a tab, and the browser says which.",
  "teams.refused.timeout": "{host} took too long to answer. Nothing was changed; try again.",
  "teams.refused.too-large":
    "{host} answered with far more than a server of ours does. Nothing of it was taken. Tell whoever runs it.",
  "teams.refused.not-a-server":
    "Something answers at {host}, but it is no Countersign server that lets this extension in. A gateway may ask you to sign in first, the address may lead elsewhere, or the server does not know this extension’s id. Open the address in a tab to see.",
  "teams.refused.another-server":
    "This is another server than the one you were to reach, whatever its address says. It was given no key, and nothing was changed. Ask whoever runs it whether it was set up anew.",
  "teams.refused.server-too-old":
    "The server at {host} is older than this extension. Whoever runs it has to update it.",
  "teams.refused.server-too-new": "The server at {host} is newer than this extension. Update the extension.",
  "teams.refused.signed-out": "Your session at {host} is over. Sign in again.",
  "teams.refused.sign-in-again": "For this {host} wants your passphrase again. Sign in, then repeat it.",
  "teams.refused.too-often": "Too many tries. Wait a few minutes, then try again.",
  "teams.refused.failed":
    "Something went wrong at {host}. Nothing was changed; try again, or ask whoever runs it.",
  "teams.refused.locked": "The vault was locked meanwhile. Unlock it and try again.",
  "teams.refused.busy":
    "Another page of Countersign is signing in at a server or changing your access right now. Nothing was changed here: wait until it is done, then look whether there is still something to do.",
  "teams.refused.not-connected": "This device is not connected to that server any more.",
  "teams.refused.already-connected": "This device is connected to that server already.",
  "teams.refused.code-refused":
    "The server does not take this code: it was used, or has run out. Ask for a new one.",
  "teams.refused.email-taken":
    "Somebody is registered at {host} with this address. If it is you, connect this device with your recovery kit instead.",
  "teams.refused.another-address":
    "This code is for somebody with another e-mail address. Type that of your invitation.",
  "teams.refused.not-recognised":
    "{host} knows nobody with this e-mail address and this passphrase. Check both.",
  "teams.refused.wrong-kit":
    "E-mail address and passphrase are right, but this recovery key is not of this person. Compare it with your newest kit.",
  "teams.refused.not-of-kit":
    "{host} knows nobody with this e-mail address and this recovery key. Check both. A kit that was replaced by a newer one counts no more.",
  "teams.refused.recovery-late":
    "That took too long, and {host} broke off. Nothing was changed; begin again.",
  "teams.refused.recovery-overtaken":
    "Another device of yours changed your keys at the same moment. Nothing was changed from here; begin again.",
  "teams.refused.recovery-unknown":
    "The last answer from {host} did not come, so it may have worked or not. Try again here with the same kit: this device goes on from there. Keep the kit until it has worked.",
  "teams.refused.keys-damaged":
    "What {host} sent as your keys was not made by a device of yours. Nothing was taken, and no new keys were made. Tell whoever runs the server.",
  "teams.refused.keys-newer-version":
    "Your keys were written by a newer version of Countersign. Update this extension.",
  "teams.refused.rolled-back":
    "{host} showed older keys than this device has seen. Nothing was taken. Tell whoever runs the server: it may have been put back to an old backup.",
  "teams.refused.not-known":
    "{host} did not answer, so nobody can tell yet whether it has taken your new recovery kit. Keep the former paper. The new kit is stored on this device, and is shown here as soon as {host} says that it has it.",
  "teams.refused.too-long":
    "What is stored about you is too long for that. Nothing was changed. Tell whoever makes Countersign.",
  "teams.refused.email-refused":
    "{host} does not give you this address. Nothing was changed. Compare it, take another one, or ask whoever runs the server.",
  "teams.refused.email-unknown":
    "{host} did not answer, so nobody can tell yet whether you have the new address there or the former one. This device keeps both, and finds out as soon as {host} can be reached.",
  "teams.refused.passphrase-unknown":
    "The last answer did not come, so the new one may count there already. Go on in the section Teams: that finds out.",
  "teams.refused.otherwise": "{host} refuses this. Nothing was changed.",

  // Teams: groups
  "groups.title": "Groups",
  "groups.personal-what":
    "What is in here is on every device that you connect to {host}. Only you can read it; the server can’t.",
  "groups.keep-all": "Keep everything of this device on all my devices",
  "groups.keep-all-what.one":
    "{count} account that is on this device alone will be on every device that you connect to {host}. Only you can read it; the server can’t.",
  "groups.keep-all-what.other":
    "{count} accounts that are on this device alone will be on every device that you connect to {host}. Only you can read them; the server can’t.",
  "groups.keep-all-action": "Keep them on all my devices",
  "groups.title-at": "Groups at {host}",
  "groups.all": "All groups",
  "groups.none-known": "This device knows of no group here.",
  "groups.none": "You are in no group here yet. Make one, or paste the code of an invitation.",
  "groups.look": "Look again",
  "groups.looking": "Looking …",
  "groups.working": "One moment …",
  "groups.new": "New group",
  "groups.have-code": "I have an invitation",
  "groups.name": "Name of the group",
  "groups.name-seen": "Only the people in the group can read it, the server can’t.",
  "groups.create": "Make the group",
  "groups.created": "The group {name} is there. Invite others, and put accounts into it.",
  "groups.size": "{accounts}, {people}",
  "groups.accounts.one": "{count} account",
  "groups.accounts.other": "{count} accounts",
  "groups.people.one": "{count} person",
  "groups.people.other": "{count} people",
  "groups.show-accounts": "Show its accounts",
  "groups.unknown-person": "Somebody whose address is not known",
  "groups.you": "(you)",
  "groups.role.guest": "Guest",
  "groups.role.viewer": "Can use codes",
  "groups.role.editor": "Can change accounts",
  "groups.role.admin": "Can manage people",
  "groups.role.owner": "Owner",
  "groups.role-says.guest": "Gets codes that are lent for a while, and never a secret.",
  "groups.role-says.viewer":
    "Sees the codes of all accounts in the group. An extension that shows codes has the secrets, and could also copy them.",
  "groups.role-says.editor": "Uses the codes, and adds, changes and takes away accounts.",
  "groups.role-says.admin":
    "Also invites people, changes what they may do, and removes them, all but other managers and owners.",
  "groups.role-says.owner": "May do everything, and close the group.",
  "groups.state.in-step": "Up to date, {time}",
  "groups.progress.links": "Checking the history: {done} of {total} entries.",
  "groups.progress.records": "Getting accounts: {done} of {total}.",
  "groups.progress.encrypting": "New key: encrypting accounts anew, {done} of {total}.",
  "groups.progress.sending": "New key: sending the accounts, {done} of {total}.",
  "groups.progress.stop": "Stop",
  "groups.progress.go-on": "Go on",
  "groups.state.not-yet": "Not brought up to date yet.",
  "groups.state.changes.one": "{count} change is waiting to be sent.",
  "groups.state.changes.other": "{count} changes are waiting to be sent.",
  "groups.state.waiting": "You have accepted. Now {name} has to let you in.",
  "groups.state.waiting-for-somebody": "You have accepted. Now whoever invited you has to let you in.",
  "groups.state.out":
    "You are not in this group any more. What this device had of it is still here, and gets nothing new.",
  "groups.state.closed": "This group is closed for good. Its accounts are still on this device.",
  "groups.trouble.rollback":
    "{host} showed an older state of this group than this device has seen. That can’t be right, and nothing was taken over. Ask whoever runs the server whether it was put back to a backup.",
  "groups.trouble.fork":
    "{host} showed another history of this group than the one this device has verified. That can’t be right, and nothing was taken over. Compare the safety words with the others in the group, and tell whoever runs the server.",
  "groups.trouble.log":
    "{host} showed something that nobody in this group can have written. That can’t be right, and nothing was taken over. Tell whoever runs the server.",
  "groups.trouble.promise":
    "What {host} showed is not the group that the invitation speaks of. That can’t be right, and nothing was taken over. Tell whoever invited you, and ask them for a new code.",
  "groups.trouble.group-key":
    "{host} gave another key than the group has agreed on. That can’t be right, and nothing was taken over. Tell whoever runs the server.",
  "groups.trouble.record":
    "{host} gave something else for an account than what the group has signed. That can’t be right, and nothing was taken over. Tell whoever runs the server.",
  "groups.trouble.withheld":
    "{host} did not hand over everything that belongs to this group. Look again; if it stays so, tell whoever runs the server.",
  "groups.trouble.restored":
    "{host} was put back to a backup, and changes of this group are missing there. Send them again first, on the group’s page.",
  "groups.restored.lost.one":
    "{host} was put back to a backup. What it has of this group ends on {time}, and {count} change that this device has seen is missing there.",
  "groups.restored.lost.other":
    "{host} was put back to a backup. What it has of this group ends on {time}, and {count} changes that this device has seen are missing there.",
  "groups.restored.all-lost.one":
    "{host} was put back to a backup from before this group was made, and knows nothing of it.",
  "groups.restored.all-lost.other":
    "{host} was put back to a backup from before this group was made, and knows nothing of it: {count} changes are missing there.",
  "groups.restored.sent.one":
    "{host} was put back to a backup, in which this group ended on {time}. {count} change was missing there, and was sent again from this device.",
  "groups.restored.sent.other":
    "{host} was put back to a backup, in which this group ended on {time}. {count} changes were missing there, and were sent again from this device.",
  "groups.restored.all-sent.one":
    "{host} was put back to a backup from before this group was made. The group was sent again from this device.",
  "groups.restored.all-sent.other":
    "{host} was put back to a backup from before this group was made. The group was sent again from this device, with all {count} changes.",
  "groups.restored.why":
    "Nothing is lost on this device. It can send what is missing again, just as it was signed. Do it before anybody changes something in this group: after that it can’t be done any more.",
  "groups.restored.action": "Send again",
  "groups.restored.sending": "Sending …",
  "groups.restored.read": "Got it",
  "groups.restored.not-sent.not-here":
    "These could not be sent again: this device does not have everything that is missing at {host}. Open Countersign on your other device, or have somebody else in the group do it.",
  "groups.restored.not-sent.fork":
    "These could not be sent again: somebody has changed this group at {host} since, from where the backup ends. What this device has stays here. Tell the others in the group, and share what is missing anew in another group.",
  "groups.restored.not-sent.no-access":
    "These could not be sent again: by the backup, {host} does not let you change this group. Have somebody do it who could change accounts there before.",
  "groups.restored.not-sent.refused":
    "These could not be sent again: {host} refuses them. Have somebody do it who could change accounts in this group before.",
  "groups.trouble.newer-version":
    "Somebody in this group uses a newer version of Countersign. Update this extension; until then nothing new arrives.",
  "groups.trouble.no-access": "{host} says that you are not in this group.",
  "groups.trouble.no-key":
    "The group’s key has not been given to you. Ask somebody who can change accounts there to make a new key.",
  "groups.trouble.keys-taken":
    "Somebody who has keys of yours has put others in your place in this group. Nothing was taken over. Ask an owner of the group to remove you and invite you anew, and make new keys.",
  "groups.trouble.busy": "Others in the group were quicker each time. Look again in a moment.",
  "groups.trouble.too-many": "The group is full: it takes no more people or accounts.",
  "groups.trouble.group-full":
    "{host} keeps no more of this group: so much was changed in a short time. Nothing is lost, and it is sent later. In a few days there is room again; if it stays so, ask whoever runs the server for more.",
  "groups.trouble.staged-too-much":
    "{host} takes no more from you for now: too much was sent and not completed. Nothing is lost, and it is sent later. In a few days there is room again; if it stays so, ask whoever runs the server for more.",
  "groups.trouble.log-full":
    "{host} keeps no more of this group’s history, which never grows shorter. Nothing is lost: what you change stays on this device. Ask an owner of the group, who has some room left, or whoever runs the server for more; or make a new group and move the accounts there.",
  "groups.trouble.too-many-groups":
    "{host} keeps no more groups that you have made; those that are closed count too. Put the accounts into a group that is there, or ask whoever runs the server for more.",
  "groups.trouble.stopped":
    "Stopped. What has come is complete and stays; the rest comes when you go on, or when Countersign is opened again.",
  "groups.trouble.key-stopped":
    "Stopped. The group still has the key that it had, and nothing has changed for anybody. When you go on, it begins with the first account again.",
  "groups.trouble.refused":
    "{host}, or a rule of the group, does not allow this. Nothing was changed. Look again: somebody may have changed what you may do.",
  "groups.refused.stands-otherwise":
    "The group does not stand as this device thought. Nothing was changed; look again, then repeat it.",
  "groups.refused.closed": "This group is closed. Nothing can be changed in it any more.",
  "groups.refused.not-member": "You are not in this group any more. Nothing was changed.",
  "groups.refused.rank": "You may not do this here, or not to this person. Nothing was changed.",
  "groups.refused.already-member": "This person is in the group already.",
  "groups.refused.no-such-member": "This person is not in the group any more.",
  "groups.refused.no-owner": "Somebody has to own the group. Make somebody else an owner first.",
  "groups.refused.no-such-group": "This group is not on this device.",
  "groups.refused.changed":
    "What the server gives out now is not what you compared. Nobody was let in. Look at the words again; if they keep changing, take the invitation back and tell whoever runs the server.",
  "groups.refused.not-accepted": "This invitation was taken back, or not accepted by whom it was for.",
  "groups.offer.kept": "You came with an invitation.",
  "groups.offer.title": "You are invited to {group}",
  "groups.offer.by": "By {name}, as “{role}”.",
  "groups.offer.words":
    "When you have accepted, {name} sees these six words. Read them out by telephone or face to face: they show that nobody has put themselves between you.",
  "groups.offer.until": "Good until {time}",
  "groups.offer.accept": "Accept",
  "groups.offer.decline": "Not now",
  "groups.offer.forget": "Forget this invitation",
  "groups.offer.accepted": "Accepted. Now {name} has to let you in.",
  "groups.offer.no-invitation":
    "The server has no such invitation: it was used, taken back, or has run out. Ask for a new code.",
  "groups.offer.not-for-you":
    "This invitation is for another e-mail address than yours here. Ask for one for your address.",
  "groups.offer.too-late": "This invitation has run out. Ask for a new code.",
  "groups.offer.another-server": "This invitation was not made at {host}. Nothing was accepted.",
  "groups.offer.member": "You are in this group already.",
  "groups.code.set-up": "This code sets up a server. It invites into no group.",
  "groups.code.elsewhere":
    "This code is for another server. Choose “Connect to another server” below, and paste it there.",
  "groups.accepted.waits": "{names}: accepted, waiting for you to let them in",
  "groups.accepted.title": "{name} has accepted your invitation",
  "groups.accepted.compare":
    "As “{role}”. Ask them for their six words, by telephone or face to face. Only if they are these, let them in.",
  "groups.accepted.let-in": "The words are the same: let them in",
  "groups.accepted.turn-down": "Turn down",
  "groups.accepted.in": "{name} is in {group} now.",
  "groups.accepted.turned-down": "{name} was turned down. Their invitation is void.",
  "groups.accepted.not-theirs":
    "This was not accepted by the holder of your code, or was changed on the way. Turn it down, and invite anew.",
  "groups.accepted.another-address":
    "This was accepted by somebody with another address than the one you invited. Turn it down.",
  "groups.accepted.too-late": "This was accepted after its time. Turn it down, and invite anew.",
  "groups.people-title": "People",
  "groups.person.words": "Words",
  "groups.person.words-named": "Six words of {name}",
  "groups.person.role": "Role",
  "groups.person.role-named": "Change the role of {name}",
  "groups.person.remove": "Remove",
  "groups.person.remove-named": "Remove {name} …",
  "groups.person.new-keys": "{name} has new keys. Compare the six words again, by telephone or face to face.",
  "groups.person.compared": "The words are the same",
  "groups.person.compared-done": "You have compared the words of {name}.",
  "groups.person.compared-not":
    "If they differ, stop sharing here and tell {name}: then somebody else is in their place.",
  "groups.words-mine":
    "Your own six words. Whoever wants to be sure that it is you compares them with theirs.",
  "groups.words-theirs":
    "Ask {name} to read out their own six words. If they are these, nobody has put themselves between you.",
  "groups.role-of": "What {name} may do",
  "groups.role-changed": "{name}: {role}",
  "groups.remove-sure": "Remove {name}",
  "groups.remove-what":
    "{name} gets nothing new from this group. Those who stay get a new key, and go on as before.",
  "groups.remove-cannot.one":
    "What {name} could read until now can’t be taken back: they may have copied the secret of {count} account. You get a list of what to set up anew at its service: only that ends it.",
  "groups.remove-cannot.other":
    "What {name} could read until now can’t be taken back: they may have copied the secrets of {count} accounts. You get a list of what to set up anew at their services: only that ends it.",
  "groups.remove-stopped": "Stopped. {name} is still in {group}, and nothing has changed for anybody.",
  "groups.removed": "{name} is not in {group} any more.",
  "groups.invite": "Invite somebody",
  "groups.invite-email": "Their e-mail address",
  "groups.invite-email-why": "The one they use at this server, or will register with.",
  "groups.invite-role": "What they may do",
  "groups.invite-action": "Make a code",
  "groups.code.title": "The code for {name}",
  "groups.code.what":
    "It lets {name} in once, until {time}. Send it by a way that you trust: whoever has it could try to use it. It is shown only now.",
  "groups.code.qr": "QR code of the invitation",
  "groups.code.copy": "Copy the code",
  "groups.code.copied": "The code is copied.",
  "groups.code.done": "Done",
  "groups.sent": "Invited",
  "groups.sent.until": "{role}, not accepted yet; good until {time}",
  "groups.sent.over": "{role}, has run out",
  "groups.sent.end": "Take back",
  "groups.sent.end-named": "Take back the invitation for {name}",
  "groups.sent.ended": "The invitation for {name} is void.",
  "groups.safety": "Safety words",
  "groups.safety-what":
    "Everybody who sees the same group sees the same six words, once all are up to date. Where they differ, the server shows you different groups: then stop, and tell each other.",
  "groups.key-due": "This group needs a new key",
  "groups.key-why":
    "The present one may be in other hands: somebody has left with it, or has taken new keys of their own. Until there is a new one, no new secrets are shared.",
  "groups.key-make": "Make a new key",
  "groups.key-made": "{group} has a new key.",
  "groups.manage": "This group",
  "groups.manage-rename": "Rename",
  "groups.manage-leave": "Leave …",
  "groups.manage-close": "Close …",
  "groups.last-owner": "You are the only owner. To leave, make somebody else an owner first.",
  "groups.renamed": "The group is called {name} now, for everybody in it.",
  "groups.leave-sure": "Leave {group}",
  "groups.leave-what.one":
    "You leave {group}. Its account goes from this device at once; those who stay keep it, and are asked to make a new key.",
  "groups.leave-what.other":
    "You leave {group}. Its {count} accounts go from this device at once; those who stay keep them, and are asked to make a new key.",
  "groups.left": "You have left {group}.",
  "groups.close-sure": "Close it for good",
  "groups.close-what":
    "Nobody can change anything in this group any more, and it can’t be opened again. What is in it stays on the devices of those who are in it now.",
  "groups.closed": "{group} is closed.",
  "groups.put-away": "Put this group away",
  "groups.put-away.keep": "Put it away, and keep the accounts as mine alone",
  "groups.put-away.delete": "Put it away with its accounts …",
  "groups.put-away.sure": "Delete them from this device",
  "groups.put-away.what.one":
    "{count} account of this group is deleted from this device, past the trash. If you are not sure, keep it.",
  "groups.put-away.what.other":
    "{count} accounts of this group are deleted from this device, past the trash. If you are not sure, keep them.",
  "groups.put-away.kept": "{group} is put away. Its accounts are yours alone now.",
  "groups.put-away.gone": "{group} is put away.",
  "groups.reenrol-left.one": "{names} could read {count} secret that is still in use.",
  "groups.reenrol-left.other": "{names} could read {count} secrets that are still in use.",
  "groups.reenrol-open": "See the list",
  "reenrol.why":
    "Whoever was removed, or has a device of yours, may have copied these secrets, and their codes go on working. At each service switch two-step sign-in off and on again, and save the new secret here: that ends it. An account whose secret you replace is ticked by itself.",
  "reenrol.none": "There is nothing to set up anew.",
  "reenrol.title": "After {name} was removed",
  "reenrol.title-group": "After {name} was removed from {group}",
  "reenrol.title-device": "After you lost “{name}”",
  "reenrol.title-some-device": "After you lost a device",
  "reenrol.lost-device": "A device of yours",
  "reenrol.noted": "Noted on {date}.",
  "reenrol.device-only":
    "These came to it by your groups. What was kept on that device alone, or was brought there by a backup, is not in this list.",
  "reenrol.left.one": "{count} account is left.",
  "reenrol.left.other": "{count} accounts are left.",
  "reenrol.all-done": "All done.",
  "reenrol.removed": "Removed on {date}.",
  "reenrol.others": "Who else can read them: {names}.",
  "reenrol.since": "could be read since {date}",
  "reenrol.gone": "An account that is not here any more",
  "reenrol.in-trash": "in the trash",
  "reenrol.open": "Open",
  "reenrol.open-named": "Open {name}",
  "reenrol.sure.one":
    "{count} secret that {name} could read is still in use. Without the list nobody is reminded of it.",
  "reenrol.sure.other":
    "{count} secrets that {name} could read are still in use. Without the list nobody is reminded of them.",
  "reenrol.put-away": "Put this list away",
} as const satisfies Record<string, string>;
