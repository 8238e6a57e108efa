import { LANGUAGES, type Language } from "../../extension/ui/i18n.ts";
import { wordsIn } from "../e2e/words.ts";
import { launchExtension } from "../support/extension.ts";
import { Camera, PICTURES } from "./camera.ts";
import { log } from "./log.ts";
import { PictureBook } from "./picture-book.ts";

const LANGUAGE_NAMES: Record<Language, string> = { en: "English", "zh-CN": "Chinese" };

/** Takes pictures of every screen, in both languages and themes, into demo/. */
export async function takePictures(): Promise<void> {
  // As sharp as a good display shows it.
  const browser = await launchExtension({ scale: 2 });
  const camera = new Camera();
  try {
    const book = new PictureBook(browser, camera);
    for (const language of LANGUAGES)
      await log.step(`Before the first account, in ${LANGUAGE_NAMES[language]}`, async () => {
        await book.turnTo(language, wordsIn(language));
        await book.firstScreens();
      });
    for (const language of LANGUAGES)
      await log.step(`Restoring a backup, in ${LANGUAGE_NAMES[language]}`, async () => {
        await book.turnTo(language, wordsIn(language));
        await book.restore(language === LANGUAGES.at(-1) ? "restore" : "only-look");
      });
    for (const language of LANGUAGES) {
      await log.step(`The popup, in ${LANGUAGE_NAMES[language]}`, async () => {
        await book.turnTo(language, wordsIn(language));
        await book.popupScreens();
      });
      await log.step(`Area, camera and other windows, in ${LANGUAGE_NAMES[language]}`, () =>
        book.scanWindows(),
      );
      await log.step(`The full page, in ${LANGUAGE_NAMES[language]}`, () => book.pageScreens());
    }
  } finally {
    await browser.close();
  }
  log.line(`${camera.taken} pictures are in ${PICTURES}`);
}
