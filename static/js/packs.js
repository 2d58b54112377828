// A pack's page follows the work without being loaded anew, and a press ticks or clears all boxes of a block.
// Without this file a link asks how far it has come, and boxes are ticked one by one.
"use strict";

const PAUSE = 1000;

async function follow(place) {
  while (place.hasAttribute("data-goes-on")) {
    await new Promise((done) => setTimeout(done, PAUSE));
    try {
      const answer = await fetch(location.href, { cache: "no-store", redirect: "manual" });
      if (answer.status !== 200) {
        location.reload();
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-pack]");
      if (!fresh.hasAttribute("data-goes-on")) {
        place.replaceWith(fresh);
        fresh.querySelector("a.btn, button")?.focus();
        return;
      }
      for (const part of [".pack-progress", ".progress-bar-svg", ".facts"]) {
        const was = place.querySelector(part);
        const is = fresh.querySelector(part);
        if (was && is && was.outerHTML !== is.outerHTML) {
          was.innerHTML = is.innerHTML;
        }
      }
    } catch {
      // No connection: the next turn asks again.
    }
  }
}

function offerAll(group) {
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  if (boxes.length < 2) {
    return;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-link pack-all";
  const say = () => {
    button.textContent = boxes.every((box) => box.checked) ? "Bỏ chọn cả nhóm" : "Chọn cả nhóm";
  };
  button.addEventListener("click", () => {
    const all = boxes.every((box) => box.checked);
    for (const box of boxes) {
      box.checked = !all;
    }
    say();
  });
  group.addEventListener("change", say);
  say();
  group.querySelector("legend").append(button);
}

const place = document.querySelector("[data-pack]");
if (place) {
  follow(place);
}
document.querySelectorAll(".pack-group").forEach(offerAll);
