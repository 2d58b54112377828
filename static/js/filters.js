// On a narrow screen filters that nobody set are folded away, so that the list comes into sight.
"use strict";

const NARROW = window.matchMedia("(max-width: 760px)");

for (const filters of document.querySelectorAll("details[data-fold]")) {
  filters.open = !NARROW.matches;
  NARROW.addEventListener("change", () => {
    filters.open = !NARROW.matches;
  });
}
