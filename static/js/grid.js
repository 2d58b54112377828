// The grid of tasks under the hands of somebody who knows a spreadsheet: arrows, Enter, F2, Escape, blocks that are
// chosen, copied, pasted out of Excel, and taken back. The inputs are real; without this file they are filled in and
// sent as in any form, and the server adds the rows.
//
// form[data-grid] data-most="300" data-heavy="20971520"     most rows of one sending, most bytes
//   tr[data-row]                     a row; [data-unsaved] differs from what the server holds
//     td[data-column] > [data-cell]  what is typed; a cell without one is told only
//   [data-grid-said]                 what was done, in words (a live region)
//   [data-grid-unsaved]              how many rows are not saved yet
// template[data-grid-row]            a table with a blank row, __row__ for its number, __line__ for its line; it stands
//                                    outside the form
"use strict";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const MARKS = /[\u0300-\u036f]/g;

// --- Text of the clipboard ------------------------------------------------------------------------------------

// The end of a quoted cell that begins at `start`, or -1: Excel quotes only what holds a tab or a line break, doubles
// the quotes within, and writes “"Vì người nghèo"” as it stands.
function quotedEnd(text, start) {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '"') {
      if (text[at + 1] === '"') {
        at += 1;
      } else {
        const closed = at + 1 === text.length || text[at + 1] === "\t" || text[at + 1] === "\n";
        return closed && /[\t\n]/.test(text.slice(start + 1, at)) ? at : -1;
      }
    }
  }
  return -1;
}

function tableOf(clip) {
  const text = clip.normalize("NFC").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const rows = [[]];
  let at = 0;
  while (at <= text.length) {
    const row = rows[rows.length - 1];
    const end = text[at] === '"' ? quotedEnd(text, at) : -1;
    if (end >= 0) {
      row.push(text.slice(at + 1, end).replace(/""/g, '"'));
      at = end + 1;
    } else {
      const rest = text.slice(at).search(/[\t\n]/);
      const stop = rest < 0 ? text.length : at + rest;
      row.push(text.slice(at, stop));
      at = stop;
    }
    if (text[at] === "\n") {
      rows.push([]);
    }
    at += 1;
  }
  return rows;
}

