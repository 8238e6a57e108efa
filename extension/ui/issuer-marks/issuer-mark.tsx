import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { issuerMark } from "./choose-mark.ts";
import "./issuer-mark.css";

type Props = {
  readonly issuer: string;
  readonly account: string;
  readonly sites: readonly string[];
  /** A picture the person brought along, as a data URL; anything else is passed over, so nothing is ever fetched. */
  readonly icon: string | null;
  /** CSS pixels. */
  readonly size?: number;
};

/** The mark of an entry's issuer. Decorative: the issuer's name stands beside it in words. */
export function IssuerMark({ issuer, account, sites, icon, size = 36 }: Props): JSX.Element {
  const [brokenIcon, setBrokenIcon] = useState<string | null>(null);
  const box = { inlineSize: `${size}px`, blockSize: `${size}px` };
  if (icon?.startsWith("data:image/") && icon !== brokenIcon) {
    return (
      <span class="issuer-mark" style={box} aria-hidden="true">
        <img src={icon} alt="" decoding="async" onError={() => setBrokenIcon(icon)} />
      </span>
    );
  }
  const mark = issuerMark({ issuer, account, sites });
  return (
    <span class="issuer-mark" style={{ ...box, backgroundColor: mark.colour }} aria-hidden="true">
      {mark.kind === "drawing" ? (
        <img class="drawing" src={`/issuer-marks/${mark.slug}.svg`} alt="" decoding="async" />
      ) : (
        <span style={{ fontSize: `${Math.round(size * 0.44)}px` }}>{mark.letter}</span>
      )}
    </span>
  );
}
