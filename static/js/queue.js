// Keys for going through what waits, on top of pages that work without them.
//
// [data-queue-item]                 an item of the queue; inside it [data-open] is its link, [data-key="d"] leads to an act
// [data-key="j"] outside of items   a link that the key follows, or a button that it brings the reader to
// details[data-key-help]            tells the keys; [data-key-switch] inside turns them off and on again
// [data-phrases="id"] > button      a phrase to be put into the field of that id
// form[data-decision]               a decision: a second click of the one before must not decide here
"use strict";

const KEYS_OFF = "pledges.keys-off";
const REST_MS = 600;
// What Vietnamese keyboards make of a letter that was pressed twice.
const MEANT = { đ: "d", arrowdown: "j", arrowup: "k" };
const MARKS = "input[type='checkbox']";

const items = [...document.querySelectorAll("[data-queue-item]")];
const help = document.querySelector("[data-key-help]");

function off() {
  try {
    return window.localStorage.getItem(KEYS_OFF) === "1";
  } catch {
    return false;
  }
}

function switchOff(wish) {
  try {
    window.localStorage.setItem(KEYS_OFF, wish ? "1" : "0");
  } catch {
    // A browser that keeps nothing asks again on the next page.
  }
}

// Letters belong to the field in which they are typed; a box to tick takes none.
function typing(place) {
  return Boolean(place.closest("textarea, select, [contenteditable='true']"))
    || (place.matches("input") && !place.matches(MARKS));
}

function here() {
  return items.findIndex((item) => item.contains(document.activeElement));
}

function go(to) {
  const item = items[Math.max(0, Math.min(to, items.length - 1))];
  item.querySelector("[data-open]").focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function follow(place) {
  if (!place) {
    return false;
  }
  if (place.matches("button")) {
    place.focus();
  } else {
    place.click();
  }
  return true;
}

function mark(item) {
  const box = item.querySelector(MARKS);
  if (box) {
    box.click();
  }
  return Boolean(box);
}

function inQueue(key) {
  const at = here();
  if (key === "j" || key === "k") {
    go(at < 0 ? 0 : at + (key === "j" ? 1 : -1));
    return true;
  }
  if (at < 0) {
    return false;
  }
  if (key === "o") {
    return follow(items[at].querySelector("[data-open]"));
  }
  return key === "x" ? mark(items[at]) : follow(items[at].querySelector(`[data-key="${key}"]`));
}

function answer(event) {
  const key = MEANT[event.key.toLowerCase()] || event.key.toLowerCase();
  if (key === "?" && help) {
    help.open = !help.open;
    help.scrollIntoView({ block: "nearest" });
    return true;
  }
  // Arrows scroll the page until an item has been taken in hand.
  if (off() || (event.key.startsWith("Arrow") && here() < 0) || !/^[a-z]$/.test(key)) {
    return false;
  }
  return items.length ? inQueue(key) : follow(document.querySelector(`[data-key="${key}"]`));
}

document.addEventListener("keydown", (event) => {
  const changed = event.altKey || event.ctrlKey || event.metaKey || event.isComposing;
  if (!changed && !event.defaultPrevented && !typing(event.target) && answer(event)) {
    event.preventDefault();
  }
});

if (help) {
  const button = help.querySelector("[data-key-switch]");
  const say = () => {
    button.textContent = off() ? button.dataset.on : button.dataset.off;
    help.classList.toggle("keys-off", off());
  };
  help.hidden = false;
  say();
  button.addEventListener("click", () => {
    switchOff(!off());
    say();
  });
}

// How many are marked stands on the button that takes them along.
for (const button of document.querySelectorAll("form[data-marks] [data-marks-send]")) {
  const form = button.form;
  const label = button.textContent.trim();
  const count = () => {
    const marked = form.querySelectorAll(`${MARKS}:checked`).length;
    button.textContent = marked ? `${label} (${marked})` : label;
  };
  form.addEventListener("change", count);
  window.addEventListener("pageshow", count);
}

// Two clicks on the decision before this one: the second is not meant for this page.
if (document.querySelector(".said")) {
  const opened = performance.now();
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target.matches("[data-decision]") && performance.now() - opened < REST_MS) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
    true,
  );
}

// Enter in a line of a decision goes on to the next field: it decides nothing.
for (const form of document.querySelectorAll("form[data-decision]")) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input[type='text']")) {
      return;
    }
    event.preventDefault();
    const fields = [...form.querySelectorAll("input[type='text'], textarea")].filter((field) => field.checkVisibility());
    fields[fields.indexOf(event.target) + 1]?.focus();
  });
}

for (const offer of document.querySelectorAll("[data-phrases]")) {
  const field = document.getElementById(offer.dataset.phrases);
  offer.hidden = false;
  offer.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) {
      field.value = field.value.trim() ? `${field.value.trim()}\n${button.textContent}` : button.textContent;
      field.focus();
    }
  });
}
