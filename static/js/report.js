// The report form: what the typed figure comes to, what is unusual about it (pledges/progress/sanity.py asks the same),
// and the day of reaching only where the target is reached.
// The page works without it: the server shows the same once the draft is kept.
"use strict";

const SCALE = 10000n;
const ONE_SEPARATOR = /^[1-9]\d{0,2}[.,]\d{3}$/;

// A plain decimal ("-46", "0.5") as ten-thousandths; null for anything else.
function scaled(text) {
  const found = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(text);
  if (!found) {
    return null;
  }
  const size = BigInt(found[2]) * SCALE + BigInt((found[3] || "").padEnd(4, "0"));
  return found[1] ? -size : size;
}

// What people type: 1.234,5 and 1234.5; null where the server would ask.
function typed(text) {
  const bare = text.trim().replace(/^[−–]/, "-").replace(/^\+/, "").replace(/^-\s+/, "-");
  if (bare === "" || ONE_SEPARATOR.test(bare.replace("-", ""))) {
    return null;
  }
  if (/^-?[1-9]\d{0,2}([.\s]\d{3})+(,\d+)?$/.test(bare)) {
    return scaled(bare.replace(/[.\s]/g, "").replace(",", "."));
  }
  if (/^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(bare)) {
    return scaled(bare.replace(/,/g, ""));
  }
  return scaled(bare.replace(",", "."));
}

function written(value) {
  const size = value < 0n ? -value : value;
  const whole = String(size / SCALE).replace(/\B(?=(\d{3})+$)/g, ".");
  const places = String(size % SCALE).padStart(4, "0").replace(/0+$/, "");
  return (value < 0n ? "-" : "") + whole + (places ? `,${places}` : "");
}

// Per cent, halves away from zero.
function percent(part, whole) {
  const sign = (part < 0n) === (whole < 0n) ? 1n : -1n;
  const over = (part < 0n ? -part : part) * 200n;
  const under = whole < 0n ? -whole : whole;
  return `${written(sign * ((over + under) / (2n * under)) * SCALE)}%`;
}

const JUMP = 10n;

function size(value) {
  return value < 0n ? -value : value;
}

function outcome(data, said) {
  const baseline = scaled(data.baseline);
  const before = data.before === "" ? null : scaled(data.before);
  const start = before === null ? baseline : before;
  const value = data.accumulates === "1" ? start + said : said;
  const target = scaled(data.target);
  const reached = data.direction === "up" ? value >= target : value <= target;
  const share = target === baseline ? (reached ? "100%" : "0%") : percent(value - baseline, target - baseline);
  return { value, reached, share, questions: questions(data, said, before, start, value, target) };
}

// What the unit is asked about the figure: a fall, a jump, more than the target.
function questions(data, said, before, start, value, target) {
  const sum = data.accumulates === "1";
  const up = data.direction === "up";
  const amount = (number) => `${written(number)} ${data.measure}`;
  const past = (number) => target !== scaled(data.baseline) && (up ? number > target : number < target);
  const found = [];
  if (sum && said < 0n) {
    found.push(`Số liệu kỳ này làm giảm ${amount(-said)} so với các kỳ trước.`);
  }
  if (!sum && before !== null && (up ? said < before : said > before)) {
    found.push(`Mức đạt ${up ? "giảm" : "tăng"} so với kỳ trước: ${amount(before)} thành ${amount(said)}.`);
  }
  const compared = sum ? scaled(data.usually) : before;
  if (compared && size(said) >= JUMP * size(compared)) {
    const usual = sum ? "mức thường mỗi kỳ" : "kỳ trước";
    found.push(`${sum ? "Số liệu" : "Mức đạt"} gấp ${JUMP} lần ${usual} (${amount(compared)}) hoặc hơn.`);
  }
  if (past(value) && !past(start)) {
    found.push(`Số liệu vượt 100% chỉ tiêu đăng ký (${amount(target)}).`);
  }
  return found;
}

function put(place, parts) {
  place.replaceChildren(
    ...parts.map(([words, strong]) => {
      const piece = document.createElement(strong ? "b" : "span");
      piece.textContent = words;
      return piece;
    }),
  );
}

function show(input) {
  const place = document.getElementById(`${input.id}-outcome`);
  const day = document.querySelector(`[data-for="${input.id}"]`);
  const said = typed(input.value);
  const found = said === null ? null : outcome(input.dataset, said);
  const dayInput = day.querySelector("input");
  day.hidden = !(found && found.reached) && dayInput.value === "";
  ask(input, found ? found.questions : []);
  if (!found) {
    place.replaceChildren();
    return;
  }
  const name = input.dataset.accumulates === "1" ? "Lũy kế " : "Mức đạt ";
  put(place, [[name], [`${written(found.value)} ${input.dataset.measure}`, true], [", đạt "], [found.share, true]]);
}

// The question with its tick, which answers for the figure that stands there now and for no other.
function ask(input, asked) {
  const box = document.querySelector(`[data-doubt="${input.id}"]`);
  const words = box.querySelector(".doubt-words");
  if (words.textContent !== asked.join(" ")) {
    words.textContent = asked.join(" ");
  }
  box.hidden = asked.length === 0;
}

function changed(input) {
  const tick = document.querySelector(`[data-doubt="${input.id}"] input`);
  tick.checked = false;
  tick.value = input.value.trim() || "y";
  show(input);
}

for (const input of document.querySelectorAll("input[data-target]")) {
  show(input);
  input.addEventListener("input", () => changed(input));
}
