// On a narrow screen questions that nobody has answered are folded away, so that what they speak of comes into sight.
"use strict";

const NARROW = window.matchMedia("(max-width: 760px)");

function answered(part) {
  return [...part.querySelectorAll("input[type='text'], textarea")].some((field) => field.value.trim());
}

function fold() {
  for (const part of document.querySelectorAll("details[data-fold]")) {
    part.open = !NARROW.matches || answered(part);
  }
}

fold();
NARROW.addEventListener("change", fold);
// Back on a page that was left, browsers put the answers in again.
window.addEventListener("pageshow", fold);
