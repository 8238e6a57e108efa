import { openWindow } from "../../../platform/surfaces.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";

/** Of the window that shows what the camera sees, in CSS pixels. */
const CAMERA_SIZE = { width: 640, height: 760 };

/** What to press in the app that one comes from; for the one that shows QR codes only, the way to the camera. */
export function HowToExport() {
  return (
    <details class="import-how">
      <summary>{t("import.how")}</summary>
      <dl class="facts">
        <div>
          <dt>Google Authenticator</dt>
          <dd class="stack tight">
            <span>{t("import.how.google")}</span>
            <div>
              <button
                type="button"
                class="button"
                // Asked for now: an address without the time never switches a camera on by itself.
                onClick={() => void openWindow(`page.html#/camera?at=${Date.now()}`, CAMERA_SIZE)}
              >
                <Glyph name="camera" />
                {t("page.camera")}
              </button>
            </div>
          </dd>
        </div>
        <div>
          <dt>Aegis</dt>
          <dd>{t("import.how.aegis")}</dd>
        </div>
        <div>
          <dt>2FAS</dt>
          <dd>{t("import.how.2fas")}</dd>
        </div>
        <div>
          <dt>{t("import.how.others")}</dt>
          <dd>{t("import.how.others-do")}</dd>
        </div>
        <div>
          <dt>{t("import.how.none")}</dt>
          <dd>{t("import.how.none-do")}</dd>
        </div>
      </dl>
    </details>
  );
}
