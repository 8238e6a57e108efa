/** What a page is judged by, for tests that bundle it into pages of their own. */
export { findBareField } from "../../extension/autofill/bare-field.ts";
export { findOtpField } from "../../extension/autofill/find-otp-field.ts";
