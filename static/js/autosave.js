// What is typed into a form is saved on the server some seconds after the typing stops, and when the page is left.
//
// <form> … <input name="unsent_page"> <input name="unsent_seen"> <input name="form_key">   written by hidden(form)
//   <p data-unsent="/luu-tam" data-key data-seen>   where it says when it was saved, or that it was not
//     (parts/unsent.html); data-address opens this very form again: data-named by its key, for the
//     page alone shows another one; data-shown-again on the answer to a sending
// A script that changes a field by itself lets an "input" event bubble from it. Without this file the server saves
// what is sent and not accepted; nothing is ever left in the browser's own store, because office computers are shared.
"use strict";

const PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 20000;
const WAIT_MS = 3000;
const AGAIN_MS = [5000, 10000, 30000];
const ENDED = "Phiên làm việc đã hết, nội dung trên trang CHƯA LƯU. Đồng chí bấm nút lưu hoặc gửi của trang để đăng nhập lại; nội dung đã nhập được giữ nguyên.";
const OFFLINE = "Chưa lưu được, đang thử lại";
const REFUSED = "Chưa tự lưu được. Đồng chí bấm nút lưu của trang để không mất nội dung.";
// The browser lets a page that is left send so much, and no more.
const MOST_ON_LEAVING = 60000;
const MB = 1024 * 1024;
const TOO_HEAVY = "Chưa gửi: các tệp đã chọn vượt quá {} MB của một lần gửi. Đồng chí bớt tệp hoặc chọn tệp nhỏ hơn; nội dung đã nhập vẫn còn.";

function windowName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

class Keeper {
  constructor(form, line) {
    this.form = form;
    this.line = line;
    this.key = form.elements.namedItem("form_key");
    this.seen = form.elements.namedItem("unsent_seen");
    // Back on a page that was left, browsers may put the old key beside new content: what the server wrote counts.
    this.key.value = line.dataset.key;
    this.window = windowName();
    this.kept = this.words();
    this.sending = null;
    this.since = 0;
    this.timer = 0;
    this.failures = 0;
    this.given_up = false;
    this.under_way = null;
    this.address = line.dataset.address;
    this.named = "named" in line.dataset;
    this.note(line.dataset.seen);
    if ("shownAgain" in line.dataset) {
      this.stand();
    }
  }

  // Reloading the page, or coming back to it, opens this form, and sends nothing once more.
  stand() {
    window.history.replaceState(window.history.state, "", this.address);
  }

  note(revision) {
    this.seen.value = `${parseInt(revision, 10) || 0} ${this.window}`;
  }

