/** As many tries as a person needs who has forgotten which password it was, and no guesser can live on. */
export const BY_ADDRESS = { burst: 30, perMinute: 10 };
export const BY_PERSON = { burst: 10, perMinute: 1 };
