// Says something to a screen reader without moving the focus.
export function announce(text) {
  const region = document.querySelector("[data-announcer]");
  if (!region) return;
  // The same sentence twice is said twice only when the region was empty in between.
  region.textContent = "";
  window.setTimeout(() => {
    region.textContent = text;
  }, 50);
}
