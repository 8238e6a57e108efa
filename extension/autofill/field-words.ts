import { matcher } from "./match-words.ts";
import * as other from "./other-words.ts";
import * as otp from "./otp-words.ts";

/** Every question that is asked of a page's words while a field is judged. */
export const says = {
  app: matcher(otp.APP_WORDS),
  someApp: matcher(otp.SOME_APP_WORDS),
  factor: matcher(otp.FACTOR_WORDS),
  oneTime: matcher(otp.ONE_TIME_WORDS),
  verification: matcher(otp.VERIFY_WORDS),
  code: matcher(otp.CODE_WORDS),
  pin: matcher(otp.PIN_WORDS),
  captcha: matcher(other.CAPTCHA_WORDS),
  recovery: matcher(other.RECOVERY_WORDS),
  sentName: matcher(other.SENT_NAME_WORDS),
  sentText: matcher(other.SENT_TEXT_WORDS),
  delivery: matcher(other.DELIVERY_NAME_WORDS),
  sendButton: matcher(other.SEND_BUTTON_WORDS),
  plainSend: matcher(other.PLAIN_SEND_WORDS),
  otherCode: matcher(other.OTHER_CODE_WORDS),
  identity: matcher(other.IDENTITY_WORDS),
  alternative: matcher(other.ALTERNATIVE_WORDS),
  signIn: matcher(other.SIGN_IN_BUTTON_WORDS),
  phone: matcher(other.PHONE_WORDS),
  email: matcher(other.EMAIL_WORDS),
};
