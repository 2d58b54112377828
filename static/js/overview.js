// Arrow keys in the grid of tasks: up, down, left, right from link to link, Home and End within a row.
// Without this file every link is reached by Tab as before.
"use strict";

const STEPS = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function linkIn(row, column) {
  const cell = row && row.cells[column];
  return cell ? cell.querySelector("a") : null;
}

function along(rows, at, column, down) {
  for (let next = at + down; next >= 0 && next < rows.length; next += down) {
    const link = linkIn(rows[next], column);
    if (link) {
      return link;
    }
  }
  return null;
}

function across(row, column, right) {
  for (let next = column + right; next >= 0 && next < row.cells.length; next += right) {
    const link = linkIn(row, next);
    if (link) {
      return link;
    }
  }
  return null;
}

function target(table, cell, key) {
  // A block's row has fewer cells than a task's: only rows of tasks and the head share their columns.
  const rows = [...table.rows].filter((row) => !row.classList.contains("block"));
  const row = cell.parentElement;
  if (key === "Home") {
    return across(row, -1, 1);
  }
  if (key === "End") {
    return across(row, row.cells.length, -1);
  }
  const [down, right] = STEPS[key] || [0, 0];
  if (down) {
    return along(rows, rows.indexOf(row), cell.cellIndex, down);
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
