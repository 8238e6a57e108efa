import type { CDPSession, Page } from "playwright-core";

/** What a virtual authenticator can do; by default it is a device with a fingerprint reader that says yes at once. */
export type AuthenticatorOptions = {
  readonly transport?: "internal" | "usb";
  readonly hasPrf?: boolean;
};

/** An authenticator that the browser offers to one page, and to what that tab is led to afterwards. */
export type VirtualAuthenticator = {
  readonly id: string;
  /** Whether the person touches it when the browser asks. */
  answers(yes: boolean): Promise<void>;
  /** Whether the finger, the face or the PIN is right. */
  recognises(person: boolean): Promise<void>;
  credentials(): Promise<VirtualCredential[]>;
  add(credential: VirtualCredential): Promise<void>;
  remove(): Promise<void>;
};

type Results = Awaited<ReturnType<typeof getCredentials>>;
export type VirtualCredential = Results["credentials"][number];

function getCredentials(session: CDPSession, authenticatorId: string) {
  return session.send("WebAuthn.getCredentials", { authenticatorId });
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** Puts an authenticator of the debugging protocol beside a page; the browser then shows no dialogs of its own there. */
export async function addAuthenticator(
  page: Page,
  { transport = "internal", hasPrf = true }: AuthenticatorOptions = {},
): Promise<VirtualAuthenticator> {
  const session = await sessionOf(page);
  const options = {
    protocol: "ctap2",
    ctap2Version: "ctap2_1",
    transport,
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
    hasPrf,
  } as const;
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options });
  return {
    id: authenticatorId,
    async answers(enabled) {
      await session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
    },
    async recognises(isUserVerified) {
      await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },
    credentials: async () => (await getCredentials(session, authenticatorId)).credentials,
    async add(credential) {
      await session.send("WebAuthn.addCredential", { authenticatorId, credential });
    },
    async remove() {
      await session.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
    },
  };
}

function sessionOf(page: Page): Promise<CDPSession> {
  const known = sessions.get(page);
  if (known !== undefined) return known;
  const opened = page
    .context()
    .newCDPSession(page)
    .then(async (session) => {
      await session.send("WebAuthn.enable");
      return session;
    });
  sessions.set(page, opened);
  return opened;
}
