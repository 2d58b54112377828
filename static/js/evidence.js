// Files of a report are stored as soon as they are chosen: one after the other, each with how far it is, tried again
// while the line is down. Without this file they go with the form, on any of its buttons.
//
// <fieldset class="evidence-field" data-upload="address" data-remove="name of the buttons" data-version="name of a field">
//   … <div data-kept> what is stored, as the server writes it </div> <ul data-uploads> what is on its way </ul>
// A file that could not be stored goes back into its field before the form is sent, and so goes along with it.
"use strict";

const AGAIN_AFTER_MS = [2000, 5000, 10000, 30000];
const WAITING = "chờ gửi";
const DOWN = "chưa gửi được, đang thử lại";
const SIGNED_OUT = "phiên làm việc đã hết: đăng nhập ở cửa sổ mới rồi quay lại đây, tệp vẫn còn và được gửi tiếp";
const BROKEN = "máy chủ chưa nhận được tệp này";

class Upload {
  constructor(box, file, input) {
    this.box = box;
    this.file = file;
    this.input = input;
    this.failures = 0;
    this.stopped = false;
    this.line = document.createElement("li");
    this.name = document.createElement("span");
    this.name.textContent = file.name;
    this.bar = document.createElement("progress");
    this.bar.max = 1;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", `Đang gửi ${file.name}`);
    this.state = document.createElement("span");
    this.state.className = "upload-state";
    this.line.append(this.name, this.bar, this.state);
    this.say(WAITING);
    box.list.append(this.line);
  }

  say(words, wrong = false) {
    this.state.textContent = words;
    this.line.classList.toggle("wrong", wrong);
  }

  // Given up: it stays named until another file is chosen.
  refuse(words) {
    this.stopped = true;
    this.bar.remove();
    this.name.hidden = words.includes(this.file.name);
    this.say(words, true);
  }
}

class Box {
  constructor(place) {
    this.place = place;
    this.form = place.closest("form");
    this.kept = place.querySelector("[data-kept]");
    this.list = place.querySelector("[data-uploads]");
    this.waiting = [];
    this.under_way = null;
    this.timer = 0;
    this.when_done = [];
    const hint = place.querySelector("[data-says]");
    hint.textContent = hint.dataset.says;
    place.classList.add("at-once");
    for (const input of place.querySelectorAll("input[type='file']")) {
      input.addEventListener("change", () => this.take(input));
    }
    this.kept.addEventListener("click", (event) => this.remove(event));
  }

  take(input) {
    if (!input.files.length) {
      return; // told below that the field is empty again
    }
    for (const line of this.list.querySelectorAll(".wrong")) {
      if (!this.waiting.some((one) => one.line === line)) {
        line.remove();
      }
    }
    for (const file of input.files) {
      this.waiting.push(new Upload(this, file, input));
    }
    input.value = "";
    input.dispatchEvent(new Event("change")); // the words over the browser's own button
    this.next();
  }

  next() {
    window.clearTimeout(this.timer);
    if (this.under_way || !this.waiting.length) {
      this.settle();
      return;
    }
    const one = this.waiting[0];
    this.under_way = one;
    const fields = this.fields();
    fields.append("evidence", one.file, one.file.name);
    const request = new XMLHttpRequest();
    request.open("POST", this.place.dataset.upload);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) {
        one.bar.value = event.loaded / event.total;
        one.say(`${Math.round((100 * event.loaded) / event.total)}%`);
      }
    });
    request.addEventListener("load", () => this.answered(one, request));
    request.addEventListener("error", () => this.failed(one, DOWN));
    request.addEventListener("abort", () => this.failed(one, DOWN));
    request.send(fields);
  }

  fields() {
    const fields = new FormData();
    const version = this.form.elements.namedItem(this.place.dataset.version);
    fields.append("form_key", this.form.elements.namedItem("form_key").value);
    fields.append("version", version ? version.value : "");
    fields.append("named", this.place.dataset.remove);
    return fields;
  }

  answered(one, request) {
    const told = Box.read(request);
    if (request.status === 200 && told) {
      this.under_way = null;
      this.waiting.shift();
      this.show(told);
      if (told.words) {
        one.refuse(told.words);
        one.line.classList.toggle("wrong", told.refused);
      } else {
        one.line.remove();
      }
      this.next();
    } else if (request.status === 401) {
      this.failed(one, SIGNED_OUT);
    } else if (request.status >= 500) {
      this.failed(one, DOWN);
    } else {
      this.under_way = null;
      this.waiting.shift();
      one.refuse((told && told.words) || BROKEN);
      this.next();
    }
  }

  static read(request) {
    if (!(request.getResponseHeader("content-type") || "").includes("json")) {
      return null;
    }
    return JSON.parse(request.responseText);
  }

  // What the server knows now; the version goes on only where this page had seen everything before.
  show(told) {
    this.kept.innerHTML = told.html;
    const version = this.form.elements.namedItem(this.place.dataset.version);
    if (version && told.version) {
      version.value = told.version;
    }
  }

  failed(one, words) {
    this.under_way = null;
    one.say(words, true);
    const pause = AGAIN_AFTER_MS[Math.min(one.failures, AGAIN_AFTER_MS.length - 1)];
    one.failures += 1;
    this.settle();
    this.timer = window.setTimeout(() => this.next(), pause);
  }

  // Whoever waits for the files to be stored goes on when there is nothing more to hope for.
  settle() {
    if (!this.under_way) {
      this.when_done.splice(0).forEach((go) => go());
    }
  }

  get busy() {
    return Boolean(this.waiting.length);
  }

  // Wait for what is under way; what could not be stored goes with the form.
  async hand_over() {
    while (this.under_way || (this.waiting.length && !this.waiting[0].failures)) {
      await new Promise((done) => this.when_done.push(done));
    }
    window.clearTimeout(this.timer);
    const field = this.place.querySelector("input[type='file'][multiple]:not([capture])");
    const rest = new DataTransfer();
    this.waiting.splice(0).forEach((one) => rest.items.add(one.file));
    field.files = rest.files;
  }

  async remove(event) {
    const button = event.target.closest("button[type='submit']");
    if (!button || this.place.dataset.remove !== button.name) {
      return;
    }
    event.preventDefault();
    const fields = this.fields();
    fields.append("remove", button.value);
    try {
      const answer = await fetch(this.place.dataset.upload, { method: "POST", body: fields });
      if (answer.ok) {
        this.show(await answer.json());
        this.place.querySelector("input[type='file']:not([capture])").focus();
        return;
      }
    } catch (error) {
      // The line is down: the form itself is sent, as without scripts.
    }
    this.form.requestSubmit(button);
  }
}

const boxes = Array.from(document.querySelectorAll("[data-upload]"), (place) => new Box(place));

function again() {
  boxes.filter((box) => !box.under_way).forEach((box) => box.next());
}

window.addEventListener("online", again);
window.addEventListener("focus", again);

document.addEventListener(
  "submit",
  (event) => {
    const mine = boxes.filter((box) => box.form === event.target && box.busy);
    if (!mine.length) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const { submitter } = event;
    Promise.all(mine.map((box) => box.hand_over())).then(() => event.target.requestSubmit(submitter));
  },
  true,
);

window.addEventListener("beforeunload", (event) => {
  if (boxes.some((box) => box.busy && !box.form.dataset.sent)) {
    event.preventDefault();
  }
});
