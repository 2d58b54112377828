// The form of one task: Enter goes on to the next question, and a share is a level at once, and no longer than it is one.
// Without this file Enter leads to the check page, which loses nothing, and the server asks about shares.
"use strict";

const SHARE = "Đã chuyển sang mức đạt: tỷ lệ phần trăm không cộng dồn từng kỳ.";
const NO_SHARE = "Đã chuyển sang số thêm trong kỳ, vì đơn vị tính không còn là phần trăm. Nếu mỗi kỳ ghi mức đạt, đồng chí chọn lại.";

function isShare(measure) {
  return measure.value.trim().startsWith("%");
}

function countingOf(measure) {
  return measure.closest("[data-row]").querySelector("select[name$='-counting']");
}

// Say beside a question what was changed in it.
function tell(field, words) {
  let line = field.parentElement.querySelector("[data-told]");
  if (!line) {
    line = document.createElement("p");
    line.className = "field-note";
    line.setAttribute("role", "status");
    line.dataset.told = "";
    field.after(line);
  }
  line.textContent = words;
  line.hidden = !words;
}

function turn(counting, value, words) {
  counting.value = value;
  counting.dispatchEvent(new Event("change", { bubbles: true }));
  tell(counting, words);
}

for (const area of document.querySelectorAll("[data-enter-moves]")) {
  area.addEventListener("keydown", (event) => {
    const field = event.target;
    const line = field.matches("input:not([type='checkbox'], [type='radio']), select");
    if (event.key !== "Enter" || !line || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const places = [...field.form.querySelectorAll("input, select, textarea, button, summary")].filter(
      (one) => one.type !== "hidden" && one.tabIndex >= 0 && one.offsetParent !== null && !one.matches("[data-row-drop]"),
    );
    const next = places[places.indexOf(field) + 1];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });

  // "% hồ sơ" can't be added up from month to month; what becomes "cây" seldom is a level any more.
  for (const measure of area.querySelectorAll("[name$='-measure']")) {
    const counting = countingOf(measure);
    if (isShare(measure) && counting.value === "level") {
      counting.dataset.ofShare = "";
    }
  }
  area.addEventListener("change", (event) => {
    const field = event.target;
    if (field.name.endsWith("-counting") && event.isTrusted) {
      delete field.dataset.ofShare;
      tell(field, "");
    }
    if (!field.name.endsWith("-measure") || !field.value.trim()) {
      return;
    }
    const counting = countingOf(field);
    if (isShare(field) && counting.value === "added") {
      counting.dataset.ofShare = "";
      turn(counting, "level", SHARE);
    } else if (!isShare(field) && "ofShare" in counting.dataset) {
      delete counting.dataset.ofShare;
      turn(counting, "added", NO_SHARE);
    }
  });
}
