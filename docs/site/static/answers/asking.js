/* What every part of a page asks `course web` with, and makes its elements with. */

const SILENT = "course web does not answer. Start it again, and open the address that it prints.";
const BROKEN = "course web has met an error; its terminal says which.";
const STALE = "This page belongs to an earlier course web. Open the address that the present one prints.";

export async function ask(path, body, options = {}) {
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

export const make = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

export const button = (textContent, act, properties = {}) => {
  const made = make("button", { type: "button", textContent, ...properties });
  made.addEventListener("click", act);
  return made;
};
