// Asks now and then whether the page in sight is still new, and says so when it is not.
// Without this file the page stays as it was until it is loaded again.
"use strict";

const PAUSE = 60000;

function watch(note) {
  let asked = Date.now();
  let asking = false;

  async function ask() {
    if (asking || document.hidden || Date.now() - asked < PAUSE) {
      return;
    }
    asking = true;
    asked = Date.now();
    try {
      const answer = await fetch(location.href, {
        headers: { "If-None-Match": `W/"${note.dataset.fresh}"` },
        cache: "no-store",
        redirect: "manual",
      });
      if (answer.status === 200) {
        note.querySelector("a").href = location.href;
        note.hidden = false;
        clearInterval(timer);
        document.removeEventListener("visibilitychange", ask);
      }
    } catch {
      // No connection: the next minute asks again.
    } finally {
      asking = false;
    }
  }

  const timer = setInterval(ask, PAUSE);
  document.addEventListener("visibilitychange", ask);
}

const note = document.querySelector("[data-fresh]");
if (note) {
  watch(note);
}
