// The report form: what the typed figure comes to, and the day of reaching only where the target is reached.
// The page works without it: the server shows the same figures once the draft is kept.
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

function outcome(data, said) {
  const baseline = scaled(data.baseline);
  const before = data.before === "" ? null : scaled(data.before);
  const value = data.accumulates === "1" ? (before === null ? baseline : before) + said : said;
  const target = scaled(data.target);
  const reached = data.direction === "up" ? value >= target : value <= target;
  const share = target === baseline ? (reached ? "100%" : "0%") : percent(value - baseline, target - baseline);
  return { value, reached, share, fell: data.accumulates === "1" && said < 0n };
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
  place.classList.toggle("asks", Boolean(found && found.fell));
  if (!found) {
    place.replaceChildren();
    return;
  }
  const name = input.dataset.accumulates === "1" ? "Lũy kế " : "Mức đạt ";
  const parts = [[name], [`${written(found.value)} ${input.dataset.measure}`, true], [", đạt "], [found.share, true]];
  if (found.fell) {
    parts.push([". Số liệu giảm: ghi rõ lý do ở phần “Đã làm được gì”."]);
  }
  put(place, parts);
}

for (const input of document.querySelectorAll("input[data-target]")) {
  show(input);
  input.addEventListener("input", () => show(input));
}
