// Rows of a table without a round trip. The same buttons post the page where this script is absent.
//
// <div data-rows="prefix" data-most="300"> holds the hidden counts, the table, a
// <template data-row-template> with __prefix__ in its names and __number__ in its words, and
// <button name="add_row">. Pasting cells and undoing steps are there with a script alone.
import { announce } from "./announce.js";
import { startCounters } from "./counters.js";
import { History } from "./history.js";
import { startPasting } from "./paste.js";

const STARTED = new WeakMap();
const CONTROLS = "input:not([type='hidden']), select, textarea";

export function startRows(root) {
  for (const block of root.querySelectorAll("[data-rows]")) {
    if (!block.dataset.started) new Rows(block).start();
  }
}

// The rows of a block that has been started, or undefined.
export function rowsOf(block) {
  return STARTED.get(block);
}

export class Rows {
  constructor(block) {
    this.block = block;
    this.body = block.querySelector("tbody");
    this.total = block.querySelector(`input[name='${block.dataset.rows}-TOTAL_FORMS']`);
    this.template = block.querySelector("template[data-row-template]");
    this.said = block.querySelector("[data-rows-said]");
    this.history = new History(this);
  }

  start() {
    if (!this.body || !this.total || !this.template) return;
    this.block.dataset.started = "1";
    STARTED.set(this.block, this);
    const actions = {
      add_row: () => this.add(),
      delete_row: (button) => this.remove(button),
      move_row: (button) => this.move(button),
    };
    this.block.addEventListener("click", (event) => {
      const button = event.target.closest("button[name]");
      if (!button || !actions[button.name]) return;
      event.preventDefault();
      actions[button.name](button);
    });
    this.history.start();
    startPasting(this);
  }

  shown() {
    return [...this.body.querySelectorAll("tr")].filter((row) => !row.hidden);
  }

  controls(row) {
    return [...row.querySelectorAll(CONTROLS)];
  }

  isFull() {
    const most = Number(this.block.dataset.most || Infinity);
    if (Number(this.total.value) < most) return false;
    this.say(`行は${most}行までです。`);
    return true;
  }

  // A new row at the end, or null where no more rows are taken.
  append() {
    if (this.isFull()) return null;
    const index = Number(this.total.value);
    const holder = document.createElement("template");
    holder.innerHTML = this.template.innerHTML
      .replaceAll("__prefix__", String(index))
      .replaceAll("__number__", String(this.shown().length + 1));
    const row = holder.content.querySelector("tr");
    for (const uid of row.querySelectorAll("input[name$='-uid']")) uid.value = crypto.randomUUID();
    this.body.append(row);
    this.total.value = String(index + 1);
    startCounters(row);
    return row;
  }

  // As many rows as were there, and those deleted that were: `values` by name, as they were kept.
  follow(values) {
    const [count] = values.get(this.total.name) || [this.total.value];
    while (Number(this.total.value) < Number(count) && this.append());
    for (const row of this.shown()) if (values.has(`${prefixOf(row)}-DELETE`)) this.hide(row);
    this.renumber();
  }

  add() {
    this.history.keep();
    const row = this.append();
    if (!row) return;
    this.changed();
    this.say(`${this.shown().length}行目を追加しました。`);
    this.focus(row);
  }

  remove(button) {
    const row = button.closest("tr");
    const rows = this.shown();
    const position = rows.indexOf(row);
    this.history.keep();
    this.hide(row);
    this.renumber();
    this.changed();
    this.say(`${position + 1}行目を削除しました。保存すると確定します。`);
    const next = this.shown()[Math.min(position, rows.length - 2)];
    if (next) this.focus(next);
    else this.block.querySelector("button[name='add_row']").focus();
  }

  // Places keep their names; what stands in them changes places.
  move(button) {
    const [, way] = button.value.split(":");
    const row = button.closest("tr");
    const rows = this.shown();
    const from = rows.indexOf(row);
    const other = rows[from + (way === "down" ? 1 : -1)];
    if (!other) {
      this.say(way === "down" ? "いちばん下の行です。" : "いちばん上の行です。");
      return;
    }
    this.history.keep();
    exchange(row, other);
    this.changed();
    this.say(`${from + 1}行目を${rows.indexOf(other) + 1}行目へ移しました。`);
    const same = other.querySelector(`button[name='move_row'][value$=':${way}']`);
    if (same) same.focus();
  }

  hide(row) {
    const mark = document.createElement("input");
    mark.type = "hidden";
    mark.name = `${prefixOf(row)}-DELETE`;
    mark.value = "on";
    mark.dataset.deleted = "1";
    row.append(mark);
    row.hidden = true;
  }

  show(row) {
    for (const mark of row.querySelectorAll("[data-deleted]")) mark.remove();
    row.hidden = false;
  }

  renumber() {
    this.shown().forEach((row, index) => {
      for (const cell of row.querySelectorAll("[data-row-number]")) cell.textContent = String(index + 1);
    });
  }

  focus(row) {
    const [first] = this.controls(row);
    if (first) first.focus();
  }

  changed() {
    this.block.dispatchEvent(new Event("input", { bubbles: true }));
  }

  say(text) {
    if (this.said) this.said.textContent = text;
    else announce(text);
  }
}

// «lines-3», from the name of the row's uid.
function prefixOf(row) {
  const uid = row.querySelector("input[name$='-uid']");
  return uid.name.slice(0, -"-uid".length);
}

function exchange(one, other) {
  const fields = "input, select, textarea";
  const theirs = [...other.querySelectorAll(fields)];
  [...one.querySelectorAll(fields)].forEach((field, place) => {
    const twin = theirs[place];
    [field.value, twin.value] = [twin.value, field.value];
    if (field.type === "checkbox") [field.checked, twin.checked] = [twin.checked, field.checked];
    const [mine, its] = [field.getAttribute("aria-invalid"), twin.getAttribute("aria-invalid")];
    if (mine && its) {
      field.setAttribute("aria-invalid", its);
      twin.setAttribute("aria-invalid", mine);
    }
  });
  const words = "[data-amount], [data-beside]";
  const twins = [...other.querySelectorAll(words)];
  [...one.querySelectorAll(words)].forEach((cell, place) => {
    [cell.textContent, twins[place].textContent] = [twins[place].textContent, cell.textContent];
  });
  [one.className, other.className] = [other.className, one.className];
}
