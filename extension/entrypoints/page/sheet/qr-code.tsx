import { qrPath } from "./qr-path.ts";

/** A QR code on paper or on the screen. @param props.label says what it is of */
export function QrCode(props: { text: string; label: string; on?: "paper" | "screen" }) {
  const { text, label, on = "paper" } = props;
  const { path, size } = qrPath(text, on === "paper" ? "medium" : "low");
  return (
    <svg
      class="sheet-qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      style={{ "--modules": size }}
      shape-rendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}
