// The screen of the meeting room: arrow keys turn the slides, and what they show is asked for again every minute.
// A slide is put in place of the last one without leaving the page, so that full screen stays. Without this file the
// links turn the slides.
"use strict";

const EVERY = 60_000;
const KEYS = {
  ArrowRight: "after",
  ArrowDown: "after",
  PageDown: "after",
  " ": "after",
  ArrowLeft: "before",
  ArrowUp: "before",
  PageUp: "before",
  Escape: "out",
};

const PARTS = [".page-head", "[data-screen]", ".screen-turn"];

let tag = null;
let asked = 0;

function say(words) {
  const place = document.querySelector("[data-said]");
  if (place) {
    place.textContent = words;
  }
}

function clock() {
  return new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
}

// Puts a slide in place of the present one; an answer that is none (a sign-in page) changes nothing.
function put(page) {
  if (PARTS.some((part) => !page.querySelector(part))) {
    return false;
  }
  const pressed = document.activeElement.dataset.turn;
  for (const part of PARTS) {
    document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
  }
  document.title = page.title;
  offerWhole();
  document.querySelector(`[data-turn="${pressed}"]`)?.focus();
  return true;
}

// Shows the slide of an address; `quiet` asks whether the present one says something new.
async function show(url, quiet) {
  asked += 1;
  const mine = asked;
  try {
    const headers = quiet && tag ? { "If-None-Match": tag } : {};
    const answer = await fetch(url, { headers, cache: "no-store" });
    if (mine !== asked) {
      return;
    }
    if (answer.status !== 304) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== asked) {
        return;
      }
      if (!answer.ok || !put(page)) {
        throw new Error(answer.status);
      }
      tag = answer.headers.get("ETag");
      if (!quiet) {
        history.pushState(null, "", url);
      }
    }
    say(quiet ? `Cập nhật lúc ${clock()}` : "");
  } catch {
    if (mine === asked) {
      say(`Chưa cập nhật được lúc ${clock()}; tải lại trang hoặc đăng nhập lại`);
    }
  }
}

function offerWhole() {
  const button = document.querySelector("[data-whole]");
  if (button && document.fullscreenEnabled) {
    button.hidden = Boolean(document.fullscreenElement);
  }
}

function turn(way) {
  const link = document.querySelector(`[data-turn="${way}"]`);
  if (!link) {
    return false;
  }
  if (way === "out") {
    link.click();
  } else {
    show(link.href, false);
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  const way = KEYS[event.key];
  const pressing = event.key === " " && event.target.closest("a, button");
  if (!way || pressing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  // The first Escape belongs to the browser: it leaves full screen.
  if (event.key === "Escape" && document.fullscreenElement) {
    return;
  }
  if (turn(way)) {
    event.preventDefault();
  }
});

document.addEventListener("click", (event) => {
  const link = event.target.closest('[data-turn="before"], [data-turn="after"]');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    show(link.href, false);
  }
  if (event.target.closest("[data-whole]")) {
    document.documentElement.requestFullscreen();
  }
});

document.addEventListener("fullscreenchange", offerWhole);
window.addEventListener("popstate", () => location.reload());
setInterval(() => show(location.href, true), EVERY);
offerWhole();
