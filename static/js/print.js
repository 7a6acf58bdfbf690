// Buttons that print appear only where a script can do it; the browser's own menu is always there.
export function startPrinting(root) {
  for (const button of root.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
