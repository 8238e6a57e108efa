import { type MessageKey, t } from "../ui/i18n.ts";
import { Glyph, type GlyphName } from "../ui/icons.tsx";
import { useFocus } from "../ui/use-focus.ts";

export type WayIn = "scan" | "area" | "image" | "camera" | "screen" | "type" | "restore";

const WAYS: readonly { way: WayIn; glyph: GlyphName; title: MessageKey; detail: MessageKey }[] = [
  { way: "scan", glyph: "scan", title: "add.scan", detail: "add.scan-detail" },
  { way: "area", glyph: "area", title: "add.area", detail: "add.area-detail" },
  { way: "image", glyph: "image", title: "add.image", detail: "add.image-detail" },
  { way: "camera", glyph: "camera", title: "add.camera", detail: "add.camera-detail" },
  { way: "screen", glyph: "window", title: "add.screen", detail: "add.screen-detail" },
  { way: "type", glyph: "keyboard", title: "add.type", detail: "add.type-detail" },
  { way: "restore", glyph: "refresh", title: "add.restore", detail: "add.restore-detail" },
];

/**
 * The ways in as a list of buttons; also what an empty vault shows in place of codes.
 *
 * @param props.only these alone, where the others make no sense; all of them otherwise
 * @param props.focused the way that has the focus at first; null where it stays where it is
 */
export function WaysIn(props: {
  only?: readonly WayIn[];
  focused?: WayIn | null;
  onChoose: (way: WayIn) => void;
}) {
  const { only, focused = "scan" } = props;
  const first = useFocus<HTMLButtonElement>();
  const ways = only ? WAYS.filter(({ way }) => only.includes(way)) : WAYS;
  return (
    <div class="choices">
      {ways.map(({ way, glyph, title, detail }) => (
        <button
          key={way}
          type="button"
          class="choice"
          ref={way === focused ? first : null}
          onClick={() => props.onChoose(way)}
        >
          <Glyph name={glyph} size={22} />
          <span>
            <span class="row-issuer">{t(title)}</span>
            <br />
            <span class="small dim">{t(detail)}</span>
          </span>
        </button>
      ))}
    </div>
  );
}
