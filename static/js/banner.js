// A banner made by a script, with the classes and the picture that the `banner` tag writes.
const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  warning: ["警告", ["M12 1.5L23.5 22H.5z"], "M12 9v6M12 17v2.2"],
  error: ["エラー", ["M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z"], "M8 8l8 8M16 8l-8 8"],
};

// One banner for each id: a second call replaces the first. The banner is returned.
export function showBanner(id, kind, title, text, link) {
  hideBanner(id);
  const banner = document.createElement("div");
  banner.className = `banner banner--${kind}`;
  banner.id = id;
  banner.setAttribute("role", "alert");
  banner.append(icon(kind), body(title, text, link));
  const area = document.createElement("div");
  area.className = "banner-area";
  area.append(banner);
  document.querySelector("main").prepend(area);
  return banner;
}

export function hideBanner(id) {
  const banner = document.getElementById(id);
  if (banner) banner.parentElement.remove();
}

function body(title, text, link) {
  const made = document.createElement("div");
  made.className = "banner__body";
  const head = document.createElement("p");
  head.className = "banner__title";
  head.textContent = title;
  const sentence = document.createElement("p");
  sentence.textContent = text;
  if (link) {
    const anchor = document.createElement("a");
    anchor.href = link.url;
    anchor.textContent = link.label;
    sentence.append(anchor);
  }
  made.append(head, sentence);
  return made;
}

function icon(kind) {
  const [word, fills, stroke] = ICONS[kind];
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "banner__icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", word);
  for (const d of fills) svg.append(path(d, { fill: "currentColor" }));
  svg.append(path(stroke, { stroke: "#fff", "stroke-width": "2.4" }));
  return svg;
}

function path(d, attributes) {
  const made = document.createElementNS(SVG, "path");
  made.setAttribute("d", d);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
