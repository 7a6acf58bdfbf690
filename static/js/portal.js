// The scripts of every page. Each makes a working page quicker; none is needed to use one.
import { focusErrorSummary } from "./errors.js";
import { guardSubmits } from "./submits.js";
import { startAutosave } from "./autosave.js";
import { startKeeping } from "./keeping.js";
import { startRows } from "./rows.js";
import { startCounters } from "./counters.js";
import { watchSession } from "./session.js";
import { startShortcuts } from "./shortcuts.js";
import { startMenus } from "./menus.js";
import { startPrinting } from "./print.js";

focusErrorSummary(document);
guardSubmits(document);
startRows(document);
startAutosave(document);
startKeeping(document);
startCounters(document);
startShortcuts(document);
startMenus(document);
startPrinting(document);
watchSession(document.body);

// A part of the page that htmx has replaced gets the same treatment.
document.addEventListener("htmx:load", (event) => {
  startCounters(event.target);
  startAutosave(event.target);
});
