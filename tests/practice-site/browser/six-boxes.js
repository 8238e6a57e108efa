// What sites with one box per digit usually do: go on after a digit, back on Backspace, spread out what is pasted.
const boxes = [...document.querySelectorAll("[data-box]")];

for (const [index, box] of boxes.entries()) {
  box.addEventListener("input", () => {
    box.value = box.value.replace(/\D/g, "").slice(-1);
    if (box.value !== "") boxes[index + 1]?.focus();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Backspace" && box.value === "") boxes[index - 1]?.focus();
  });
  box.addEventListener("paste", (event) => {
    event.preventDefault();
    const digits = [...event.clipboardData.getData("text").replace(/\D/g, "")];
    for (const [offset, digit] of digits.entries()) {
      if (boxes[index + offset]) boxes[index + offset].value = digit;
    }
    boxes[Math.min(index + digits.length, boxes.length - 1)].focus();
  });
}
