/**
 * How OPAQUE stretches the password before anything leaves the device: Argon2id, the second recommended choice of RFC 9106
 * section 4, as for the vault. A constant of the client: no server is asked, so none can ask for less. Memory in KiB.
 */
export const KEY_STRETCHING = {
  "argon2id-custom": { iterations: 3, memory: 64 * 1024, parallelism: 4 },
} as const;
