import { createElement as h, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";

// As Authing's own component has them (github.com/Authing/authing-mfa-component): six boxes for telephone numbers with
// no name, no id and room for two characters each, so that a digit can be typed over another one; a line between the
// third and the fourth. React holds what stands in each, and the focus follows.
const LENGTH = 6;

function Boxes({ onCode, onFull }) {
  const [digits, setDigits] = useState([]);
  const [current, setCurrent] = useState(0);
  const boxes = useRef([]);
  useEffect(() => boxes.current[current]?.focus(), [current]);

  const keep = (next) => {
    setDigits(next);
    onCode(next.join(""));
  };
  const change = (index, text) => {
    // The browser's own code filling puts the whole code into one box.
    if (text.length === LENGTH) {
      keep([...text]);
      return setCurrent(LENGTH - 1);
    }
    const before = digits[index] ?? "";
    const typed = [...text].find((digit) => digit !== before) ?? text.slice(-1);
    const digit = /^\d$/.test(typed) ? typed : "";
    const next = [...digits];
    next[index] = digit;
    keep(next);
    if (digit !== "" && index < LENGTH - 1) setCurrent(index + 1);
    if (index === LENGTH - 1 && next.filter(Boolean).length === LENGTH) onFull();
  };
  const keyDown = (index, key) => {
    if (key !== "Backspace" || digits[index] || index === 0) return;
    change(index - 1, "");
    boxes.current[index - 1].focus();
  };
  const paste = (event) => {
    event.preventDefault();
    const text = event.clipboardData.getData("text").slice(0, LENGTH);
    if (!/^\d/.test(text)) return;
    keep([...text]);
    setCurrent(Math.min(text.length, LENGTH - 1));
  };

  const inputs = Array.from({ length: LENGTH }, (_, index) => [
    h("input", {
      key: index,
      ref: (box) => {
        boxes.current[index] = box;
      },
      type: "tel",
      pattern: "[0-9]*",
      maxLength: 2,
      className: "authing-g2-code-input-item",
      style: { width: "46px", minWidth: "46px", height: "46px" },
      value: digits[index] ?? "",
      onChange: ({ target }) => change(index, target.value),
      onKeyDown: ({ key }) => keyDown(index, key),
      onFocus: () => setCurrent(index),
    }),
    index === LENGTH / 2 - 1 &&
      h("div", { key: "line", className: "ant-divider authing-g2-code-input-divider", role: "separator" }),
  ]);
  return h("div", { className: "boxes authing-g2-code-input", onPaste: paste }, inputs);
}

/** Draws the boxes into an element, at once; the function it gives back says what stands in them. @param onFull after the last digit */
export function drawBoxes(place, onFull) {
  let code = "";
  const onCode = (text) => {
    code = text;
  };
  flushSync(() => createRoot(place).render(h(Boxes, { onCode, onFull })));
  return () => code;
}
