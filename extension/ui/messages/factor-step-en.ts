/** The sentences of the step in which a second factor is shown, beside those of the section Teams. See addMessages. */
export const factorStepEn = {
  "teams.refused.factor-needed": "For this {host} wants a second factor of yours.",
  "teams.refused.factor-again":
    "For this {host} wants a second factor of yours again: the last one was shown too long ago.",
  "teams.refused.factor-missing":
    "For this {host} wants a second factor, and you have none that counts there. Set one up first.",
  "teams.refused.too-slow":
    "More than ten minutes have gone by since you gave your passphrase, so {host} wants it once more. Sign in again.",
  "teams.refused.factor-cancelled": "You did not show a second factor, so nothing was done at {host}.",
  "teams.change.wants-factor":
    "The passphrase of this vault is changed. Before {host} takes it too, it wants a second factor of yours.",
  "teams.change.no-factor":
    "At {host} the former one still counts, because you did not show a second factor.",
  "teams.sessions.waits": "They are listed here as soon as that is done.",
  "teams.register.factor-cancelled":
    "You are registered at {host}, but not signed in: a second factor is still to be set up. Press “Register” again, now or later with the same code and the same address, and it goes on there.",

  "factors.refused.wrong-code":
    "This code is not right. Look whether it is the newest one, and whether it is for your account at this server; then type it again.",
  "factors.refused.wrong-recovery-code":
    "This recovery code is not right. Compare it with your paper, letter by letter, and see whether that is your newest set.",
  "factors.refused.used-code":
    "This code was right, and has been used: each is good once. Wait for the next one, then type that.",
  "factors.refused.clock-ahead":
    "The clock of the device that shows the code is {time} ahead. Set it by the network, then type the next code.",
  "factors.refused.clock-behind":
    "The clock of the device that shows the code is {time} behind. Set it by the network, then type the next code.",
  "factors.refused.challenge-over":
    "That took too long, or was wrong too often. Try again from the beginning.",
  "factors.refused.sent-another":
    "That code came too late, or there were too many wrong ones. Another one is on its way: type that.",
  "factors.refused.no-such-factor": "This second factor is not there any more. Take another one.",
  "factors.refused.no-such-module": "{host} offers this kind of second factor no longer. Take another one.",
  "factors.refused.malformed": "{host} does not take this. Look for a slip in what you typed, then go on.",
  "factors.refused.wait":
    "There were too many tries in a row, and perhaps not all of them yours. Wait {time}, then try again.",
  "factors.refused.not-reached":
    "{host} could not reach the system that sends or checks the codes. Try again in a while, or take another factor.",
  "factors.refused.business": "The system that checks the codes says: “{reason}” ({facts})",
  "factors.refused.wrong-credential":
    "{host} does not know this passkey or security key. Take the one that you set up there.",
  "factors.refused.needs-another":
    "Recovery codes are for when another factor is lost: set up another one first.",
  "factors.refused.too-many":
    "You have as many second factors, or as many of this kind, as {host} keeps. Remove one first.",
  "factors.refused.last-factor":
    "It is your last one: without it your passphrase alone lets in at {host}, and your recovery codes go too.",
  "factors.refused.factor-required":
    "{host} wants a second factor of you, and this is the last one. Set up another one first.",
  "factors.refused.already-bound":
    "You have a second factor at {host} that leads there already. Take another address or number.",
  "factors.refused.typed-passphrase":
    "This is your passphrase. It was not sent: no server must ever see it, whatever its form says. If the form asked for it, tell whoever runs {host}, and do not sign in there.",
  "factors.refused.typed-kit":
    "This looks like your recovery kit, or the code of a device. It was not sent: no server must ever see it, whatever its form says. If the form asked for it, tell whoever runs {host}, and do not sign in there.",
  "factors.refused.typed-too-long": "No code is so long. Nothing was sent.",
  "factors.refused.reset-kit":
    "This recovery key is not the one that counts at {host}. Compare it with your newest kit.",
  "factors.refused.reset-no-factor": "There is no second factor to be taken away.",
  "factors.refused.reset-not-asked":
    "Nobody has asked {host} to take the second factors away, or it was stopped. Ask for it first.",
  "factors.refused.reset-too-early": "The wait that was announced is not over yet.",
  "factors.refused.reset-rank": "Only administrators of {host} may do that.",
  "teams.recover.done-outside":
    "You are back at {host}, with a new recovery kit and this vault’s passphrase. To be signed in there, a second factor is still to be shown.",
  "groups.trouble.factor-needed":
    "{host} wants a second factor of yours before it tells this device anything new. Show one in the section Teams.",
  "groups.trouble.factor-missing":
    "{host} wants a second factor of you before it tells this device anything new. Set one up in the section Teams.",
  "factors.step.show": "Show a second factor",
  "factors.step.waits":
    "{host} wants a second factor of yours on this device. Until then nothing new arrives here, and nothing is sent.",
  "factors.step.title": "Second factor for {host}",
  "factors.step.after-passphrase": "Your passphrase is right. One thing more is wanted, which only you have.",
  "factors.step.strong-only": "A strong one is wanted here. Good for signing in only: {names}.",
  "factors.step.shows": "{name} ({kind})",
  "factors.step.go-on": "Go on",
  "factors.step.again-in": "Send another code in {time}",
  "factors.step.which": "Which second factor do you have at hand?",
  "factors.step.use": "Use",
  "factors.step.use-named": "Use {name}",
  "factors.step.another": "Use another one",
  "factors.step.back": "Back",
  "factors.step.lost-it": "I have lost it",
  "factors.step.lost-all": "I have lost all of them",
  "factors.step.first":
    "{host} wants a second factor beside your passphrase, and you have none that counts there. Set one up now; then everything goes on.",
  "factors.step.none-possible":
    "{host} wants a second factor beside your passphrase, and offers none that can be set up in this browser. Ask whoever runs it.",
  "factors.step.reset-pending":
    "The removal of all your second factors was asked for at {host}, for {date}. If it was not you, show one of them now, then stop it under Second factors.",
  "factors.step.reset-due":
    "The removal of all your second factors was asked for at {host}, and the wait is over since {date}. If it was not you, show one of them now, then stop it under Second factors. If it was, press below that you have lost it.",
  "factors.lost.title": "All of them are lost",
  "factors.lost.other-device":
    "Have another look first: recovery codes on paper, the phone, a security key, or Countersign on another device, if it has the codes for {host} too.",
  "factors.lost.kit":
    "With your recovery kit you can have all your second factors at {host} removed. That is announced to all your devices at once and done after a wait, so that nobody who stole the kit gets in unseen.",
  "factors.lost.kit-stays": "It stays on this device. {host} gets only a signature made with it.",
  "factors.lost.ask": "Ask for the removal",
  "factors.lost.waits":
    "It was asked for on {asked}. From {due} on, sign in at {host} again and come back to this place with your recovery kit. Until then, anybody who can show one of your second factors can stop it.",
  "factors.lost.due":
    "It was asked for on {date}, and the wait is over. Give your recovery kit once more, and all your second factors are removed: then your passphrase alone lets in, until you set up a new one.",
  "factors.lost.finish": "Remove all second factors",
  "factors.lost.administrator":
    "Without the kit: ask whoever runs {host}. They can remove your second factors, and everybody in your groups is told. It opens nothing of yours to them.",
  "factors.passkey.firefox":
    "Firefox lets no extension use passkeys. Take another second factor, or sign in in Chromium, Chrome or Edge.",
  "factors.passkey.cancelled":
    "The browser got no passkey: it was cancelled, took too long, or there is none for {host} here. Try again.",
  "factors.passkey.not-supported":
    "This browser or this key can’t do what {host} asks for. Take another one.",
  "factors.passkey.failed": "The passkey or security key broke off. Try again.",
  "factors.passkey.not-permitted":
    "The browser asks for a passkey in the name of {host} only if this extension may have access to that address. It is used for this moment and given back. Try again and allow it.",
  "factors.passkey.already-here": "There is a passkey for {host} on this device already. Use that one.",
  "factors.passkey.malformed": "{host} asked for a passkey in a way that no browser understands.",
  "factors.passkey.other-host":
    "{host} asked for the passkey of another address. It was not asked for, and nothing was sent.",
  "factors.time.seconds.one": "{count} second",
  "factors.time.seconds.other": "{count} seconds",
  "factors.time.minutes.one": "{count} minute",
  "factors.time.minutes.other": "{count} minutes",
};
