// Ctrl+S saves; Enter in a line of a long form saves too, and never files anything.
const SAVE = "[data-save]";

export function startShortcuts(root) {
  root.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      const button = saveButton(event.target);
      if (!button) return;
      event.preventDefault();
      button.click();
    } else if (event.key === "Enter" && isLineOfLongForm(event.target)) {
      const button = event.target.form.querySelector(SAVE);
      if (!button) return;
      event.preventDefault();
      button.click();
    }
  });
}

function saveButton(from) {
  const form = from.closest && from.closest("form");
  return (form && form.querySelector(SAVE)) || document.querySelector(`form ${SAVE}`);
}

function isLineOfLongForm(field) {
  if (!(field instanceof HTMLInputElement) || !field.form) return false;
  const oneLine = !["submit", "button", "checkbox", "radio", "file"].includes(field.type);
  return oneLine && field.form.hasAttribute("data-autosave");
}