  // The fields as they are sent, without passwords, files and what the mechanism carries.
  typed() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      const field = this.form.elements.namedItem(name);
      if (typeof value === "string" && field.type !== "password" && field !== this.key && field !== this.seen) {
        fields.append(name, value);
      }
    }
    return fields;
  }

  // What is compared: a version that a stored file raised is nothing that was typed.
  words() {
    const fields = this.typed();
    for (const name of Array.from(fields.keys()).filter((one) => /(^|-)version$/.test(one))) {
      fields.delete(name);
    }
    return fields.toString();
  }

  // Bytes of the chosen files.
  get files() {
    const found = Array.from(new FormData(this.form).values()).filter((value) => typeof value !== "string");
    return found.reduce((sum, file) => sum + file.size, 0);
  }

  get dirty() {
    return this.words() !== this.kept;
  }

  say(words, unsaved) {
    if (this.line.textContent.trim() !== words) {
      this.line.textContent = words;
    }
    this.line.classList.toggle("unsaved", unsaved);
  }

  changed() {
    const now = Date.now();
    this.since = this.since || now;
    window.clearTimeout(this.timer);
    // Who types without a pause is saved all the same.
    this.timer = window.setTimeout(() => this.save(), Math.min(PAUSE_MS, Math.max(0, this.since + LONGEST_PAUSE_MS - now)));
  }

  async save(leaving = false) {
    window.clearTimeout(this.timer);
    if (this.under_way && !leaving) {
      this.timer = window.setTimeout(() => this.save(), PAUSE_MS);
      return;
    }
    const fields = this.typed();
    const content = this.words();
    if (content === this.kept || content === this.sending || this.form.dataset.sent) {
      return;
    }
    this.since = 0;
    fields.append("form_key", this.key.value);
    fields.append("unsent_seen", this.seen.value);
    const keepalive = leaving && fields.toString().length < MOST_ON_LEAVING;
    this.sending = content;
    this.under_way = new AbortController();
    try {
      const { signal } = this.under_way;
      const answer = await fetch(this.line.dataset.unsent, { method: "POST", body: fields, keepalive, signal });
      await this.answered(answer, content);
    } catch (error) {
      if (error.name !== "AbortError") {
        this.failed(OFFLINE);
      }
    } finally {
      this.sending = null;
      this.under_way = null;
    }
  }

  // Save all that is typed, now; what is under way comes first.
  async flush() {
    while (this.under_way) {
      await new Promise((done) => window.setTimeout(done, 50));
    }
    await this.save();
  }

  async answered(answer, content) {
    const told = (answer.headers.get("content-type") || "").includes("json") ? await answer.json() : {};
    if (answer.ok) {
      this.key.value = told.key;
      this.note(told.seen);
      this.kept = content;
      this.failures = 0;
      this.given_up = false;
      if (told.words) {
        this.say(told.words, false);
      }
      if (told.address && this.named) {
        this.address = told.address;
        this.stand();
      }
    } else if (answer.status >= 500) {
      this.failed(OFFLINE);
    } else {
      // Trying again would get the same answer: the next typing may.
      this.given_up = true;
      this.say(answer.status === 401 ? ENDED : told.words || REFUSED, true);
    }
  }

  failed(words) {
    this.say(words, true);
    const pause = AGAIN_MS[Math.min(this.failures, AGAIN_MS.length - 1)];
    this.failures += 1;
    this.timer = window.setTimeout(() => this.save(), pause);
  }

  get unsaved() {
    return (this.failures > 0 || this.given_up || this.typed().toString().length > MOST_ON_LEAVING) && this.dirty;
  }

  // What is under way would come after the form itself; the server knows it by the window's name, and lets it fall.
  // Who comes back to the page types something new, in a window of another name.
  sent() {
    window.clearTimeout(this.timer);
    if (this.named) {
      this.stand();
    }
    if (this.under_way) {
      this.under_way.abort();
    }
    window.setTimeout(() => {
      this.window = windowName();
      this.note(this.seen.value);
    });
  }
}

const keepers = [];
for (const line of document.querySelectorAll("[data-unsent]")) {
  const form = line.closest("form");
  const keeper = new Keeper(form, line);
  keepers.push(keeper);
  for (const event of ["input", "change"]) {
    form.addEventListener(event, () => keeper.changed());
  }
  // Rows that come and go.
  new MutationObserver((changes) => {
    if (changes.some((change) => change.target !== line && !line.contains(change.target))) {
      keeper.changed();
    }
  }).observe(form, { childList: true, subtree: true });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) {
    return;
  }
  const mine = keepers.filter((keeper) => keeper.form === form);
  mine.forEach((keeper) => keeper.sent());
  const others = keepers.filter((keeper) => keeper.form !== form && keeper.dirty && !keeper.form.dataset.sent);
  if (mine.length || !others.length || form.method !== "post" || (event.submitter && event.submitter.name)) {
    return;
  }
  // Another form leads away (signing out): what is typed is saved first, for afterwards nobody may save it.
  event.preventDefault();
  const late = new Promise((done) => window.setTimeout(done, WAIT_MS));
  Promise.race([Promise.all(others.map((keeper) => keeper.flush())), late]).then(() => {
    form.submit();
  });
});

// Files that the server would refuse are not sent at all: they stay chosen, and the words stay in sight.
document.addEventListener(
  "submit",
  (event) => {
    const keeper = keepers.find((one) => one.form === event.target);
    const most = keeper ? parseInt(keeper.line.dataset.heaviest, 10) : 0;
    if (!most || !(keeper.files > most)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    keeper.flush().then(() => {
      keeper.say(TOO_HEAVY.replace("{}", Math.floor(most / MB)), true);
      keeper.line.scrollIntoView({ block: "nearest" });
    });
  },
  true,
);

function leave() {
  for (const keeper of keepers) {
    if (keeper.dirty && !keeper.form.dataset.sent) {
      keeper.save(true);
    }
  }
}

window.addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") {
    leave();
  }
});
window.addEventListener("online", () => keepers.forEach((keeper) => keeper.save()));
window.addEventListener("beforeunload", (event) => {
  if (keepers.some((keeper) => keeper.unsaved && !keeper.form.dataset.sent)) {
    event.preventDefault();
  }
});
