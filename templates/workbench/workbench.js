// The workbench works without this script; it saves steps. Loaded from this machine alone.
"use strict";

// Selected words go into the form for missed ones (Alt+Shift+M).
document.addEventListener("keydown", (event) => {
  const field = document.getElementById("missed-text");
  if (!field || !event.altKey || !event.shiftKey || event.code !== "KeyM") return;
  const words = String(document.getSelection()).replace(/\s+/g, " ").trim();
  if (words) field.value = words;
  field.focus();
  event.preventDefault();
});

// What is selected in the text with the mouse stands there at once; nothing is sent before the button is pressed.
let taken = "";
document.addEventListener("mouseup", (event) => {
  const field = document.getElementById("missed-text");
  if (!field || !event.target.closest("#text") || (field.value && field.value !== taken)) return;
  const words = String(document.getSelection()).replace(/\s+/g, " ").trim();
  if (words) field.value = taken = words;
});

// From a highlight to its finding, and back with Escape.
let cameFrom = null;
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.found, a.label, a.flag");
  const finding = link && document.getElementById(link.hash.slice(1));
  if (!finding) return;
  event.preventDefault();
  cameFrom = link;
  finding.scrollIntoView({ block: "center" });
  finding.focus({ preventScroll: true });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !cameFrom) return;
  cameFrom.scrollIntoView({ block: "center" });
  cameFrom.focus({ preventScroll: true });
  cameFrom = null;
});

// Single letters decide, while no field is being filled in and nobody turned them off.
const keys = document.getElementById("keys");
const pointed = () => document.activeElement.closest(".finding");
function go(step) {
  const open = [...document.querySelectorAll(".finding[data-undecided]")];
  const here = pointed() || document.querySelector(".finding:target");
  const ahead = open.filter((item) => here && here.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_FOLLOWING);
  const behind = open.filter((item) => item !== here && !ahead.includes(item));
  const item = step > 0 ? ahead[0] || open[0] : behind.at(-1) || open.at(-1);
  document.getElementById("keys-said").textContent = item ? "" : "Nothing that is shown is left to decide.";
  if (!item) return;
  item.scrollIntoView({ block: "center" });
  item.focus({ preventScroll: true });
}
function decide(what) {
  // what nobody looks at is never decided: the key leads there first
  const item = pointed();
  if (!item) return go(1);
  const way = item.querySelector(`[data-do="${what}"]`);
  if (!way) return;
  if (what === "change") {
    way.open = true;
    way.querySelector("select, input:not([type=hidden])").focus();
    return;
  }
  const second = what === "keep" && way.form.elements.second;
  if (second && !second.value) second.focus();
  else way.click();
}
const press = (what) => document.querySelector(`button[data-do="${what}"]:not(:disabled)`)?.click();
const ON_KEY = {
  n: () => go(1),
  p: () => go(-1),
  a: () => decide("accept"),
  k: () => decide("keep"),
  c: () => decide("change"),
  u: () => press("undo"),
  r: () => press("redo"),
};
if (keys && keys.dataset.on !== undefined) document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || event.isComposing) return;
  if (event.target.closest("input, select, textarea") || !Object.hasOwn(ON_KEY, event.key)) return;
  event.preventDefault();
  ON_KEY[event.key]();
});

// Of another kind, words get another label: the old one is not proposed any more.
document.addEventListener("change", (event) => {
  const label = event.target.name === "entity" && event.target.form.elements.at && event.target.form.elements.replacement;
  if (!label) return;
  const isAsFound = event.target.selectedOptions[0].defaultSelected;
  if (!isAsFound && label.value === label.defaultValue) label.value = "";
  if (isAsFound && !label.value) label.value = label.defaultValue;
});

// While cases are being read, the list shows how far that is, without a jump of the page or of the focus.
async function refresh() {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const rows = document.querySelectorAll("#cases tbody tr");
  const fresh = new Map([...page.querySelectorAll("#cases tbody tr")].map((row) => [row.dataset.case, row]));
  for (const row of rows) {
    const cells = fresh.get(row.dataset.case)?.querySelectorAll("td");
    if (cells) row.querySelectorAll("td").forEach((cell, n) => cell.replaceChildren(...cells[n].childNodes));
  }
  const said = page.getElementById("summary");
  const summary = document.getElementById("summary");
  if (said && said.textContent !== summary.textContent && !summary.contains(document.activeElement)) summary.replaceChildren(...said.childNodes);
  if (page.querySelector(".state.reading")) setTimeout(refresh, 2000);
}
if (document.querySelector("#cases .state.reading")) setTimeout(refresh, 2000);

