import { matcher, pageText } from "./match-words.ts";
import { CAPTCHA_WORDS } from "./other-words.ts";

const namesCaptcha = matcher({
  ...CAPTCHA_WORDS,
  inAttributes: [
    "verify*",
    "code",
    "vcode",
    "validate*",
    "check code",
    "rand*",
    "验证码",
    "驗證碼",
    "refresh",
    "刷新",
    "换",
  ],
});

/** "sure" where the picture names itself, "likely" where only its shape and place speak, null for icons and QR codes. */
export type CaptchaPicture = "sure" | "likely";

const SMALLEST_WIDTH = 48;
const TALLEST = 110;
const FLATTEST = 1.5;

/** Judges pictures beside a field: a captcha is wider than high and about as high as the field. */
export function captchaPicture(pictures: readonly Element[]): CaptchaPicture | null {
  let found: CaptchaPicture | null = null;
  for (const picture of pictures) {
    const shape = shapeOf(picture);
    if (shape === "square") continue;
    const names = ["id", "class", "alt", "title", "name", "src", "onclick"]
      .map((name) => picture.getAttribute(name)?.slice(0, 200) ?? "")
      .filter((text) => !text.startsWith("data:"));
    if (namesCaptcha(pageText(...names))) return "sure";
    if (picture.localName === "img" || shape === "flat") found = "likely";
  }
  return found;
}

function shapeOf(picture: Element): "flat" | "square" | "unknown" {
  const box = picture.ownerDocument.defaultView === null ? null : picture.getBoundingClientRect();
  if (box === null || box.width === 0 || box.height === 0) return "unknown";
  // A picture that has not loaded is drawn as a small icon: its shape says nothing.
  if (picture.localName === "img" && (picture as HTMLImageElement).naturalWidth === 0) return "unknown";
  const flat = box.width / box.height >= FLATTEST && box.width >= SMALLEST_WIDTH && box.height <= TALLEST;
  return flat ? "flat" : "square";
}
