import type { Asked, Begun, Kept } from "../../../server/mfa/module.ts";
import { webauthnKind } from "../../../server/mfa/modules/webauthn.ts";
import type { SoftwareAuthenticator, Twist } from "../../support/software-authenticator.ts";
import { askedWith, beginFactor, mustGive, siteWith } from "./asked.ts";

export const site = siteWith();
export const PAGE = `chrome-extension://${site.extensionIds[0]}`;
export const module = webauthnKind.make({}, site);
export const SECURITY_KEY = { algorithm: "ES256", counts: true } as const;
export const WRONG = { ok: false, error: { reason: "wrong-credential" } };

/** What the browser is to be asked. */
export function optionsOf(shown: Begun["shown"]): string {
  const [first] = shown;
  if (first?.kind !== "credential") throw Error("no options were shown");
  return first.options;
}

/** Sets one up, with an answer that may be twisted. */
export async function setUp(
  authenticator: SoftwareAuthenticator,
  twist: Twist = {},
  asked: Asked = askedWith(),
) {
  const { factor, challenge, shown } = await beginFactor(module, asked);
  const credential = authenticator.create(optionsOf(shown), twist);
  return module.verify(asked, { factor, challenge, isSetUp: false }, { credential });
}

/** What is kept of one that is set up. */
export async function isSetUp(authenticator: SoftwareAuthenticator): Promise<Kept> {
  return (await mustGive(setUp(authenticator))).kept;
}

/** Asks for one that is set up. */
export async function ask(factor: Kept, asked: Asked = askedWith()) {
  const { kept: challenge, shown } = await mustGive(module.beginChallenge(asked, factor));
  const answer = (credential: string, state: Kept = factor) =>
    module.verify(asked, { factor: state, challenge, isSetUp: true }, { credential });
  return { options: optionsOf(shown), answer };
}
