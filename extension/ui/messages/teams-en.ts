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
    "It takes your passphrase and your recovery kit: the sheet of paper from when you registered.",
  "teams.device.from-picture": "Read a picture of the kit",
  "teams.device.picture-nothing":
    "There is no QR code of a recovery kit in this picture. Take a sharper one, or type what is on the paper.",
  "teams.device.picture-read": "The kit was read from the picture.",
  "teams.device.kit": "Recovery key",
  "teams.device.kit-hint": "It begins with CSR1-. Upper or lower case, blanks and line breaks don’t matter.",
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
    "To connect another device: Countersign, Teams, “Connect this device”. It asks for this key and for your passphrase. Keep both apart.",
  "teams.kit.sheet-qr": "QR code of the recovery kit",
  "teams.kit.gone": "This kit has been checked, so no device has it any more. It is on your paper alone.",
  "teams.server.signed-in": "Signed in as {email}",
  "teams.server.signed-out": "Signed out. You are {email} here.",
  "teams.server.since": "Connected since {date}",
  "teams.server.damaged":
    "What this device had of this server is damaged. Disconnect it here, and connect it again with your kit.",
  "teams.again.title": "Sign in again",
  "teams.again.why": "What you have stays on this device. Nothing new arrives until you sign in.",
  "teams.again.passphrase": "The passphrase of your vault",
  "teams.again.passphrase-other": "The passphrase you registered with, not that of the vault here",
  "teams.again.other-than-vault":
    "That opens this vault, but at the server you have another passphrase: the one you registered with. Please type that.",
  "teams.again.action": "Sign in",
  "teams.again.working": "Signing in …",
  "teams.again.done": "Signed in at {host}.",
  "teams.sign-out": "Sign out",
  "teams.signed-out": "Signed out of {host}. What you have stays here.",
  "teams.signed-out-untold":
    "Signed out of {host} on this device. The server could not be told; the session ends there by itself after a week.",
  "teams.disconnect": "Disconnect",
  "teams.disconnect-what":
    "This device forgets {host} and your keys for it. To connect it again you need your recovery kit and your passphrase.",
  "teams.disconnect-unchecked":
    "You have not checked your recovery kit yet. Without it you can’t come back, and what only you can open there is lost for good.",
  "teams.disconnect-sure": "Disconnect from {host}",
  "teams.disconnected": "This device is not connected to {host} any more.",
  "teams.sessions": "Devices that are signed in",
  "teams.sessions.this": "This device",
  "teams.sessions.another": "Another device",
  "teams.sessions.this-named": "{name} (this device)",
  "teams.sessions.times": "Signed in {made}, last used {used}",
  "teams.sessions.end": "End",
  "teams.sessions.end-named": "End the session from {made}",
  "teams.sessions.ended": "That device is signed out.",
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
  "teams.refused.keys-damaged":
    "What {host} sent as your keys was not made by a device of yours. Nothing was taken, and no new keys were made. Tell whoever runs the server.",
  "teams.refused.keys-newer-version":
    "Your keys were written by a newer version of Countersign. Update this extension.",
  "teams.refused.rolled-back":
    "{host} showed older keys than this device has seen. Nothing was taken. Tell whoever runs the server: it may have been put back to an old backup.",
  "teams.refused.otherwise": "{host} refuses this. Nothing was changed.",
} as const satisfies Record<string, string>;
