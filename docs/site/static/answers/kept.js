/* An answer that is kept, and may be changed, elsewhere too: what is new there is taken over where nothing was done
   here, else it is told and the learner chooses. Nothing is overwritten unasked.

   What extends this has `text`, what is answered here, and says with `put(text)`, `goOn()`, `words(text)` and
   `place` how one is put here, what follows a choice, how an answer is shown, and where it is kept. */

import { button, make } from "./asking.js";

export class Kept {
  constructor(element, told) {
    this.element = element;
    this.saved = told.text;
    this.version = told.version;
    this.state = make("strong", { className: "exercise-state" });
    this.note = make("span", { className: "exercise-note", role: "status" });
    this.conflict = make("div", { className: "exercise-conflict", role: "alert", hidden: true });
    this.verdict = make("div", { className: "exercise-verdict", role: "status" });
  }

  get isConflicting() {
    return !this.conflict.hidden;
  }

  say(words, isProblem = false) {
    this.note.textContent = words;
    this.note.classList.toggle("problem", isProblem);
  }

  /* Has the server do something; what goes wrong is said. */
  async trying(act) {
    try {
      await act();
    } catch (error) {
      this.say(error.message, true);
    }
  }

  meet(told) {
    if (told.version === undefined || told.version === this.version || this.isConflicting) return;
    if (this.text !== this.saved && this.text !== told.text) return this.showConflict(told);
    const isNew = this.text !== told.text;
    this.saved = told.text;
    this.version = told.version;
    if (isNew) {
      this.put(told.text);
      this.say(`Taken from ${this.place}, which has changed.`);
    }
  }

  showConflict({ text, version }) {
    const settle = (chosen) => {
      this.saved = text;
      this.version = version;
      this.conflict.hidden = true;
      if (chosen === text) this.put(text);
      this.goOn();
    };
    const words = `Meanwhile ${this.place} holds another answer, from Jupyter, a terminal or another tab. Nothing is overwritten. It is:`;
    this.conflict.replaceChildren(
      make("p", { textContent: words }),
      make("pre", { textContent: this.words(text), tabIndex: 0 }),
      make(
        "div",
        { className: "exercise-row" },
        button("Take that answer", () => settle(text)),
        button("Keep what is here", () => settle(this.text)),
      ),
    );
    this.conflict.hidden = false;
  }
}
