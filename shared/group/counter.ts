/**
 * The counter of a shared entry that counts its codes may go on by so many at once: as far as services look ahead, or a
 * member used codes without a connection (RFC 4226 section 7.4). More is somebody's mistake, or mischief.
 */
export const MOST_COUNTER_STEPS = 20;
