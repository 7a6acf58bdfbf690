// What was typed into a form and is not on the server yet, kept in this tab for the person who typed it.
//
// Only in this tab, and only until it is saved: the office's computer may be shared.
import { rowsOf } from "./rows.js";

const PREFIX = "portal:draft:";
// The page that is open now knows these better than the one that was lost.
const OF_THE_PAGE = new Set(["csrfmiddlewaretoken", "section_version", "form_version", "request_key"]);

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
      ([name, value]) => typeof value === "string" && !OF_THE_PAGE.has(name),
    );
    const kept = { version: this.version(), isSent, fields };
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
    const field = this.form.querySelector("input[name='form_version'], input[name='section_version']");
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
      if (field.disabled || field.type === "file") continue;
      const typed = values.get(field.name);
      if (["checkbox", "radio"].includes(field.type)) field.checked = (typed || []).includes(field.value);
      else if (typed && field.type === "select-multiple") choose(field, typed);
      else if (typed) field.value = typed.length > 1 ? typed.shift() : typed[0];
    }
  }
}

// The server has said that it stored what was sent from this tab: nothing of that waits any more.
export function forgetSent() {
  for (const key of Object.keys(window.sessionStorage)) {
    if (key.startsWith(PREFIX) && JSON.parse(window.sessionStorage.getItem(key)).isSent) {
      window.sessionStorage.removeItem(key);
    }
  }
}

function choose(field, typed) {
  for (const option of field.options) option.selected = typed.includes(option.value);
}
