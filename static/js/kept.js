// What was typed into a form and is not on the server yet, kept in this tab for the person who typed it.
//
// Only in this tab, and only until it is saved: the office's computer may be shared.
import { rowsOf } from "./rows.js";

const PREFIX = "portal:draft:";
const VERSIONS = ["form_version", "section_version", "version"].map((name) => `input[name='${name}']`);

export class Kept {
  constructor(form, url) {
    this.form = form;
    this.key = `${PREFIX}${document.body.dataset.person || ""}:${url}`;
  }

  // Whether something waits, from which version of the record it was typed, and what: {version, fields}.
  read() {
    return JSON.parse(window.sessionStorage.getItem(this.key) || "null");
  }

  keep({ isSent = false } = {}) {
    const fields = [...new FormData(this.form).entries()].filter(
      ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken",
    );
    const kept = { version: this.version(), page: window.location.href.split("#")[0], isSent, fields };
    try {
      window.sessionStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // Full or forbidden storage: the page itself still holds what was typed.
    }
  }

  forget() {
    window.sessionStorage.removeItem(this.key);
  }

  version() {
    const field = this.form.querySelector(VERSIONS.join(", "));
    return field ? field.value : "";
  }

  // Back into the fields: rows that a script had added are added again, deleted ones deleted.
  restore({ fields }) {
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) || []), value]);
    for (const block of this.form.querySelectorAll("[data-rows]")) {
      const rows = rowsOf(block);
      if (rows) rows.follow(values);
    }
    for (const field of this.form.elements) {
      if (field.disabled || field.type === "file" || isOfThePage(field)) continue;
      const typed = values.get(field.name);
      if (["checkbox", "radio"].includes(field.type)) field.checked = (typed || []).includes(field.value);
      else if (typed && field.type === "select-multiple") choose(field, typed);
      else if (typed) field.value = typed.length > 1 ? typed.shift() : typed[0];
    }
  }
}

// What was sent from this tab and stored waits no more. This page says so, or it is where the server
// led on to from the page that sent it: a refusal comes without leading on.
export function forgetStored() {
  if (!document.body.dataset.person) return;
  const [way] = performance.getEntriesByType("navigation");
  const saysSo = document.querySelector("main .banner--success") !== null;
  for (const key of Object.keys(window.sessionStorage).filter((name) => name.startsWith(PREFIX))) {
    const { isSent, page } = JSON.parse(window.sessionStorage.getItem(key));
    const wasLedOn = way && way.redirectCount > 0 && document.referrer === page;
    if (isSent && (saysSo || wasLedOn)) window.sessionStorage.removeItem(key);
  }
}

// Versions and keys are hidden, and the page that is open now knows them better than the lost one;
// what is hidden in a row of a table belongs to the row.
function isOfThePage(field) {
  return field.type === "hidden" && !field.closest("[data-rows]");
}

function choose(field, typed) {
  for (const option of field.options) option.selected = typed.includes(option.value);
}
