// Arrow keys in the grid of tasks: up, down, left, right from link to link, Home and End within a row.
// Without this file every link is reached by Tab as before.
"use strict";

const STEPS = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

// The column at which a cell begins: cells of a block's row span several.
function columnOf(cell) {
  let column = 0;
  for (let before = cell.previousElementSibling; before; before = before.previousElementSibling) {
    column += before.colSpan;
  }
  return column;
}

function cellAt(row, column) {
  return [...row.cells].find((cell) => {
    const first = columnOf(cell);
    return first <= column && column < first + cell.colSpan;
  });
}

function linkIn(cell) {
  return cell ? cell.querySelector("a") : null;
}

function along(rows, at, column, down) {
  for (let next = at + down; next >= 0 && next < rows.length; next += down) {
    const link = linkIn(cellAt(rows[next], column));
    if (link) {
      return link;
    }
  }
  return null;
}

function across(row, index, right) {
  for (let next = index + right; next >= 0 && next < row.cells.length; next += right) {
    const link = linkIn(row.cells[next]);
    if (link) {
      return link;
    }
  }
  return null;
}

function target(table, cell, key) {
  const rows = [...table.rows];
  const row = cell.parentElement;
  if (key === "Home") {
    return across(row, -1, 1);
  }
  if (key === "End") {
    return across(row, row.cells.length, -1);
  }
  const [down, right] = STEPS[key] || [0, 0];
  if (down) {
    return along(rows, rows.indexOf(row), columnOf(cell), down);
  }
  return right ? across(row, cell.cellIndex, right) : null;
}

for (const table of document.querySelectorAll("table[data-grid]")) {
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td, th");
    if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const link = target(table, cell, event.key);
    if (link) {
      event.preventDefault();
      link.focus();
    }
  });
}
