/* Answers beside the text. `course web` alone loads this, into pages that ask for answers; without it, and
   without JavaScript, the same pages say how to start. Page and sheet hold one state: what is typed here goes into
   the answer cell of `exercises/*.ipynb`, and what changes there is taken from it, never overwritten unasked. */
"use strict";

(() => {
  const SAVE_AFTER = 800; // milliseconds without a key
  const SILENT = "course web does not answer. Start it again, and open the address that it prints.";
  const BROKEN = "course web has met an error; its terminal says which.";
  const STALE = "This page belongs to an earlier course web. Open the address that the present one prints.";
  const elements = [...document.querySelectorAll(".exercise[data-exercise]")];
  const sheet = elements[0].dataset.sheet;
  const boxes = new Map();

  const make = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  async function ask(path, body, options = {}) {
    const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    let response;
    try {
      response = await fetch(`/api/${path}`, { ...(body ? post : {}), ...options });
    } catch {
      throw new Error(SILENT);
    }
    const told = await response.json().catch(() => ({ problem: response.status === 403 ? STALE : BROKEN }));
    if (!response.ok && response.status !== 409) throw new Error(told.problem);
    return { ...told, isConflict: response.status === 409 };
  }

  class Box {
    constructor(element, told) {
      this.name = element.dataset.exercise;
      this.element = element;
      this.saved = told.text;
      this.version = told.version;
      this.saving = Promise.resolve();
      element.id = `answer-${this.name}`;
      const place = make("div", { className: "exercise-editor" });
      this.check = make("button", { type: "button", className: "check", textContent: "Check" });
      this.hint = make("button", { type: "button", textContent: "Hint" });
      this.solution = make("button", { type: "button", textContent: "Our solution", hidden: true });
      this.state = make("strong", { className: "exercise-state" });
      this.note = make("span", { className: "exercise-note", role: "status" });
      this.conflict = make("div", { className: "exercise-conflict", role: "alert", hidden: true });
      this.verdict = make("div", { className: "exercise-verdict", role: "status" });
      this.hints = make("ol", { className: "exercise-hints", hidden: true });
      this.ours = make("pre", { className: "exercise-solution", hidden: true, tabIndex: 0 });
      const keys = make("p", { className: "exercise-keys" });
      keys.textContent = "Ctrl+Enter checks. Esc, then Tab leaves the editor.";
      const row = make("div", { className: "exercise-row" }, this.check, this.hint, this.solution, this.state, this.note);
      element.append(place, row, keys, this.conflict, this.verdict, this.hints, this.ours);
      this.editor = CodeMirror(place, {
        value: told.text,
        mode: "python",
        indentUnit: 4,
        lineNumbers: true,
        lineWrapping: matchMedia("(max-width: 40rem)").matches,
        matchBrackets: true,
        autoCloseBrackets: true,
        viewportMargin: Infinity,
        screenReaderLabel: `Your answer to ${this.name}`,
        extraKeys: this.keys(),
      });
      this.editor.on("changes", () => this.typed());
      this.editor.on("blur", () => {
        this.editor.setOption("extraKeys", this.keys());
        this.save();
      });
      this.check.addEventListener("click", () => this.judge());
      this.hint.addEventListener("click", () => this.giveHint());
      this.solution.addEventListener("click", () => this.showSolution());
      this.tell(told);
    }

    keys() {
      const judge = () => this.judge();
      return {
        Tab: (editor) => (editor.somethingSelected() ? editor.indentSelection("add") : editor.execCommand("insertSoftTab")),
        "Shift-Tab": "indentLess",
        "Ctrl-/": "toggleComment",
        "Cmd-/": "toggleComment",
        "Ctrl-Enter": judge,
        "Cmd-Enter": judge,
        Esc: (editor) => editor.setOption("extraKeys", { Tab: false, "Shift-Tab": false, "Ctrl-Enter": judge }),
      };
    }

    get text() {
      return this.editor.getValue();
    }

    get isConflicting() {
      return !this.conflict.hidden;
    }

    say(words, isProblem = false) {
      this.note.textContent = words;
      this.note.classList.toggle("problem", isProblem);
    }

    typed() {
      if (this.text === this.saved) return;
      clearTimeout(this.timer);
      this.say("");
      this.timer = setTimeout(() => this.save(), SAVE_AFTER);
    }

    /* One write after the other, each made from what the last one left. */
    save(options) {
      clearTimeout(this.timer);
      this.saving = this.saving.then(async () => {
        const text = this.text;
        if (this.isConflicting || text === this.saved) return;
        try {
          const told = await ask("answer", { exercise: this.name, text, version: this.version }, options);
          if (told.isConflict) return this.showConflict(told);
          this.saved = text;
          this.version = told.version;
          this.say(`Kept in exercises/${sheet}.ipynb.`);
        } catch (error) {
          this.say(error.message, true);
        }
      });
      return this.saving;
    }

    async judge() {
      if (this.check.disabled) return;
      this.check.disabled = true;
      this.verdict.replaceChildren();
      await this.save();
      if (!this.isConflicting && this.text === this.saved) await this.judgeSaved();
      this.check.disabled = false;
      this.check.textContent = "Check";
    }

    async judgeSaved() {
      const began = Date.now();
      const clock = setInterval(() => {
        this.check.textContent = `Judging … ${Math.round((Date.now() - began) / 1000)} s`;
      }, 1000);
      this.check.textContent = "Judging …";
      this.say("");
      try {
        const told = await ask("check", { exercise: this.name, text: this.saved, version: this.version });
        if (told.isConflict) return this.showConflict(told);
        this.verdict.innerHTML = told.verdict.html;
        this.tell(told.exercise);
        showProgress(told);
        if (told.verdict.outcome === "passed" && told.next) this.verdict.append(wayOn(told.next));
      } catch (error) {
        this.say(error.message, true);
      } finally {
        clearInterval(clock);
      }
    }

    async giveHint() {
      try {
        this.tell((await ask("hint", { exercise: this.name })).exercise);
      } catch (error) {
        this.say(error.message, true);
      }
    }

    async showSolution() {
      try {
        this.ours.textContent = (await ask("solution", { exercise: this.name })).solution;
        this.ours.hidden = false;
      } catch (error) {
        this.say(error.message, true);
      }
    }

    tell({ passed, earned, points, hints, num_hints: count }) {
      const has = earned > 0 ? `${earned} of ${points} points so far` : "";
      this.state.textContent = passed ? `✓ passed, ${points} of ${points} points` : has;
      this.element.classList.toggle("passed", passed);
      this.solution.hidden = !passed;
      this.hint.textContent = hints.length ? `Hint (${hints.length} of ${count} given)` : "Hint";
      this.hint.disabled = hints.length >= count;
      this.hints.hidden = !hints.length;
      for (const words of hints.slice(this.hints.children.length)) this.hints.append(make("li", {}, ...marked(words)));
    }

    /* The sheet is another than when it was read: taken over where nothing was typed here, else told. */
    meet(told) {
      if (told.version === undefined || told.version === this.version || this.isConflicting) return;
      if (this.text !== this.saved && this.text !== told.text) return this.showConflict(told);
      const isNew = this.text !== told.text;
      this.saved = told.text;
      this.version = told.version;
      if (isNew) {
        this.editor.setValue(told.text);
        this.say(`Taken from exercises/${sheet}.ipynb, which has changed.`);
      }
    }

    showConflict({ text, version }) {
      const settle = (chosen) => {
        this.saved = text;
        this.version = version;
        this.conflict.hidden = true;
        if (chosen === text) this.editor.setValue(text);
        this.save();
        this.editor.focus();
      };
      const theirs = make("button", { type: "button", textContent: "Take what the sheet holds" });
      const mine = make("button", { type: "button", textContent: "Keep what is here" });
      theirs.addEventListener("click", () => settle(text));
      mine.addEventListener("click", () => settle(this.text));
      const words = "The sheet has been changed elsewhere, in Jupyter or in another tab, since this page read it. Nothing is overwritten. It holds:";
      this.conflict.replaceChildren(
        make("p", { textContent: words }),
        make("pre", { textContent: text, tabIndex: 0 }),
        make("div", { className: "exercise-row" }, theirs, mine),
      );
      this.conflict.hidden = false;
    }
  }

  /* Words of a hint, with what stands between backticks as code. */
  function marked(words) {
    return words.split("`").map((part, number) => (number % 2 ? make("code", { textContent: part }) : part));
  }

  function wayOn({ name, sheet: other }) {
    const label = name.toLowerCase().replaceAll("_", "-");
    const href = boxes.has(name) ? `#answer-${name}` : `/exercises/${other}.html#exercise-${label}`;
    return make("p", {}, "Next: ", make("a", { href }, make("code", { textContent: name })));
  }

  const progress = make("div", { className: "course-progress" });
  function showProgress(told) {
    const words = ({ passed, exercises, earned, points }) =>
      `${passed} of ${exercises} passed, ${Math.round(earned * 100) / 100} of ${points} points`;
    const bar = make("progress", { max: told.sheet.points || 1, value: told.sheet.earned });
    bar.setAttribute("aria-label", "Points of this sheet");
    const text = `This sheet: ${words(told.sheet)}. The whole course: ${words(told.course)}.`;
    progress.replaceChildren(bar, make("span", { textContent: text }));
  }

  async function load() {
    const told = await ask(`sheet?name=${encodeURIComponent(sheet)}`);
    showProgress(told);
    return told;
  }

  async function begin() {
    const first = document.querySelector(".page-buttons") || elements[0];
    first.after(progress);
    try {
      const told = await load();
      if (told.problem) progress.append(make("p", { className: "problem", role: "alert", textContent: told.problem }));
      for (const element of elements) {
        const exercise = told.exercises[element.dataset.exercise];
        if (exercise && exercise.text !== undefined) boxes.set(element.dataset.exercise, new Box(element, exercise));
      }
      if (boxes.size) document.documentElement.classList.add("answers-here");
    } catch (error) {
      progress.append(make("p", { className: "problem", role: "alert", textContent: error.message }));
      return;
    }
    const look = async () => {
      if (document.hidden) return;
      const told = await load().catch(() => null); // said where something is saved or judged
      for (const [name, box] of told ? boxes : []) {
        box.tell(told.exercises[name]);
        box.saving.then(() => box.meet(told.exercises[name]));
      }
    };
    addEventListener("focus", look);
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) boxes.forEach((box) => box.save({ keepalive: true }));
      else look();
    });
    addEventListener("pagehide", () => boxes.forEach((box) => box.save({ keepalive: true })));
  }

  begin();
})();
