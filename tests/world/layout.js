/* What a picture of the page would show: text that leaves its box or the glass, or stands on other text.
   A line's box is higher than its letters, and neighbours' boxes may touch: `spare` is the part above and below them.
   A page that `scrolls` is left downwards only; keys are at least `touch` px high and wide. An ellipsis is meant. */
([spare, scrolls, touch]) => {
  const shown = [...document.body.querySelectorAll("*")].filter(
    (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".visually-hidden, iframe, option") && !clipped(element));
  const texts = shown.flatMap((element) => [...element.childNodes]
    .filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
    .map((node) => ({ element, said: node.data.trim().slice(0, 60), lines: linesOf(node) })))
    .map((text) => ({ ...text, lines: text.lines.filter((line) => !hidden(line, text.element)) }));
  const glass = { left: 0, top: 0, right: innerWidth, bottom: scrolls ? Infinity : innerHeight };
  if (scrolls) glass.top = -Infinity;
  const faults = [];

  function clipped(element) { // to nothing: for screen readers only
    for (let up = element; up; up = up.parentElement) if (getComputedStyle(up).clipPath === "inset(50%)") return true;
    return false;
  }
  function linesOf(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].map(({ left, right, top, bottom, height }) =>
      ({ left, right, top: top + spare * height, bottom: bottom - spare * height }));
  }
  function leaves(one, box) {
    return one.left < box.left - 1 || one.right > box.right + 1 || one.top < box.top - 1 || one.bottom > box.bottom + 1;
  }
  function covers(one, other) {
    return Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
      && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;
  }
  /* What scrolls out of its frame, and what an ellipsis stands for, is on no picture. */
  function hidden(line, element) {
    for (let up = element; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      const box = up.getBoundingClientRect();
      const meant = style.textOverflow === "ellipsis" && style.overflowX !== "visible";
      const clamped = style.webkitLineClamp !== "none";
      if (clamped && line.top > box.bottom - 2) return true;
      if (meant || clamped) { line.left = Math.max(line.left, Math.min(box.left, line.right)); line.right = Math.min(line.right, box.right); }
      const rolls = /auto|scroll/;
      if (rolls.test(style.overflowX)) {
        if (line.left > box.right - 1 || line.right < box.left + 1) return true;
        line.left = Math.max(line.left, box.left); line.right = Math.min(line.right, box.right);
      }
      if (rolls.test(style.overflowY)) {
        if (line.top > box.bottom - 1 || line.bottom < box.top + 1) return true;
        line.top = Math.max(line.top, box.top); line.bottom = Math.min(line.bottom, box.bottom);
      }
    }
    return false;
  }

  for (const { element, said, lines } of texts) {
    const leave = (box) => lines.some((line) => leaves(line, box));
    if (leave(glass)) faults.push(["off the screen", said]);
    const box = element.closest("button, .button, .agency-bar, .toolbar, .top, .tile, .card, td, th");
    if (box && leave(box.getBoundingClientRect())) faults.push(["out of its box", said]);
    for (let up = element; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflowX !== "visible" && leave(up.getBoundingClientRect())) faults.push(["cut off", said]);
    }
  }
  texts.forEach((one, n) => texts.slice(n + 1).forEach((other) => {
    const over = one.lines.some((line) => other.lines.some((below) => covers(line, below)));
    if (one.element !== other.element && over && onTop(one.element) === onTop(other.element)) faults.push(["on other text", one.said, other.said]);
  }));
  /* What a sticky heading or an open panel covers comes out from under it. */
  function onTop(element) {
    for (let up = element; up && up !== document.body; up = up.parentElement) {
      if (/sticky|fixed/.test(getComputedStyle(up).position) || up.matches("dialog")) return up;
    }
    return null;
  }
  for (const thing of shown.filter((element) => element.matches("button, .tile, .qr, .icon"))) {
    const box = thing.getBoundingClientRect();
    if (leaves(box, glass) && !thing.closest("[data-rolls]")) faults.push(["off the screen", thing.dataset.key || thing.className]);
    if (!thing.matches("button")) continue;
    if (touch && (box.width < touch - 0.5 || box.height < touch - 0.5)) faults.push(["too small to touch", thing.dataset.key || thing.innerText, box.width, box.height]);
    for (const { element, said, lines } of texts) {
      if (!thing.contains(element) && onTop(element) === onTop(thing) && lines.some((line) => covers(line, box))) faults.push(["under a key", said]);
    }
  }
  /* A key that says its name twice leaves less room for it, and no word of what it is. */
  for (const thing of shown.filter((element) => element.matches("button, .agency-bar, .pick, .post"))) {
    const words = texts.filter(({ element }) => thing.contains(element)).map(({ said }) => said);
    for (const again of words.filter((one, n) => one.length > 3 && words.indexOf(one) < n)) faults.push(["said twice", again]);
  }
  return faults;
}
