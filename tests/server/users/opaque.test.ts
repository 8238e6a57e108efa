import { client, ready, server } from "@serenity-kit/opaque";
import { beforeAll, describe, expect, it } from "vitest";
import { base64urlToBytes } from "../../../shared/bytes.ts";
import vector from "../../vectors/opaque.json" with { type: "json" };

/** Made once, with version 1.1.0 of the library: a later one that can't read it would lock everybody out. */
describe("a password's record that a server has stored", () => {
  beforeAll(() => ready);

  const identifiers = { client: vector.loginId, server: vector.serverId };
  const keyStretching = { "argon2id-custom": vector.argon2id };

  function logIn(password: string) {
    const { clientLoginState, startLoginRequest } = client.startLogin({ password });
    const { serverLoginState, loginResponse } = server.startLogin({
      serverSetup: vector.serverSetup,
      registrationRecord: vector.record,
      startLoginRequest,
      userIdentifier: vector.loginId,
      identifiers,
    });
    const finished = client.finishLogin({
      clientLoginState,
      loginResponse,
      password,
      identifiers,
      keyStretching,
    });
    return finished && { ...finished, serverLoginState };
  }

  it("lets in with that password, and gives the same key to its device", () => {
    const finished = logIn(vector.password);
    if (!finished) throw Error("the password is refused");
    expect(finished.exportKey).toBe(vector.exportKey);
    expect(finished.serverStaticPublicKey).toBe(server.getPublicKey(vector.serverSetup));
    const bytes = base64urlToBytes(finished.exportKey);
    expect(bytes.ok && bytes.value.length).toBe(64);
    const { serverLoginState, finishLoginRequest, sessionKey } = finished;
    expect(server.finishLogin({ serverLoginState, finishLoginRequest, identifiers }).sessionKey).toBe(
      sessionKey,
    );
  });

  it("lets in with no other", () => {
    expect(logIn(`${vector.password} `)).toBeUndefined();
  });
});
