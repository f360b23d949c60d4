/* The theme's arrows in the list of pages have no words for those who cannot see them. */
document.addEventListener("DOMContentLoaded", () => {
  for (const toggle of document.querySelectorAll("summary:has(.toctree-toggle)")) {
    const link = toggle.closest("li").querySelector("a");
    toggle.setAttribute("aria-label", `Pages of: ${link ? link.textContent.trim() : "this part"}`);
  }
});
