// The editor of documents: a phrase goes into its section's first box, a signer into the three lines of the signature,
// and a sentence that is not printed is shown so. Without this file the server puts in the phrase.
"use strict";

function say(field, words) {
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

for (const button of document.querySelectorAll("button[data-phrase]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const field = document.getElementById(button.dataset.phrase);
    const place = field.closest("details");
    if (place) {
      place.open = true;
    }
    say(field, [field.value.trim(), button.lastChild.textContent.trim()].filter(Boolean).join("\n"));
    field.focus();
  });
}

for (const button of document.querySelectorAll("button[data-signer]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const { elements } = button.form;
    say(elements.namedItem("on_behalf"), button.dataset.behalf);
    say(elements.namedItem("posts"), button.dataset.posts.split("|").join("\n"));
    say(elements.namedItem("signer_name"), button.dataset.signer);
    elements.namedItem("signer_name").focus();
  });
}

for (const piece of document.querySelectorAll("[data-piece]")) {
  const tick = piece.querySelector("input[type=checkbox]");
  tick.addEventListener("change", () => piece.classList.toggle("omitted", tick.checked));
}
