// Opens every slide and every fragment of a deck; returns what is cut, scrolled, too long or not drawn.
() => {
  const found = [];
  const IGNORED = "aside, annotation";
  const measure = (slide, place) => {
    const box = slide.getBoundingClientRect();
    const say = (fault) => found.push(`${place} ${slide.querySelector("h1, h2")?.innerText ?? ""}: ${fault}`);
    if (box.width !== 1280 || box.height !== 720) say(`is ${box.width} by ${box.height}`);
    if (slide.scrollWidth > 1280 || slide.scrollHeight > 720) say(`scrolls, ${slide.scrollWidth} by ${slide.scrollHeight}`);
    let low = 0, right = 0;
    for (const part of slide.querySelectorAll("*")) {
      if (part.closest(IGNORED)) continue;
      const rect = part.getBoundingClientRect();
      low = Math.max(low, rect.bottom - box.top);
      right = Math.max(right, rect.right - box.left);
      if (part instanceof HTMLElement && getComputedStyle(part).overflowX !== "visible" && part.scrollWidth > part.clientWidth + 1)
        say(`<${part.localName}> is cut: ${part.scrollWidth} in ${part.clientWidth} pixels`);
      if (part.localName === "img" && !part.naturalWidth) say("a picture is not drawn");
    }
    if (low > 704) say(`reaches down to ${Math.round(low)} of 720`);
    if (right > 1270) say(`reaches to ${Math.round(right)} of 1280`);
    for (const code of slide.querySelectorAll("pre.code:not(.printed)")) {
      const lines = code.textContent.replace(/\n$/, "").split("\n");
      const longest = Math.max(...lines.map((line) => [...line].length));
      if (lines.length > 16) say(`code of ${lines.length} lines`);
      if (longest > 72) say(`code of ${longest} columns`);
    }
  };
  for (const slide of Reveal.getSlides()) {
    const { h, v } = Reveal.getIndices(slide);
    Reveal.slide(h, v);
    measure(slide, `${h}/${v ?? 0}`);
    while (Reveal.availableFragments().next) {
      Reveal.nextFragment();
      measure(slide, `${h}/${v ?? 0}, fragment`);
    }
  }
  return found;
}
