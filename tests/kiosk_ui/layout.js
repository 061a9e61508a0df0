/* What a picture of the page would show: text that leaves its box or the glass, or stands on other text.
   A line's box is higher than its letters, and neighbours' boxes may touch: `spare` is the part above and below them. */
(spare) => {
  const shown = [...document.body.querySelectorAll("*")].filter(
    (element) => element.checkVisibility() && !element.closest(".visually-hidden, iframe"));
  const texts = shown.flatMap((element) => [...element.childNodes]
    .filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
    .map((node) => ({ element, said: node.data.trim().slice(0, 60), lines: linesOf(node) })));

  function linesOf(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].map(({ left, right, top, bottom, height }) =>
      ({ left, right, top: top + spare * height, bottom: bottom - spare * height }));
  }
  const leaves = (one, box) =>
    one.left < box.left - 1 || one.right > box.right + 1 || one.top < box.top - 1 || one.bottom > box.bottom + 1;
  const covers = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;

  const glass = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const faults = [];
  for (const { element, said, lines } of texts) {
    const leave = (box) => lines.some((line) => leaves(line, box));
    if (leave(glass)) faults.push(["off the screen", said]);
    const box = element.closest("button, .agency-bar, .toolbar, .top, .tile");
    if (box && leave(box.getBoundingClientRect())) faults.push(["out of its box", said]);
    for (let up = element; up; up = up.parentElement) {
      if (getComputedStyle(up).overflowX !== "visible" && leave(up.getBoundingClientRect())) faults.push(["cut off", said]);
    }
  }
  texts.forEach((one, n) => texts.slice(n + 1).forEach((other) => {
    const over = one.lines.some((line) => other.lines.some((below) => covers(line, below)));
    if (one.element !== other.element && over) faults.push(["on other text", one.said, other.said]);
  }));
  for (const thing of shown.filter((element) => element.matches("button, .tile, .qr, .icon"))) {
    const box = thing.getBoundingClientRect();
    if (leaves(box, glass)) faults.push(["off the screen", thing.dataset.key || thing.className]);
    if (!thing.matches("button")) continue;
    for (const { element, said, lines } of texts) {
      if (!thing.contains(element) && lines.some((line) => covers(line, box))) faults.push(["under a key", said]);
    }
  }
  return faults;
}
