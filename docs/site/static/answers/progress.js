/* How far the learner is, above everything that is asked. */

import { make } from "./asking.js";

export const progress = make("div", { className: "course-progress" });

export function showProgress(told) {
  const words = ({ passed, exercises, earned, points, right, questions }) =>
    `${passed} of ${exercises} passed, ${Math.round(earned * 100) / 100} of ${points} points, ${right} of ${questions} questions right`;
  const bar = make("progress", { max: told.sheet.points || 1, value: told.sheet.earned });
  bar.setAttribute("aria-label", "Points of this sheet");
  const text = `This sheet: ${words(told.sheet)}. The whole course: ${words(told.course)}.`;
  progress.replaceChildren(bar, make("span", { textContent: text }));
}
