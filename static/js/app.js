// Small helps on top of pages that work without them.
"use strict";

// A form shown again with errors: bring the reader to the summary of them.
const summary = document.querySelector("[data-focus]");
if (summary) {
  summary.focus();
}

// A second press while the first is under way. The server makes one record of both anyway; this only shows it.
// A form that downloads a file never leaves the page, so the button comes back after a while.
const RELEASE_AFTER_MS = 5000;

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled='true'][data-busy]")) {
    button.removeAttribute("aria-disabled");
    button.removeAttribute("data-busy");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") {
    return;
  }
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  if (event.submitter) {
    event.submitter.setAttribute("aria-disabled", "true");
    event.submitter.setAttribute("data-busy", "");
  }
  window.setTimeout(() => release(form), RELEASE_AFTER_MS);
});

// Back to a page that the browser kept: its forms can be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    release(form);
  }
});

// <button type="button" data-copy="words" hidden>: copies the words and says so in its own label.
const SAY_COPIED_MS = 2000;

async function copy(words) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(words);
    return;
  }
  // Offices serve over plain http, where the clipboard interface is closed.
  const area = document.createElement("textarea");
  area.value = words;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  const label = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await copy(button.dataset.copy);
    button.textContent = "Đã chép";
    window.setTimeout(() => {
      button.textContent = label;
    }, SAY_COPIED_MS);
  });
}

// [data-file]: the browser's own button for a file speaks the browser's language. It stays, unseen, above the words that
// say the same in ours, so that a press, a key and a dropped file still reach it; the chosen files are told by name.
for (const box of document.querySelectorAll("[data-file]")) {
  const input = box.querySelector("input");
  const told = box.querySelector("[data-file-names]");
  const nothing = told.textContent;
  const tell = () => {
    const names = Array.from(input.files, (file) => file.name);
    told.textContent = names.length > 1 ? `${names.length} tệp: ${names.join(", ")}` : names[0] || nothing;
    input.title = told.textContent; // else the browser shows its own words
  };
  box.classList.add("faced");
  box.querySelector(".file-face").hidden = false;
  input.addEventListener("change", tell);
  window.addEventListener("pageshow", tell); // back to a page whose choice the browser kept
  tell();
}

// Menus (the one under my name, and details[data-menu]) close on Escape and on a press elsewhere.
for (const menu of document.querySelectorAll("details.me, details[data-menu]")) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  });
}

// "/" leads to the box of the top bar, unless something is being typed.
document.addEventListener("keydown", (event) => {
  const box = document.getElementById("find-q");
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing || !box?.offsetParent) {
    return;
  }
  event.preventDefault();
  box.focus();
  box.select();
});
