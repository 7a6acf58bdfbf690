// Cells copied from a spreadsheet fill the table from the cell with the cursor, downwards and to the
// right; rows are added where they are missing. Numbers lose full-width digits, commas and 円, and
// how many did is said.
const YES = ["対象", "はい", "○", "〇", "✓", "true", "1"];

export function startPasting(rows) {
  rows.body.addEventListener("paste", (event) => {
    const target = event.target.closest("tbody tr input, tbody tr select, tbody tr textarea");
    const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (!target || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    pasteInto(rows, target, cellsOf(text));
  });
}

function pasteInto(rows, target, cells) {
  rows.history.keep();
  const shown = rows.shown();
  const first = shown.indexOf(target.closest("tr"));
  const column = rows.controls(shown[first]).indexOf(target);
  const done = { rows: 0, tidied: 0, unknown: 0 };
  for (const [offset, texts] of cells.entries()) {
    const row = rows.shown()[first + offset] || rows.append();
    if (!row) break;
    const controls = rows.controls(row).slice(column);
    texts.slice(0, controls.length).forEach((text, place) => fill(controls[place], text.trim(), done));
    done.rows += 1;
  }
  rows.changed();
  rows.say(words(done));
}

function words(done) {
  const said = [`${done.rows}行を貼り付けました。`];
  if (done.tidied) said.push(`${done.tidied}つのセルで、全角の数字、カンマ、「円」を整えました。`);
  if (done.unknown) said.push(`${done.unknown}つのセルは、選択肢にないため空欄にしました。`);
  return said.join("");
}

function fill(control, text, done) {
  if (control.type === "checkbox") {
    control.checked = YES.includes(text);
  } else if (control.tagName === "SELECT") {
    const found = choice(control, text);
    if (text && !found) done.unknown += 1;
    control.value = found ? found.value : control.options[0].value;
  } else if (control.inputMode === "numeric" || control.inputMode === "decimal") {
    const tidy = number(text);
    if (tidy !== text) done.tidied += 1;
    control.value = tidy;
  } else {
    control.value = text;
  }
}

// By its value, its words, or either part of «07 報償費».
function choice(select, text) {
  const wanted = text.normalize("NFKC");
  return [...select.options].find(
    (option) =>
      option.value === wanted ||
      option.text === wanted ||
      option.text.split(" ").includes(wanted) ||
      option.value === wanted.padStart(2, "0"),
  );
}

// Only what certainly is a number is rewritten; anything else stays as it is, and the page says so.
function number(text) {
  const bare = text.normalize("NFKC").replace(/[,\s]/g, "").replace(/^[¥\\]/, "").replace(/円$/, "");
  return /^\d+(\.\d+)?$/.test(bare) ? bare : text;
}

// Rows of cells from what a spreadsheet puts on the clipboard: a cell with a line end stands in quotes.
function cellsOf(text) {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    const row = rows[rows.length - 1];
    if (quoted && sign === '"' && text[at + 1] === '"') {
      row[row.length - 1] += '"';
      at += 1;
    } else if (sign === '"' && (quoted || row[row.length - 1] === "")) quoted = !quoted;
    else if (quoted) row[row.length - 1] += sign;
    else if (sign === "\t") row.push("");
    else if (sign === "\n") rows.push([""]);
    else if (sign !== "\r") row[row.length - 1] += sign;
  }
  if (rows[rows.length - 1].join("") === "") rows.pop();
  return rows;
}
