// The form of one task: Enter goes on to the next question, and a share is a level at once.
// Without this file Enter leads to the check page, which loses nothing, and the server asks about shares.
"use strict";

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

  // "% hồ sơ" can't be added up from month to month.
  area.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.name.endsWith("-measure") || !field.value.trim().startsWith("%")) {
      return;
    }
    const counting = field.closest("[data-row]").querySelector("select[name$='-counting']");
    if (counting.value === "added") {
      counting.value = "level";
      counting.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}
