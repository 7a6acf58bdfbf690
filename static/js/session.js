// Warns before the session ends (WCAG 2.2.1): two minutes ahead, and one key goes on.
import { contact } from "./contact.js";

const WARN_SECONDS = 120;

export function watchSession(body) {
  const whole = Number(body.dataset.sessionSeconds);
  const warning = document.querySelector("[data-session-warning]");
  if (!whole || !warning) return;
  const watch = new Watch(body, warning, whole);
  watch.start();
}

class Watch {
  constructor(body, warning, whole) {
    this.loginUrl = body.dataset.loginUrl;
    this.warning = warning;
    this.left = warning.querySelector("[data-session-left]");
    this.button = warning.querySelector("[data-session-extend]");
    this.whole = whole;
    this.lastContact = Date.now();
    this.lastTouch = 0;
    this.cameFrom = null;
  }

  start() {
    document.addEventListener("input", () => (this.lastTouch = Date.now()));
    // An autosave is a request too: it has told the server that someone is here.
    document.addEventListener("portal:saved", () => this.extended(this.whole));
    this.button.addEventListener("click", () => this.extend());
    window.setInterval(() => this.tick(), 1000);
  }

  tick() {
    const seconds = Math.ceil(this.whole - (Date.now() - this.lastContact) / 1000);
    if (seconds > WARN_SECONDS) return;
    if (seconds <= 0) {
      this.left.textContent = "0秒";
      window.location.assign(this.loginUrl);
      return;
    }
    // Whoever typed since the last contact is not idle: no question, only the answer.
    if (this.lastTouch > this.lastContact) {
      this.extend();
      return;
    }
    this.show(seconds);
  }

  show(seconds) {
    this.left.textContent =
      seconds > 60 ? `${Math.ceil(seconds / 60)}分` : `${Math.ceil(seconds / 10) * 10}秒`;
    if (!this.warning.hidden) return;
    this.cameFrom = document.activeElement;
    this.warning.hidden = false;
    this.button.focus();
  }

  async extend() {
    this.lastContact = Date.now();
    const answer = await contact();
    if (answer.is === "here") {
      this.extended(answer.seconds);
    } else {
      this.lastContact = Date.now() - (this.whole - WARN_SECONDS + 1) * 1000;
      this.lastTouch = 0;
    }
  }

  extended(seconds) {
    this.whole = seconds;
    this.lastContact = Date.now();
    if (this.warning.hidden) return;
    this.warning.hidden = true;
    if (this.cameFrom && this.cameFrom.focus) this.cameFrom.focus();
  }
}
