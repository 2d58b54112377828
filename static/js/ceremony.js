// The roll of a ceremony and its screen, kept up to date without a reload; both pages work without this script.
//
// #roll-page          data-state grows with every change, data-ask answers with the newest, data-open while it goes on
// [data-live]         parts that are put in anew (each has an id)
// [data-unit]         a row of the roll; what the attribute says changes with the row
// [data-stop]         a place in a row, where the keys stop
// form[data-press]    a button of the roll: sent without leaving the page
"use strict";

const ASK_EVERY_MS = 2500;
const STEPS = { j: 1, arrowdown: 1, k: -1, arrowup: -1 };
const page = document.getElementById("roll-page");
const list = document.getElementById("roll-list");
const said = document.getElementById("roll-said");
const find = document.getElementById("roll-find");

const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
const stops = () => [...page.querySelectorAll("[data-stop]")].filter((stop) => stop.offsetParent);
const rows = (root) => [...root.querySelectorAll("[data-unit]")];

function here() {
  return document.activeElement?.closest("[data-stop]");
}

function take(stop) {
  (stop.querySelector(".btn-tick") || stop).focus({ preventScroll: true });
}

function go(by) {
  const all = stops();
  const stop = all[Math.max(0, Math.min(here() ? all.indexOf(here()) + by : 0, all.length - 1))];
  if (stop) {
    take(stop);
    stop.scrollIntoView({ block: "nearest" });
  }
}

function narrow() {
  if (!find) {
    return;
  }
  const wanted = fold(find.value.trim());
  const found = rows(page).filter((row) => {
    row.hidden = !fold(row.textContent).includes(wanted);
    return !row.hidden;
  });
  document.querySelector("[data-found]").textContent = wanted ? `${found.length} đơn vị` : "";
}

// An answer that left the server before the newest one shown is older: it says nothing.
function renew(fresh, { saying = false } = {}) {
  const news = fresh.getElementById("roll-page");
  if (!news || (page.dataset.open !== undefined && news.dataset.open === undefined)) {
    window.location.reload(); // signed out, or the ceremony was closed
    return;
  }
  if (saying) {
    said.replaceChildren(...news.querySelector("#roll-said").childNodes);
  }
  if (Number(news.dataset.state) < Number(page.dataset.state)) {
    return;
  }
  page.dataset.state = news.dataset.state;
  for (const part of page.querySelectorAll("[data-live]:not(#roll-said)")) {
    const other = news.querySelector(`#${part.id}`);
    if (other && other.innerHTML !== part.innerHTML) {
      part.className = other.className;
      part.replaceChildren(...other.childNodes);
    }
  }
  renewRows(news.querySelector("#roll-list"));
}

function renewRows(news) {
  if (!list || !news) {
    return;
  }
  const held = here();
  const place = held ? stops().indexOf(held) : -1;
  const now = rows(list);
  const next = rows(news);
  if (now.length && now.map((row) => row.id).join() === next.map((row) => row.id).join()) {
    now.forEach((row, at) => {
      if (row.dataset.unit !== next[at].dataset.unit) {
        row.replaceWith(next[at]);
      }
    });
  } else {
    list.replaceChildren(...news.childNodes);
  }
  narrow();
  if (held && !held.isConnected) {
    const stop = document.getElementById(held.id) || stops()[Math.min(place, stops().length - 1)];
    if (stop) {
      take(stop);
    }
  }
}

async function read(answer) {
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function lost() {
  if (said.dataset.lost === undefined) {
    const words = document.createElement("p");
    words.className = "note bad";
    words.textContent = page.dataset.lost;
    said.replaceChildren(words);
    said.dataset.lost = "";
  }
}

function foundAgain() {
  if (said.dataset.lost !== undefined) {
    delete said.dataset.lost;
    said.replaceChildren();
  }
}

// What the answer refused, beside the row that was pressed; the row may have been put in anew meanwhile.
function tell(form) {
  const at = form.dataset.at ? document.getElementById(form.dataset.at) : null;
  document.querySelectorAll(".roll-refused").forEach((words) => words.remove());
  const refused = [...said.querySelectorAll("li, .note")].map((one) => one.textContent.trim()).join(" ");
  if (at && refused) {
    const words = document.createElement("p");
    words.className = "roll-refused";
    words.textContent = refused;
    (at.querySelector(".roll-head") || at).append(words);
  }
}

function free(form) {
  delete form.dataset.pressed;
  delete form.dataset.sent; // of app.js; the same key may be sent again, the server carries it out once
  for (const button of form.querySelectorAll("[data-busy]")) {
    button.removeAttribute("aria-disabled");
    button.removeAttribute("data-busy");
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-press]")) {
    return;
  }
  event.preventDefault();
  if (form.dataset.pressed) {
    return; // a double click
  }
  form.dataset.pressed = "1";
  form.dataset.at = (form.closest("[data-stop]") || form.closest("[data-unit]")).id;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    foundAgain();
    renew(await read(answer), { saying: true });
  } catch {
    lost();
  }
  free(form);
  tell(form);
});

async function ask() {
  if (document.hidden) {
    return;
  }
  try {
    const known = { "If-None-Match": `"${page.dataset.state}"` };
    const answer = await fetch(page.dataset.ask, { headers: known, cache: "no-store" });
    if (answer.redirected) {
      window.location.reload(); // signed out
    } else if (answer.status === 200) {
      renew(await read(await fetch(window.location.href, { cache: "no-store" })));
    }
    if (answer.ok || answer.status === 304) {
      foundAgain();
    }
  } catch {
    lost();
  }
}

async function keepAsking() {
  await ask();
  window.setTimeout(keepAsking, ASK_EVERY_MS);
}

if (page.dataset.open !== undefined) {
  window.setTimeout(keepAsking, ASK_EVERY_MS);
  document.addEventListener("visibilitychange", ask);
}

function inFind(event) {
  if (event.key === "Escape") {
    find.value = "";
    narrow();
  } else if (event.key !== "Enter" && event.key !== "ArrowDown") {
    return;
  }
  event.preventDefault();
  go(0);
}

function onRoll(event) {
  const key = event.key.toLowerCase();
  if (here() && STEPS[key]) {
    go(STEPS[key]);
  } else if (key === "arrowdown" && document.activeElement === document.body) {
    go(0);
  } else if (key === "escape" && find.value) {
    find.value = "";
    narrow();
  } else if (key === " " && document.activeElement.matches("[data-stop]")) {
    document.activeElement.querySelector(".btn-tick")?.click();
  } else {
    if (/^[\p{L}\p{N}]$/u.test(event.key)) {
      find.select(); // and the letter goes into the box, in place of what was there
    }
    return;
  }
  event.preventDefault();
}

if (find && list) {
  document.querySelector("[data-find]").hidden = false;
  find.addEventListener("input", narrow);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) {
      return;
    }
    if (event.target === find) {
      inFind(event);
    } else if (!event.target.closest("input, textarea, select, summary")) {
      onRoll(event);
    }
  });
}
