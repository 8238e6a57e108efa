import { client, ready } from "@serenity-kit/opaque";
import { KEY_STRETCHING } from "./key-stretching.ts";

/** What a sign-in is bound to on both sides: the person's login id, and the server's id. */
export type Identifiers = { readonly client: string; readonly server: string };

type Finish = {
  readonly password: string;
  readonly state: string;
  readonly response: string;
  readonly identifiers: Identifiers;
};

/** The two halves of registering and of signing in (RFC 9807). Everything is base64url. */
export type OpaqueRequest =
  | { readonly kind: "start-registration" | "start-sign-in"; readonly password: string }
  | ({ readonly kind: "finish-registration" | "finish-sign-in" } & Finish);

export type OpaqueReply =
  | { readonly kind: "started"; readonly state: string; readonly request: string }
  | {
      readonly kind: "finished";
      /** The record to register with, or the message that ends the sign-in. */
      readonly message: string;
      readonly exportKey: string;
      readonly staticKey: string;
    }
  /** The password is not the one that was registered, or the server has no such record. */
  | { readonly kind: "refused" }
  | { readonly kind: "failed" };

// The compiler knows this file as part of a page; as a worker its global talks to the page that started it.
const page = globalThis as unknown as {
  postMessage(reply: OpaqueReply): void;
  addEventListener(type: "message", listener: (event: MessageEvent<OpaqueRequest>) => void): void;
};

page.addEventListener("message", async ({ data }) => {
  try {
    await ready;
    page.postMessage(answer(data));
  } catch {
    page.postMessage({ kind: "failed" });
  }
});

function answer(request: OpaqueRequest): OpaqueReply {
  const { password } = request;
  switch (request.kind) {
    case "start-registration": {
      const { clientRegistrationState, registrationRequest } = client.startRegistration({ password });
      return { kind: "started", state: clientRegistrationState, request: registrationRequest };
    }
    case "start-sign-in": {
      const { clientLoginState, startLoginRequest } = client.startLogin({ password });
      return { kind: "started", state: clientLoginState, request: startLoginRequest };
    }
    case "finish-registration": {
      const { registrationRecord, exportKey, serverStaticPublicKey } = client.finishRegistration({
        password,
        registrationResponse: request.response,
        clientRegistrationState: request.state,
        identifiers: request.identifiers,
        keyStretching: KEY_STRETCHING,
      });
      return { kind: "finished", message: registrationRecord, exportKey, staticKey: serverStaticPublicKey };
    }
    case "finish-sign-in": {
      const finished = client.finishLogin({
        password,
        loginResponse: request.response,
        clientLoginState: request.state,
        identifiers: request.identifiers,
        keyStretching: KEY_STRETCHING,
      });
      if (finished === undefined) return { kind: "refused" };
      const { finishLoginRequest, exportKey, serverStaticPublicKey } = finished;
      return { kind: "finished", message: finishLoginRequest, exportKey, staticKey: serverStaticPublicKey };
    }
  }
}
