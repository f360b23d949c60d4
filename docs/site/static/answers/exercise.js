/* An exercise: its editor, and what is said of the answer. What is typed goes into the answer cell of the sheet. */

import { ask, button, make } from "./asking.js";
import { Kept } from "./kept.js";
import { showProgress } from "./progress.js";

const SAVE_AFTER = 800; // milliseconds without a key
const SURE = "Put the blank of the sheet in place of your answer? Ctrl+Z in the editor brings the answer back.";
const STOPPED = "Stopped: there is no verdict, and nothing was counted.";

export class Exercise extends Kept {
  constructor(element, told) {
    super(element, told);
    this.name = element.dataset.exercise;
    this.place = `exercises/${element.dataset.sheet}.ipynb`;
    this.blank = told.blank;
    this.saving = Promise.resolve();
    element.id = `answer-${this.name}`;
    const editor = make("div", { className: "exercise-editor" });
    this.check = button("Check", () => this.judge(), { className: "check" });
    this.stop = button("Stop", () => this.trying(() => ask("stop", { exercise: this.name })), { hidden: true });
    this.hint = button("Hint", () => this.giveHint());
    this.solution = button("Our solution", () => this.showSolution(), { hidden: true });
    this.back = button("Back to the blank", () => this.putBlank());
    this.hints = make("ol", { className: "exercise-hints", hidden: true });
    this.ours = make("pre", { className: "exercise-solution", hidden: true, tabIndex: 0 });
    const keys = make("p", { className: "exercise-keys" });
    keys.textContent = "Ctrl+Enter checks. Esc, then Tab leaves the editor.";
    const buttons = [this.check, this.stop, this.hint, this.solution, this.back];
    const row = make("div", { className: "exercise-row" }, ...buttons, this.state, this.note);
    element.append(editor, row, keys, this.conflict, this.verdict, this.hints, this.ours);
    this.editor = CodeMirror(editor, {
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
    this.typed();
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

  put(text) {
    this.editor.setValue(text);
  }

  words(text) {
    return text;
  }

  goOn() {
    this.save();
    this.editor.focus();
  }

  putBlank() {
    if (!confirm(SURE)) return;
    this.put(this.blank);
    this.editor.focus();
  }

  typed() {
    this.back.disabled = this.text === this.blank;
    if (this.text === this.saved) return;
    clearTimeout(this.timer);
    this.say("");
    this.timer = setTimeout(() => this.save(), SAVE_AFTER);
  }

  /* One write after the other, each made from what the last one left. */
  save(options) {
    clearTimeout(this.timer);
    this.saving = this.saving.then(() =>
      this.trying(async () => {
        const text = this.text;
        if (this.isConflicting || text === this.saved) return;
        const told = await ask("answer", { exercise: this.name, text, version: this.version }, options);
        if (told.isConflict) return this.showConflict(told);
        this.saved = text;
        this.version = told.version;
        this.say(`Kept in ${this.place}.`);
      }),
    );
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
    if (document.activeElement === this.stop) this.check.focus();
    this.stop.hidden = true;
  }

  async judgeSaved() {
    const began = Date.now();
    const clock = setInterval(() => {
      this.check.textContent = `Judging … ${Math.round((Date.now() - began) / 1000)} s`;
    }, 1000);
    this.check.textContent = "Judging …";
    this.stop.hidden = false;
    this.say("");
    await this.trying(async () => {
      const told = await ask("check", { exercise: this.name, text: this.saved, version: this.version });
      if (told.isConflict) return this.showConflict(told);
      if (!told.verdict) return this.say(STOPPED);
      this.verdict.innerHTML = told.verdict.html;
      this.tell(told.exercise);
      showProgress(told);
      if (told.verdict.outcome === "passed" && told.next) this.verdict.append(wayOn(told.next));
    });
    clearInterval(clock);
  }

  giveHint() {
    return this.trying(async () => this.tell((await ask("hint", { exercise: this.name })).exercise));
  }

  showSolution() {
    return this.trying(async () => {
      this.ours.textContent = (await ask("solution", { exercise: this.name })).solution;
      this.ours.hidden = false;
    });
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
}

/* Words of a hint, with what stands between backticks as code. */
function marked(words) {
  return words.split("`").map((part, number) => (number % 2 ? make("code", { textContent: part }) : part));
}

function wayOn({ name, sheet: other }) {
  const label = name.toLowerCase().replaceAll("_", "-");
  const isHere = document.getElementById(`answer-${name}`);
  const href = isHere ? `#answer-${name}` : `/exercises/${other}.html#exercise-${label}`;
  return make("p", {}, "Next: ", make("a", { href }, make("code", { textContent: name })));
}
