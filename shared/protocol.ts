/** Of the protocol between devices and servers: one that speaks another is told apart before anything is sent. */
export const PROTOCOL = 1;
