/* Answers beside the text. `course web` alone loads this, into pages that ask for answers; without it, and
   without JavaScript, the same pages say how to start. Page and sheet hold one state. */

import { ask, make } from "./asking.js";
import { Exercise } from "./exercise.js";
import { progress, showProgress } from "./progress.js";
import { Question } from "./question.js";

const elements = [...document.querySelectorAll(".exercise[data-exercise]")];
const sheet = elements[0].dataset.sheet;
const boxes = new Map();
const questions = new Map();

async function load() {
  const told = await ask(`sheet?name=${encodeURIComponent(sheet)}`);
  showProgress(told);
  return told;
}

async function look() {
  if (document.hidden) return;
  const told = await load().catch(() => null); // said where something is saved or judged
  if (!told) return;
  for (const [name, box] of boxes) {
    box.tell(told.exercises[name]);
    box.saving.then(() => box.meet(told.exercises[name]));
  }
  for (const [name, question] of questions) {
    question.tell(told.questions[name]);
    question.meet(told.questions[name]);
  }
}

async function begin() {
  const first = document.querySelector(".page-buttons") || elements[0];
  first.after(progress);
  const warn = (words) => progress.append(make("p", { className: "problem", role: "alert", textContent: words }));
  try {
    const told = await load();
    if (told.problem) warn(told.problem);
    for (const element of elements) {
      const exercise = told.exercises[element.dataset.exercise];
      if (exercise && exercise.text !== undefined) boxes.set(element.dataset.exercise, new Exercise(element, exercise));
    }
    for (const element of document.querySelectorAll(".question[data-question]")) {
      const name = element.dataset.question;
      if (told.questions[name]) questions.set(name, new Question(element, told.questions[name]));
    }
    if (boxes.size) document.documentElement.classList.add("answers-here");
  } catch (error) {
    warn(error.message);
    return;
  }
  addEventListener("focus", look);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) boxes.forEach((box) => box.save({ keepalive: true }));
    else look();
  });
  addEventListener("pagehide", () => boxes.forEach((box) => box.save({ keepalive: true })));
}

begin();
