// What is typed is saved within ten seconds, and never lost.
//
// <form data-autosave data-autosave-url="…"> with a hidden section_version posts itself with
// X-Autosave: 1 and is answered {saved_at, section_version, problems: [{id, text}], totals: {selector: text}}.
// Signed out meanwhile: the text waits in this tab until the next sign-in. 409: someone else was first.
import { hideBanner, showBanner } from "./banner.js";
import { Kept } from "./kept.js";

const QUIET_MS = 2000;
const LONGEST_MS = 10000;
const LIMIT_SECONDS = 20;

export function startAutosave(root) {
  const forms = root.matches && root.matches("form[data-autosave]") ? [root] : [];
  for (const form of [...forms, ...root.querySelectorAll("form[data-autosave]")]) {
    if (!form.dataset.autosaving) new Autosave(form).start();
  }
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosaveUrl || form.action;
    this.kept = new Kept(form, this.url);
    this.state = document.querySelector(form.dataset.autosaveState || "[data-save-state]");
    this.quiet = null;
    this.deadline = null;
    this.isDirty = false;
    this.isSaving = false;
    this.isStopped = false;
  }

  start() {
    this.form.dataset.autosaving = "1";
    this.restore();
    this.form.addEventListener("input", () => this.touch());
    this.form.addEventListener("change", () => this.touch());
    this.form.addEventListener("submit", () => this.leave());
    window.addEventListener("beforeunload", (event) => {
      if (this.isDirty) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.isDirty) this.save();
    });
  }

  touch() {
    if (this.isStopped) {
      this.kept.keep();
      return;
    }
    this.isDirty = true;
    window.clearTimeout(this.quiet);
    this.quiet = window.setTimeout(() => this.save(), QUIET_MS);
    if (!this.deadline) this.deadline = window.setTimeout(() => this.save(), LONGEST_MS);
  }

  // The page is being sent as a whole: nothing is left to save and nothing to warn of.
  leave() {
    this.stopTimers();
    this.isDirty = false;
    this.kept.forget();
  }

  stopTimers() {
    window.clearTimeout(this.quiet);
    window.clearTimeout(this.deadline);
    this.quiet = null;
    this.deadline = null;
  }

  async save() {
    this.stopTimers();
    if (this.isSaving) {
      this.quiet = window.setTimeout(() => this.save(), QUIET_MS);
      return;
    }
    this.isSaving = true;
    this.isDirty = false;
    this.say("保存しています", "saving");
    try {
      await this.answered(await this.post());
    } catch {
      this.failed();
    } finally {
      this.isSaving = false;
    }
  }

  post() {
    const data = new FormData(this.form);
    // Files travel with the page's own button: sending them every ten seconds helps no one.
    for (const [name, value] of [...data.entries()]) if (value instanceof File) data.delete(name);
    return fetch(this.url, {
      method: "POST",
      body: data,
      headers: { "X-Autosave": "1", Accept: "application/json" },
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(LIMIT_SECONDS * 1000),
    });
  }

  async answered(response) {
    const signedOut = response.type === "opaqueredirect" || [401, 403].includes(response.status);
    if (signedOut) this.signedOut();
    else if (response.status === 409) await this.overtaken(response);
    else if (response.ok) this.saved(await response.json());
    else this.failed();
  }

  saved(answer) {
    const version = this.form.querySelector("input[name='section_version']");
    if (version && answer.section_version !== undefined) version.value = answer.section_version;
    for (const [selector, text] of Object.entries(answer.totals || {})) {
      for (const place of document.querySelectorAll(selector)) place.textContent = text;
    }
    showProblems(this.form, answer.problems || []);
    this.kept.forget();
    hideBanner("autosave-failed");
    this.say(`${moment(answer.saved_at)}に自動保存しました`, "");
    document.dispatchEvent(new CustomEvent("portal:saved"));
  }

  failed() {
    this.isDirty = true;
    this.kept.keep();
    this.say("保存できませんでした。通信を確かめて、もう一度保存してください。", "failed");
    this.quiet = window.setTimeout(() => this.save(), LONGEST_MS);
  }

  signedOut() {
    this.isStopped = true;
    this.kept.keep();
    this.say("ログアウトしたため、保存を止めています。", "failed");
    const next = encodeURIComponent(window.location.pathname + window.location.search);
    const login = (document.body.dataset.loginUrl || "/account/login/").split("?")[0];
    showBanner(
      "autosave-failed",
      "warning",
      "ログアウトしました",
      "入力した内容は、この画面に残しています。ログインすると続きから始められます。",
      { url: `${login}?next=${next}`, label: "ログインする" },
    );
  }

  async overtaken(response) {
    this.isStopped = true;
    this.kept.keep();
    const answer = await response.json().catch(() => ({}));
    this.say("ほかの人が先に保存したため、保存を止めています。", "failed");
    showBanner(
      "autosave-failed",
      "error",
      answer.title || "ほかの人が先に保存しました",
      "あなたの入力は残っています。",
      { url: answer.compare_url || window.location.href, label: "違いを確認して、残す内容を選ぶ" },
    );
  }

  restore() {
    const kept = this.kept.read();
    if (!kept) return;
    this.kept.restore(kept);
    this.kept.forget();
    this.say("前回の入力を戻しました。まもなく保存します。", "saving");
    this.touch();
  }

  say(text, kind) {
    if (!this.state) return;
    this.state.textContent = text;
    this.state.className = kind ? `save-state save-state--${kind}` : "save-state";
  }
}

// The page's own marks at the fields follow what the server says now.
function showProblems(form, problems) {
  const said = new Map(problems.map((problem) => [problem.id, problem.text]));
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    const text = said.get(field.id);
    field.setAttribute("aria-invalid", text ? "true" : "false");
    const place = document.getElementById(`${field.id}-error`) || (text && makePlace(field));
    if (place) place.replaceChildren(...(text ? [message(text)] : []));
  }
}

function makePlace(field) {
  const holder = field.closest(".field, [data-rows]");
  if (!holder) return null;
  const place = document.createElement("div");
  place.id = `${field.id}-error`;
  holder.append(place);
  const describers = field.getAttribute("aria-describedby");
  field.setAttribute("aria-describedby", describers ? `${describers} ${place.id}` : place.id);
  return place;
}

function message(text) {
  const made = document.createElement("p");
  made.className = "field__error";
  made.textContent = text;
  return made;
}

// 2月20日 10時42分, from an ISO time of the server.
function moment(iso) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const parts = new Intl.DateTimeFormat("ja-JP", {
    timeZone: "Asia/Tokyo",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const get = (type) => parts.find((part) => part.type === type).value;
  return `${get("month")}月${get("day")}日 ${get("hour")}時${get("minute").padStart(2, "0")}分`;
}
