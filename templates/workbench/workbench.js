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

// While cases are being read, the list shows how far that is, without a jump of the page or of the focus.
async function refresh() {
  const page = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
  const rows = document.querySelectorAll("#cases tbody tr");
  const fresh = new Map([...page.querySelectorAll("#cases tbody tr")].map((row) => [row.dataset.case, row]));
  for (const row of rows) {
    const cells = fresh.get(row.dataset.case)?.querySelectorAll("td");
    if (cells) row.querySelectorAll("td").forEach((cell, n) => cell.replaceChildren(...cells[n].childNodes));
  }
  const said = page.getElementById("summary");
  if (said) document.getElementById("summary").textContent = said.textContent;
  if (page.querySelector(".state.reading")) setTimeout(refresh, 2000);
}
if (document.querySelector("#cases .state.reading")) setTimeout(refresh, 2000);

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