// A page of a case says that it is open, and tells who else has the case open.
const opened = document.getElementById("opened");
function tell(what) {
  return [`/case/${opened.dataset.case}/${what}`, new URLSearchParams({ page: opened.dataset.page })];
}
let again = null;
async function stayOpen() {
  clearTimeout(again);
  again = setTimeout(stayOpen, 60000);
  const [address, body] = tell("open");
  const answer = await fetch(address, { method: "POST", body }).catch(() => null);
  if (!answer || !answer.ok) return;
  const others = await answer.json();
  const words = others.length ? `This case is ${others.join("; ")}.` : "";
  if (opened.textContent !== words) opened.textContent = words;
  if (!words) return;
  // a page that was left a moment ago may not have said so yet
  clearTimeout(again);
  again = setTimeout(stayOpen, 3000);
}
if (opened) {
  // other tabs with this case say so at once, and before this page asks
  const tabs = new BroadcastChannel("candour-open");
  tabs.addEventListener("message", (event) => event.data === opened.dataset.case && stayOpen());
  tabs.postMessage(opened.dataset.case);
  again = setTimeout(stayOpen, 1500);
  window.addEventListener("pagehide", () => navigator.sendBeacon(...tell("left")));
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A build tells how it goes.
const job = document.getElementById("job");
async function follow() {
  const state = await (await fetch("/build/state")).json();
  const log = job.querySelector(".log");
  for (const line of state.lines.slice(log.children.length)) {
    const item = document.createElement("li");
    item.textContent = line;
    log.append(item);
  }
  if (state.running) setTimeout(follow, 700);
  else location.replace("/build");
}
if (job && job.dataset.running !== undefined) setTimeout(follow, 700);

// Each question of the checklist is kept as it is ticked.
const questions = document.querySelector("fieldset[data-kept]");
if (questions) questions.addEventListener("change", async (event) => {
  const box = event.target;
  const said = new URLSearchParams({
    text_seen: questions.form.elements.text_seen.value,
    one: box.name.replace("question-", ""),
    [box.name]: box.checked ? "yes" : "",
  });
  const answer = await fetch(questions.dataset.kept, { method: "POST", body: said }).catch(() => null);
  const words = answer && answer.ok ? "Kept." : "It could not be kept: show the page again, and look whether the text is still the same.";
  document.getElementById("kept").textContent = words;
});

// What is typed in a long form is kept by the workbench while it is typed; nothing of it stays in the browser.
const KEEP_AFTER = 1000;
for (const { form, dataset } of document.querySelectorAll("input[data-keep]")) {
  const told = document.createElement("span");
  told.className = "help";
  told.setAttribute("aria-live", "polite");
  form.querySelector("button[type=submit]").parentElement.append(told);
  let due = null, sending = null;
  const send = (options = {}) => {
    clearTimeout(due);
    due = null;
    const body = new URLSearchParams(new FormData(form));
    return fetch(dataset.keep, { method: "POST", body, ...options }).then((answer) => answer.ok, () => false);
  };
  const keep = async () => {
    // one at a time: an older one must not come after a newer one
    await sending;
    if (due === null) return;
    sending = send();
    const kept = await sending;
    sending = null;
    const words = kept ? "What you type here is kept until you save it." : "What you type here cannot be kept: save it soon, or copy it.";
    if (told.textContent !== words) told.textContent = words;
  };
  form.addEventListener("input", () => { due ??= setTimeout(keep, KEEP_AFTER); });
  form.addEventListener("change", () => { if (due !== null) keep(); });
  form.addEventListener("submit", async (event) => {
    clearTimeout(due);
    due = null;
    if (!sending) return;
    // what is on its way would come after the saving and be taken for new
    event.preventDefault();
    await sending;
    form.requestSubmit(event.submitter);
  });
  window.addEventListener("pagehide", () => { if (due !== null) send({ keepalive: true }); });
}

// What was typed and not saved is not left without a word.
let unsaved = false;
for (const form of document.querySelectorAll("form.form")) {
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
}
if (document.getElementById("not-saved")) {
  unsaved = true;
  document.getElementById("not-saved").focus();
}
window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
