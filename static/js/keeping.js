// A form that is sent as a whole, and whose text survives a lost connection or an ended session.
//
// <form data-keep> keeps what is typed in this tab (kept.js). Before it is sent the portal is asked
// whether it is there: if not, the page stays as it is and says so. Opened again after a loss, the
// form has its text back; where somebody else saved meanwhile, the person decides.
import { hideBanner, showBanner } from "./banner.js";
import { contact } from "./contact.js";
import { forgetStored, Kept } from "./kept.js";

const QUIET_MS = 500;
const BANNER = "kept";

export function startKeeping(root) {
  forgetStored();
  for (const form of root.querySelectorAll("form[data-keep]")) new Keeping(form).start();
}

class Keeping {
  constructor(form) {
    this.form = form;
    this.kept = new Kept(form, form.action);
    this.timer = null;
    this.isAsking = false;
    this.isReached = false;
  }

  start() {
    this.bringBack();
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.touch());
    window.addEventListener("pagehide", () => this.timer && this.kept.keep());
    this.form.addEventListener("submit", (event) => this.send(event));
    for (const way of this.form.querySelectorAll(".actions a")) {
      way.addEventListener("click", () => this.giveUp());
    }
  }

  touch() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.keep(), QUIET_MS);
  }

  keep() {
    window.clearTimeout(this.timer);
    this.timer = null;
    this.kept.keep();
  }

  giveUp() {
    window.clearTimeout(this.timer);
    this.timer = null;
    this.kept.forget();
  }

  async send(event) {
    if (this.isReached) return;
    event.preventDefault();
    if (this.isAsking) return;
    this.isAsking = true;
    this.form.setAttribute("aria-busy", "true");
    this.keep();
    const { is } = await contact();
    this.isAsking = false;
    this.form.removeAttribute("aria-busy");
    if (is === "here") this.go(event.submitter);
    else if (is === "signed-out") this.signedOut();
    else this.lost(event.submitter);
  }

  // Kept until the answer says that it was stored: the connection may still be lost on the way.
  go(submitter) {
    hideBanner(BANNER);
    this.kept.keep({ isSent: true });
    this.isReached = true;
    this.form.requestSubmit(submitter);
    window.addEventListener("pageshow", () => (this.isReached = false), { once: true });
  }

  lost(submitter) {
    const button = submitter ? `「${submitter.textContent.trim()}」` : "ボタン";
    show(
      "error",
      "通信できないため、送っていません",
      `入力した内容は、この画面に残しています。通信を確かめて、もう一度${button}を押してください。`,
    );
  }

  signedOut() {
    show(
      "warning",
      "ログアウトしました",
      "入力した内容は、この画面に残しています。ログインすると続きから始められます。",
      { url: document.body.dataset.loginUrl, label: "ログインする" },
    );
  }

  bringBack() {
    const kept = this.kept.read();
    if (!kept) return;
    // The page that says what to mend holds what was typed already.
    if (document.querySelector("[data-error-summary]")) this.kept.keep();
    else if (kept.version === this.kept.version()) this.broughtBack(kept);
    else this.overtaken(kept);
  }

  broughtBack(kept) {
    this.kept.restore(kept);
    const banner = show(
      "warning",
      "送れなかった入力を戻しました",
      "まだ保存していません。内容を確かめて、保存してください。ファイルは選び直してください。",
      { url: window.location.href, label: "戻した入力を捨てる" },
    );
    banner.querySelector("a").addEventListener("click", () => this.giveUp());
  }

  overtaken(kept) {
    const banner = show(
      "warning",
      "送れなかった入力が残っています",
      "その後に別の保存がありました。今の内容と見比べてから、戻してください。",
      { url: window.location.href, label: "残した入力を戻す" },
    );
    banner.querySelector("a").addEventListener("click", (event) => {
      event.preventDefault();
      this.broughtBack(kept);
    });
  }
}

// The button is at the end of a long page and the banner at its top: the eye and the reader are led to
// it, once more after the browser has put a page that was opened again where it was left.
function show(...what) {
  const banner = showBanner(BANNER, ...what);
  banner.tabIndex = -1;
  const lead = () => {
    banner.scrollIntoView({ block: "center" });
    banner.focus({ preventScroll: true });
  };
  lead();
  if (document.readyState !== "complete") {
    window.addEventListener("load", () => window.requestAnimationFrame(lead), { once: true });
  }
  return banner;
}
