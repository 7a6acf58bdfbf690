// Rows of a table without a round trip. The same buttons post the page where this script is absent.
//
// <div data-rows="prefix"> holds the hidden counts, the table, a <template data-row-template> with
// __prefix__ in its names and __number__ in its words, and <button name="add_row">.
import { announce } from "./announce.js";
import { startCounters } from "./counters.js";

export function startRows(root) {
  for (const block of root.querySelectorAll("[data-rows]")) {
    block.addEventListener("click", (event) => {
      const add = event.target.closest("button[name='add_row']");
      const remove = event.target.closest("button[name='delete_row']");
      if (add && addRow(block)) event.preventDefault();
      if (remove) {
        event.preventDefault();
        removeRow(block, remove);
      }
    });
  }
}

function addRow(block) {
  const template = block.querySelector("template[data-row-template]");
  const total = block.querySelector(`input[name='${block.dataset.rows}-TOTAL_FORMS']`);
  const body = block.querySelector("tbody");
  if (!template || !total || !body) return false;
  const index = Number(total.value);
  if (block.dataset.most && index >= Number(block.dataset.most)) {
    announce(`行は${block.dataset.most}行までです。`);
    return true;
  }
  const number = shownRows(body).length + 1;
  const holder = document.createElement("template");
  holder.innerHTML = template.innerHTML
    .replaceAll("__prefix__", String(index))
    .replaceAll("__number__", String(number));
  const row = holder.content.querySelector("tr");
  for (const uid of row.querySelectorAll("input[name$='-uid']")) uid.value = crypto.randomUUID();
  body.append(row);
  total.value = String(index + 1);
  startCounters(row);
  changed(block);
  announce(`${number}行目を追加しました。`);
  const first = row.querySelector("input:not([type='hidden']), select, textarea");
  if (first) first.focus();
  return true;
}

function removeRow(block, button) {
  const row = button.closest("tr");
  const body = row.parentElement;
  const rows = shownRows(body);
  const position = rows.indexOf(row);
  const mark = document.createElement("input");
  mark.type = "hidden";
  mark.name = `${button.value}-DELETE`;
  mark.value = "on";
  row.append(mark);
  row.hidden = true;
  renumber(body);
  changed(block);
  announce(`${position + 1}行目を削除しました。保存すると確定します。`);
  const next = shownRows(body)[Math.min(position, rows.length - 2)];
  const target = next
    ? next.querySelector("input:not([type='hidden']), select, textarea")
    : block.querySelector("button[name='add_row']");
  if (target) target.focus();
}

function shownRows(body) {
  return [...body.querySelectorAll("tr")].filter((row) => !row.hidden);
}

function renumber(body) {
  shownRows(body).forEach((row, index) => {
    for (const cell of row.querySelectorAll("[data-row-number]")) cell.textContent = String(index + 1);
  });
}

function changed(block) {
  block.dispatchEvent(new Event("input", { bubbles: true }));
}