function clipOf(rows) {
  const cell = (text) => (/[\t\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  return rows.map((row) => row.map(cell).join("\t")).join("\n");
}

function plain(text) {
  return text
    .normalize("NFD")
    .replace(MARKS, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

// --- The grid -------------------------------------------------------------------------------------------------

class Grid {
  constructor(form) {
    this.form = form;
    this.table = form.querySelector("table");
    this.region = this.table.parentElement;
    this.body = this.table.tBodies[0];
    this.blank = document.querySelector("template[data-grid-row]");
    this.said = form.querySelector("[data-grid-said]");
    this.unsaved = form.querySelector("[data-grid-unsaved]");
    this.headings = [...this.table.tHead.rows[0].cells].filter((head) => head.dataset.names);
    this.editing = false;
    this.sending = false;
    this.anchor = null;
    this.extent = null;
    this.before = "";
    this.done = [];
    this.undone = [];
    this.listen();
    this.count();
  }

  // Places

  get rows() {
    return [...this.body.rows].filter((row) => row.dataset.row);
  }

  cells(row) {
    return [...row.cells].filter((cell) => cell.dataset.column);
  }

  field(cell) {
    return cell.querySelector("[data-cell]");
  }

  text(cell) {
    const field = this.field(cell);
    return field ? field.value : cell.textContent.trim();
  }

  // The cell that an event is about; a choice beside a cell keeps its own keys.
  place(event) {
    const cell = event.target.closest("td[data-column]");
    return cell && event.target === (this.field(cell) || cell) ? cell : null;
  }

  position(cell) {
    return [this.rows.indexOf(cell.parentElement), this.cells(cell.parentElement).indexOf(cell)];
  }

  at(row, column) {
    const rows = this.rows;
    const wanted = rows[Math.min(Math.max(row, 0), rows.length - 1)];
    const cells = this.cells(wanted);
    return cells[Math.min(Math.max(column, 0), cells.length - 1)];
  }

  // Rows and columns that are chosen, as [first, last] each.
  get block() {
    const [row, column] = this.position(this.anchor);
    const [toRow, toColumn] = this.position(this.extent);
    return [
      [Math.min(row, toRow), Math.max(row, toRow)],
      [Math.min(column, toColumn), Math.max(column, toColumn)],
    ];
  }

  get chosen() {
    const [[top, bottom], [left, right]] = this.block;
    return this.rows.slice(top, bottom + 1).map((row) => this.cells(row).slice(left, right + 1));
  }

  get many() {
    return this.anchor !== null && this.anchor !== this.extent;
  }

  // Moving

  go(cell) {
    const target = this.field(cell) || cell;
    if (target === cell) {
      cell.tabIndex = -1;
    }
    target.focus();
    if (this.region.offsetHeight < window.innerHeight) {
      this.region.scrollIntoView({ block: "nearest" }); // its headings too, when the page was scrolled past them
    }
    this.choose(cell, cell);
    if (target !== cell) {
      target.select();
    }
    this.editing = false;
  }

  choose(anchor, extent) {
    for (const cell of this.body.querySelectorAll(".chosen")) {
      cell.classList.remove("chosen");
    }
    this.anchor = anchor;
    this.extent = extent;
    if (this.many) {
      this.chosen.flat().forEach((cell) => cell.classList.add("chosen"));
    }
  }

  move(cell, [down, right], event) {
    const [row, column] = this.position(event.shiftKey ? this.extent : cell);
    const far = event.ctrlKey || event.metaKey ? this.rows.length + this.cells(cell.parentElement).length : 1;
    const next = this.at(row + down * far, column + right * far);
    if (event.shiftKey) {
      this.choose(cell, next);
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else {
      this.go(next);
    }
  }

  // Enter: one row down; below the last row that holds something there is always another.
  enter(cell, down) {
    const [row, column] = this.position(cell);
    const isLast = row === this.rows.length - 1;
    if (down > 0 && isLast && this.cells(cell.parentElement).some((one) => this.text(one))) {
      this.grow(1);
    }
    this.go(this.at(row + down, column));
  }

  // Changing

  put(pairs) {
    const changes = pairs
      .map(([field, text]) => ({ field, from: field.value, to: this.fitting(field, text) }))
      .filter((change) => change.from !== change.to);
    changes.forEach(({ field, to }) => {
      field.value = to;
    });
    this.remember(changes);
  }

  fitting(field, text) {
    const trimmed = text.trim();
    return field instanceof HTMLTextAreaElement ? trimmed : trimmed.replace(/\s*\n\s*/g, " ");
  }

  remember(changes) {
    for (const { field } of changes) {
      if (field.list) {
        field.title = field.value; // the whole of what may be longer than its cell
      }
    }
    if (changes.length) {
      this.done.push(changes);
      this.undone = [];
      this.told();
    }
  }

  // Others who watch the form (its own keeping of drafts) hear of what was not typed.
  told() {
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
    this.count();
  }

  turn(from, to, side, words) {
    const changes = from.pop();
    if (!changes) {
      this.say("Không còn gì để hoàn tác.");
      return;
    }
    to.push(changes);
    for (const change of side === "from" ? [...changes].reverse() : changes) {
      change.field.value = change[side];
    }
    const cell = changes[0].field.closest("td");
    this.go(cell);
    this.before = this.text(cell);
    this.told();
    this.say(words);
  }

  empty() {
    this.put(this.chosen.flat().map((cell) => this.field(cell)).filter(Boolean).map((field) => [field, ""]));
    this.before = this.text(this.anchor);
  }

  // As many of the wanted rows as one sending may bring; how many there are now.
  grow(wanted) {
    const number = Math.max(-1, ...this.rows.map((row) => Number(row.dataset.row))) + 1;
    const lines = this.rows.map((row) => Number(row.dataset.line));
    const line = Math.max(0, ...lines) + 1;
    const room = Math.max(0, Number(this.form.dataset.most) - this.rows.length);
    for (let turn = 0; turn < Math.min(wanted, room); turn += 1) {
      const holder = document.createElement("template");
      holder.innerHTML = this.blank.innerHTML
        .replace(/__row__/g, String(number + turn))
        .replace(/__line__/g, String(line + turn));
      this.body.append(holder.content.querySelector("tr"));
    }
    return Math.min(wanted, room);
  }

  // Pasting

  paste(cell, clip) {
    const rows = tableOf(clip);
    if (rows.length === 1 && rows[0].length === 1 && this.many) {
      const fields = this.chosen.flat().map((one) => this.field(one)).filter(Boolean);
      this.put(fields.map((field) => [field, rows[0][0]]));
      this.say(`Đã điền ${fields.length} ô. Ctrl+Z để hoàn tác.`);
      return;
    }
    const [[top], [left]] = this.block;
    const layout = this.layout(rows, left);
    const wanted = layout.rows.length;
    const lacking = top + wanted - this.rows.length;
    const left_out = lacking > 0 ? lacking - this.grow(lacking) : 0;
    const targets = this.rows.slice(top, top + wanted - left_out);
    const closed = targets.find((row) => this.cells(row).some((one) => !this.field(one)));
    if (closed) {
      this.say(`Chưa dán: dòng ${closed.dataset.line} không sửa được ở bước này. Đồng chí dán vào các dòng trống ở cuối bảng.`);
      return;
    }
    const pairs = targets.flatMap((row, down) =>
      layout.columns.flatMap((column, right) =>
        column === null ? [] : [[this.field(this.cells(row)[column]), layout.rows[down][right] ?? ""]],
      ),
    );
    this.put(pairs);
    this.before = this.text(cell);
    const used = layout.columns.filter((column) => column !== null);
    this.choose(this.at(top, Math.min(...used)), this.at(top + targets.length - 1, Math.max(...used)));
    this.sayPasted(targets.length, used.length, left_out, layout.strange);
  }

  // Which column of the grid each pasted one goes to: by its heading where the block brings them, else side by side.
  layout(rows, left) {
    const width = Math.max(...rows.map((row) => row.length));
    const columns = this.headings.length;
    const named = rows[0].map((text) => this.headed(text));
    const number = (text) => /^\d*\.?$/.test(text.trim());
    if (named.filter((one) => one >= 0).length >= 2 && rows.length > 1) {
      const told = (text, index) => named[index] < 0 && !["", "stt", "tt", "so tt", "so thu tu"].includes(plain(text));
      return {
        rows: rows.slice(1),
        columns: named.map((one) => (one < 0 ? null : one)),
        strange: rows[0].filter(told).map((text) => text.trim()),
      };
    }
    const counted = left === 0 && width > 1 && rows.every((row) => number(row[0])) && rows.some((row) => row[0].trim());
    const shift = counted ? left - 1 : left;
    const places = Array.from({ length: width }, (_, index) => index + shift);
    const beyond = places.filter((place) => place >= columns).length;
    return {
      rows,
      columns: places.map((place) => (place < 0 || place >= columns ? null : place)),
      strange: beyond ? [`${beyond} cột cuối`] : [],
    };
  }

  // The column that a heading names, its remarks in brackets aside; -1 for none.
  headed(text) {
    const ways = [plain(text), plain(text.replace(/\([^)]*\)/g, " "))];
    return this.headings.findIndex((head) => head.dataset.names.split("|").some((name) => ways.includes(name)));
  }

  sayPasted(rows, columns, leftOut, strange) {
    const parts = [`Đã dán ${rows} dòng × ${columns} cột.`];
    if (leftOut) {
      parts.push(`Còn ${leftOut} dòng chưa dán: mỗi lần lưu được nhiều nhất ${this.form.dataset.most} dòng.`);
    }
    if (strange.length) {
      parts.push(`Bảng không có chỗ cho: ${strange.join(", ")}.`);
    }
    this.say(`${parts.join(" ")} Ctrl+Z để hoàn tác.`);
  }

  // Telling

  say(words) {
    this.said.textContent = words;
  }

  count() {
    const differs = (row) =>
      "unsaved" in row.dataset || this.cells(row).some((cell) => this.field(cell) && this.field(cell).value !== this.field(cell).defaultValue);
    this.number = this.rows.filter(differs).length;
    this.unsaved.textContent = this.number ? `${this.number} dòng chưa lưu` : "";
  }

  // Listening

  listen() {
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("focusin", (event) => this.focused(event));
    this.body.addEventListener("focusout", (event) => this.left(event));
    this.body.addEventListener("input", (event) => this.typed(event));
    this.body.addEventListener("pointerdown", (event) => this.pressed(event));
    this.body.addEventListener("pointerover", (event) => this.dragged(event));
    this.body.addEventListener("mouseup", (event) => this.released(event));
    for (const kind of ["copy", "cut", "paste"]) {
      document.addEventListener(kind, (event) => this.clipboard(event));
    }
    this.form.addEventListener("click", (event) => this.added(event));
    document.getElementById("error-summary")?.addEventListener("click", (event) => this.led(event));
    this.form.addEventListener("submit", (event) => this.sent(event));
    window.addEventListener("beforeunload", (event) => {
      if (this.number && !this.sending) {
        event.preventDefault();
      }
    });
    window.addEventListener("pageshow", () => {
      this.sending = false;
    });
  }

  key(event) {
    const cell = this.place(event);
    if (!cell || event.isComposing || event.altKey) {
      return;
    }
    if (this.always(cell, event) || (!this.editing && this.moving(cell, event))) {
      event.preventDefault();
    }
  }

  // Keys that mean the same whether one moves or types. Alt+Enter breaks the line.
  always(cell, event) {
    const field = this.field(cell);
    if (event.key === "Enter") {
      this.enter(cell, event.shiftKey ? -1 : 1);
    } else if (event.key === "F2" && field) {
      this.editing = true;
      field.setSelectionRange(field.value.length, field.value.length);
    } else if (event.key === "Escape" && field) {
      field.value = this.before;
      this.go(cell);
      this.count();
    } else {
      return false;
    }
    return true;
  }

  moving(cell, event) {
    const command = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    if (STEPS[event.key]) {
      this.move(cell, STEPS[event.key], event);
    } else if (event.key === "Home" || event.key === "End") {
      const [row] = this.position(cell);
      const last = event.key === "End";
      this.go(this.at(command ? (last ? this.rows.length : 0) : row, last ? this.headings.length : 0));
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.empty();
    } else if (command && letter === "z" && !event.shiftKey) {
      this.turn(this.done, this.undone, "from", "Đã hoàn tác.");
    } else if (command && (letter === "y" || letter === "z")) {
      this.turn(this.undone, this.done, "to", "Đã làm lại.");
    } else {
      return false;
    }
    return true;
  }

  focused(event) {
    const cell = this.place(event);
    if (!cell) {
      return;
    }
    this.before = this.text(cell);
    this.editing = this.touch === true;
    this.choose(cell, cell);
    const field = this.field(cell);
    if (field && !this.editing) {
      field.select();
    }
  }

  left(event) {
    const cell = this.place(event);
    const field = cell && this.field(cell);
    if (field && field.value !== this.before) {
      this.remember([{ field, from: this.before, to: field.value }]);
    }
  }

  typed(event) {
    if (this.place(event)) {
      this.editing = true;
    } else if (event.target.closest("[data-row]")) {
      event.target.closest("[data-row]").dataset.unsaved = "";
    }
    this.count();
  }

  // A first press chooses the cell, a second one goes into its text; fingers go into the text at once.
  pressed(event) {
    const cell = event.target.closest("td[data-column]");
    this.touch = event.pointerType === "touch";
    this.fresh = null;
    if (!cell || event.button !== 0 || this.touch || (this.field(cell) && event.target !== this.field(cell))) {
      return;
    }
    if (event.shiftKey && this.anchor) {
      event.preventDefault();
      this.choose(this.anchor, cell);
      return;
    }
    this.dragging = cell;
    if ((this.field(cell) || cell) === document.activeElement && !this.many) {
      this.editing = true;
    } else {
      this.fresh = cell;
    }
    if (!this.field(cell)) {
      this.go(cell);
    }
  }

  dragged(event) {
    const cell = event.target.closest("td[data-column]");
    if (!this.dragging || !(event.buttons & 1)) {
      this.dragging = null;
    } else if (cell && cell !== this.extent) {
      this.choose(this.dragging, cell);
    }
  }

  released(event) {
    const field = this.fresh && this.field(this.fresh);
    if (field && event.target === field && field.selectionStart === field.selectionEnd) {
      field.select();
      this.editing = false;
    }
    this.dragging = this.fresh = null;
    this.touch = false;
  }

  clipboard(event) {
    const cell = this.body.contains(document.activeElement) ? this.place({ target: document.activeElement }) : null;
    if (!cell) {
      return;
    }
    if (event.type === "paste") {
      const clip = event.clipboardData.getData("text/plain");
      const within = this.editing && !/\t/.test(clip) && !/\n./.test(clip);
      if (clip && !within && this.field(cell)) {
        event.preventDefault();
        this.paste(cell, clip);
      }
    } else if (this.many || !this.field(cell)) {
      event.preventDefault();
      event.clipboardData.setData("text/plain", clipOf(this.chosen.map((row) => row.map((one) => this.text(one)))));
      if (event.type === "cut") {
        this.empty();
      }
    }
  }

  added(event) {
    const button = event.target.closest("[data-grid-add]");
    if (!button) {
      return;
    }
    event.preventDefault();
    const first = this.rows.length;
    if (this.grow(Number(button.dataset.gridAdd))) {
      this.go(this.at(first, 0));
    } else {
      this.say(`Mỗi lần lưu được nhiều nhất ${this.form.dataset.most} dòng. Đồng chí lưu bảng rồi thêm tiếp.`);
    }
  }

  // From the summary of what is wrong into the cell, with its headings in sight.
  led(event) {
    const link = event.target.closest("a");
    const cell = link && document.getElementById(link.hash.slice(1))?.closest("td[data-column]");
    if (cell) {
      event.preventDefault();
      this.go(cell);
    }
  }

  // What the server could not take is not sent: everything typed stays where it is.
  sent(event) {
    const size = new URLSearchParams(new FormData(this.form, event.submitter)).toString().length;
    if (size > Number(this.form.dataset.heavy)) {
      event.preventDefault();
      event.stopPropagation();
      this.say("Bảng quá lớn cho một lần lưu, chưa gửi gì. Đồng chí bớt các dòng mới rồi lưu nhiều lần.");
      return;
    }
    this.sending = true;
  }
}

const gridForm = document.querySelector("form[data-grid]");
if (gridForm) {
  new Grid(gridForm);
}
