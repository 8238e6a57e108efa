/** The sentences of the step in which a second factor is shown, beside those of the section Teams. See addMessages. */
export const factorStepEn = {
  "teams.refused.factor-needed": "For this {host} wants a second factor of yours.",
  "teams.refused.factor-again":
    "For this {host} wants a second factor of yours again: the last one was shown too long ago.",
  "teams.refused.factor-missing":
    "For this {host} wants a second factor, and you have none that counts there. Set one up first.",
  "teams.refused.factor-cancelled":
    "You did not show a second factor, so you are not signed in at {host}. Nothing was changed.",

  "factors.refused.wrong-code":
    "This is not the code now. Compare whose it is and which server it is for, and type the one that is shown at this moment.",
  "factors.refused.used-code":
    "This code was right, and has been used: each is good once. Wait for the next one, then type that.",
  "factors.refused.clock-ahead":
    "The clock of the device that shows the code is {time} ahead. Set it by the network, then type the next code.",
  "factors.refused.clock-behind":
    "The clock of the device that shows the code is {time} behind. Set it by the network, then type the next code.",
  "factors.refused.challenge-over":
    "That took too long, or was wrong too often. Try again from the beginning.",
  "factors.refused.no-such-factor": "This second factor is not there any more. Take another one.",
  "factors.refused.no-such-module": "{host} offers this kind of second factor no longer. Take another one.",
  "factors.refused.malformed": "{host} can’t read this as what it asked for. Look at it again.",
  "factors.refused.wait": "Too many wrong tries. Wait {time}, then try again.",
  "factors.refused.not-reached":
    "{host} could not reach the system that sends or checks the codes. Try again in a while, or take another factor.",
  "factors.refused.business": "The system that checks the codes says: “{reason}”",
  "factors.refused.business-code": "The system that checks the codes says: “{reason}” ({code})",
  "factors.refused.wrong-credential":
    "{host} does not know this passkey or security key. Take the one that you set up there.",
  "factors.refused.needs-another":
    "Recovery codes are for when another factor is lost: set up another one first.",
  "factors.refused.too-many": "You have as many second factors as {host} keeps. Remove one first.",
  "factors.refused.last-factor":
    "It is your last one: without it your passphrase alone lets in at {host}, and your recovery codes go too.",
  "factors.refused.factor-required":
    "{host} wants a second factor of you, and this is the last one. Set up another one first.",
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
  "factors.time.seconds.one": "{count} second",
  "factors.time.seconds.other": "{count} seconds",
  "factors.time.minutes.one": "{count} minute",
  "factors.time.minutes.other": "{count} minutes",
};
