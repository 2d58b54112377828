// On a narrow screen the questions above a list are folded away, so that what they speak of comes into sight.
"use strict";

const NARROW = window.matchMedia("(max-width: 760px)");

function answered(part) {
  return [...part.querySelectorAll("input[type='text'], textarea")].some((field) => field.value.trim());
}

const places = new Map(); // each question beside a search, and what stands after those of its list

function note(list) {
  const inSight = [...list.querySelectorAll("[data-in-sight]")];
  const after = inSight.at(-1)?.nextElementSibling;
  inSight.forEach((field) => places.set(field, after));
}

document.querySelectorAll("[data-filters]").forEach(note);

// Those beside the search go to the others, and come back where there is room for them.
function gather() {
  for (const more of document.querySelectorAll("[data-filters] > .filters-more")) {
    const list = more.parentElement;
    const summary = more.querySelector("summary");
    summary.dataset.wide ??= summary.textContent;
    summary.textContent = NARROW.matches ? summary.dataset.narrow : summary.dataset.wide;
    more.hidden = !NARROW.matches && more.hasAttribute("data-empty");
    const inSight = [...list.querySelectorAll("[data-in-sight]")];
    if (NARROW.matches) {
      more.querySelector(".filters-row").prepend(...inSight);
    } else {
      inSight.forEach((field) => places.get(field).before(field));
    }
    list.dataset.filters = "gathered";
  }
}

function fold() {
  gather();
  for (const part of document.querySelectorAll("details[data-fold]")) {
    part.open = !NARROW.matches || answered(part);
  }
}

fold();
NARROW.addEventListener("change", fold);
// Back on a page that was left, browsers put the answers in again.
window.addEventListener("pageshow", fold);
