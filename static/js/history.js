// The last steps on a table of rows: taken back one by one, and done again.
const MOST = 50;
const FIELDS = "input, select, textarea";
const WORDS = "[data-amount], [data-beside]";

export class History {
  constructor(rows) {
    this.rows = rows;
    this.past = [];
    this.future = [];
    this.undoButton = rows.block.querySelector("[data-undo]");
    this.redoButton = rows.block.querySelector("[data-redo]");
  }

  start() {
    if (!this.undoButton || !this.redoButton) return;
    this.undoButton.addEventListener("click", () => this.step(this.past, this.future, "元に戻しました。"));
    this.redoButton.addEventListener("click", () => this.step(this.future, this.past, "やり直しました。"));
    // What a cell held when it was entered is the step that its change can be taken back to.
    this.rows.body.addEventListener("focusin", () => {
      this.entered = this.picture();
    });
    this.rows.body.addEventListener("change", () => {
      if (this.entered) this.keep(this.entered);
      this.entered = this.picture();
    });
  }

  keep(picture = this.picture()) {
    this.past.push(picture);
    if (this.past.length > MOST) this.past.shift();
    this.future = [];
    this.draw();
  }

  step(from, to, words) {
    const picture = from.pop();
    if (!picture) return;
    to.push(this.picture());
    this.restore(picture);
    this.draw();
    this.rows.changed();
    this.rows.say(words);
  }

  picture() {
    return [...this.rows.body.querySelectorAll("tr")].map((row) => ({
      hidden: row.hidden,
      values: [...row.querySelectorAll(FIELDS)]
        .filter((field) => !field.dataset.deleted)
        .map((field) => (field.type === "checkbox" ? field.checked : field.value)),
      words: [...row.querySelectorAll(WORDS)].map((cell) => cell.textContent),
    }));
  }

  // Rows are only ever added at the end; one that was not there yet is marked as deleted.
  restore(picture) {
    [...this.rows.body.querySelectorAll("tr")].forEach((row, place) => {
      const was = picture[place] || { hidden: true, values: null };
      if (row.hidden && !was.hidden) this.rows.show(row);
      if (was.values) put(row, was);
      if (!row.hidden && was.hidden) this.rows.hide(row);
    });
    this.rows.renumber();
  }

  // A table without the buttons has no steps to take back.
  draw() {
    if (!this.undoButton || !this.redoButton) return;
    this.undoButton.hidden = this.past.length === 0;
    this.redoButton.hidden = this.future.length === 0;
  }
}

function put(row, { values, words }) {
  [...row.querySelectorAll(WORDS)].forEach((cell, place) => {
    cell.textContent = words[place];
  });
  [...row.querySelectorAll(FIELDS)]
    .filter((field) => !field.dataset.deleted)
    .forEach((field, place) => {
      if (field.type === "checkbox") field.checked = values[place];
      else field.value = values[place];
    });
}
