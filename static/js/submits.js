// A second click on a button does nothing. The button is not disabled: that would drop its name and
// value from what is sent, and it would look dead to someone who comes back with the browser's button.
const SENT = "sent";

export function guardSubmits(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.hasAttribute("data-repeatable")) return;
    if (form.dataset[SENT]) {
      event.preventDefault();
      return;
    }
    form.dataset[SENT] = "1";
    form.setAttribute("aria-busy", "true");
    // A download answers without a new page, so nothing would ever lift the guard.
    window.setTimeout(() => release(form), 15000);
  });
  window.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll("form[data-sent]")) release(form);
  });
}

function release(form) {
  delete form.dataset[SENT];
  form.removeAttribute("aria-busy");
}
