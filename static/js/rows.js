// Rows in a form, added and dropped in place. Without this the same buttons ask the server, which shows the form again.
//
// [data-rows="indicators" data-most="20"]   the section of a list
//   [data-row-list] > [data-row]      the rows; [data-row-number] inside says which it is, [data-row-drop] drops it,
//                                     [data-row-up] and [data-row-down], where there are any, move it
//   [data-row-add] > button           one more
// <template data-row-template="indicators">   a blank row, its names with __row__ for the number; outside the form
"use strict";

const ROW_NUMBER = /__row__/g;

function renumber(list, name) {
  [...list.children].forEach((row, position) => {
    row.querySelector("[data-row-number]").textContent = position + 1;
    for (const act of ["drop", "up", "down"]) {
      const button = row.querySelector(`[data-row-${act}]`);
      if (button) {
        button.value = `${name}-${act}-${position}`;
      }
    }
  });
}

// Two rows change their answers, not their places: the server reads rows in the order of the numbers in their names.
function swap(row, other) {
  const answers = (one) => [...one.querySelectorAll("input, select, textarea")];
  const theirs = answers(other);
  answers(row).forEach((mine, position) => {
    [mine.value, theirs[position].value] = [theirs[position].value, mine.value];
    mine.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

for (const section of document.querySelectorAll("[data-rows]")) {
  const name = section.dataset.rows;
  const list = section.querySelector("[data-row-list]");
  const blank = document.querySelector(`template[data-row-template="${name}"]`);
  const add = section.querySelector("[data-row-add]");
  const most = Number(section.dataset.most);
  // Beyond every number in use: the server reads rows in the order of their numbers and closes the gaps.
  let next = most + list.children.length;

  add.querySelector("button").addEventListener("click", (event) => {
    event.preventDefault();
    const holder = document.createElement("template");
    holder.innerHTML = blank.innerHTML.replace(ROW_NUMBER, String(next));
    next += 1;
    list.append(holder.content);
    renumber(list, name);
    add.hidden = list.children.length >= most;
    list.lastElementChild.querySelector("input").focus();
  });

  list.addEventListener("click", (event) => {
    const move = event.target.closest("[data-row-up], [data-row-down]");
    if (move) {
      event.preventDefault();
      const up = "rowUp" in move.dataset;
      const row = move.closest("[data-row]");
      const other = up ? row.previousElementSibling : row.nextElementSibling;
      if (other) {
        swap(row, other);
        // Where the row has come to the end of the list, its button is hidden.
        const again = other.querySelector(up ? "[data-row-up]" : "[data-row-down]");
        (again.offsetParent ? again : other.querySelector("input")).focus();
      }
      return;
    }
    const drop = event.target.closest("[data-row-drop]");
    if (!drop) {
      return;
    }
    event.preventDefault();
    const row = drop.closest("[data-row]");
    const neighbour = row.nextElementSibling || row.previousElementSibling;
    if (!neighbour) {
      return;
    }
    row.remove();
    renumber(list, name);
    add.hidden = false;
    neighbour.querySelector("input").focus();
  });
}
