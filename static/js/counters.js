// 112／600字, while typing. Counts characters as people do: 𠮷 is one, a line end is one.
const HURRY = 20;

export function startCounters(root) {
  for (const counter of root.querySelectorAll("[data-counts]")) {
    const field = document.getElementById(counter.dataset.counts);
    if (!field || counter.dataset.started) continue;
    counter.dataset.started = "1";
    const limit = Number(counter.dataset.limit);
    const update = () => {
      const used = [...field.value].length;
      const over = used > limit;
      counter.textContent = over
        ? `${used}／${limit}字（${used - limit}字多くなっています）`
        : `${used}／${limit}字`;
      counter.classList.toggle("is-over", over);
      // Read out only where it matters: near the limit and beyond it.
      counter.setAttribute("aria-live", limit - used <= HURRY ? "polite" : "off");
    };
    field.addEventListener("input", update);
    update();
  }
}
