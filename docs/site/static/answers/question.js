/* A short question: its answers to choose from, and the reasons of the chosen ones, which the page holds folded. */

import { ask, button, make } from "./asking.js";
import { Kept } from "./kept.js";
import { showProgress } from "./progress.js";

export class Question extends Kept {
  constructor(element, told) {
    super(element, told);
    this.name = element.dataset.question;
    this.place = "your progress";
    this.answers = new Map();
    const legend = told.several ? "Your answers (more than one is right)" : "Your answer";
    const choices = make("fieldset", { className: "choices" }, make("legend", { textContent: legend }));
    for (const answer of element.querySelectorAll("details.answer")) {
      const [summary, ...reasons] = answer.children;
      const letter = summary.textContent.trim()[0];
      const type = told.several ? "checkbox" : "radio";
      const input = make("input", { type, name: this.name, value: letter });
      const words = make("span", {}, ...[...summary.childNodes].map((node) => node.cloneNode(true)));
      choices.append(make("label", {}, input, words));
      this.answers.set(letter, { input, words, reasons });
    }
    this.send = button("Answer", () => this.judge(), { className: "check" });
    const row = make("div", { className: "exercise-row" }, this.send, this.state, this.note);
    element.append(choices, row, this.conflict, this.verdict);
    this.put(told.text);
    this.tell(told);
  }

  get text() {
    return [...this.answers].map(([letter, { input }]) => (input.checked ? letter : "")).join("");
  }

  put(text) {
    for (const [letter, { input }] of this.answers) input.checked = text.includes(letter);
  }

  words(text) {
    return [...text].map((letter) => this.answers.get(letter).words.textContent).join("\n");
  }

  goOn() {
    if (this.text !== this.saved) this.judge();
    this.send.focus();
  }

  async judge() {
    const text = this.text;
    if (this.isConflicting) return;
    if (!text) return this.say("Choose an answer first.", true);
    this.say("");
    this.verdict.replaceChildren();
    await this.trying(async () => {
      const told = await ask("question", { question: this.name, text, version: this.version });
      if (told.isConflict) return this.showConflict(told);
      this.saved = told.question.text;
      this.version = told.question.version;
      this.say(`Kept in ${this.place}.`);
      this.tell(told.question);
      this.showReasons(told);
      showProgress(told);
    });
  }

  showReasons({ outcome, advice, question: { text } }) {
    const shown = make("div", { className: "verdict" });
    shown.dataset.outcome = outcome;
    for (const letter of text) {
      const reasons = this.answers.get(letter).reasons.map((reason) => reason.cloneNode(true));
      reasons[0].prepend(make("b", { textContent: `${letter}) ` }));
      shown.append(...reasons);
    }
    if (advice) shown.append(make("p", { textContent: advice }));
    this.verdict.replaceChildren(shown);
  }

  tell({ passed }) {
    this.state.textContent = passed ? "✓ right" : "";
    this.element.classList.toggle("passed", passed);
  }
}
