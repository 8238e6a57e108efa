/** How much of each there may be. */
export const MOST = {
  /** Of one person, of all kinds. */
  factors: 20,
  /** Characters of what somebody calls one. */
  name: 64,
  challenges: { burst: 60, perMinute: 30 },
  /** Each sends a message to somebody. */
  messages: { burst: 6, perMinute: 0.5 },
  /** Of those, in a day: whoever has somebody's password must not have the server write to them, and pay, without end. */
  messagesADay: { burst: 40, perMinute: 40 / (24 * 60) },
  /** Those of them that go where nobody has shown yet that it is theirs: whoever is signed in says where, and somebody pays. */
  firstMessages: { burst: 10, perMinute: 10 / (24 * 60) },
  /** Mails that tell somebody of one kind of change. Each could be the one that matters, so more than anybody makes in a day. */
  notices: { burst: 10, perMinute: 10 / (24 * 60) },
  /** Lines of what was done about somebody's factors, of each kind of deed: the latest are kept. */
  activity: 30,
} as const;

/** How long one that was begun and not proven stays. */
export const UNPROVEN_MS = 60 * 60_000;
