// After a failed submit the summary is read first, and each of its links puts the cursor in the field.
export function focusErrorSummary(root) {
  const summary = root.querySelector("[data-error-summary]");
  const title = root.querySelector("h1");
  if (!summary || !title) return;
  const isAboveTitle = summary.compareDocumentPosition(title) & Node.DOCUMENT_POSITION_FOLLOWING;
  if (isAboveTitle) summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const place = field.closest(".field, tr, fieldset") || field;
    place.scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
    window.history.replaceState(null, "", link.hash);
  });
}
