// Draws the modules that the page carries as ones and zeros, with the quiet zone of four around them.
for (const canvas of document.querySelectorAll("canvas[data-modules]")) {
  const size = Number(canvas.dataset.size);
  const scale = canvas.width / (size + 8);
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#000";
  for (const [index, module] of [...canvas.dataset.modules].entries()) {
    if (module === "0") continue;
    const left = Math.round(((index % size) + 4) * scale);
    const top = Math.round((Math.floor(index / size) + 4) * scale);
    const right = Math.round(((index % size) + 5) * scale);
    const bottom = Math.round((Math.floor(index / size) + 5) * scale);
    context.fillRect(left, top, right - left, bottom - top);
  }
}
