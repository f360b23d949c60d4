// A slide is 1280 by 720; reveal.js fits it to the window. S: speaker view, O: all slides, Ctrl-Shift-F: search.
Reveal.initialize({
  width: 1280,
  height: 720,
  margin: 0,
  center: false,
  hash: true,
  slideNumber: "c/t",
  transition: "none",
  backgroundTransition: "none",
  pdfMaxPagesPerSlide: 1,
  pdfSeparateFragments: false,
  plugins: [RevealNotes, RevealSearch],
});
