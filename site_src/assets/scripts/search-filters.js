// What narrows a search: the boxes and years of the form as an address, as Pagefind is asked for them, as chips, and numbered.
import { element } from "./search-results.js";

const form = document.getElementById("search-form");
const groups = document.getElementById("filters");
const chosen = document.getElementById("filters-chosen");
const chips = document.getElementById("search-chips");
const boxes = [...groups.querySelectorAll("input")];
const { from, to, sort, q } = form.elements;
const names = [...new Set(boxes.map((box) => box.name))];
const together = new Set(boxes.filter((box) => box.closest("[data-together]")).map((box) => box.name));
const periods = (groups.querySelector("[data-periods]")?.dataset.periods ?? "").trim().split(" ");
const label = (box) => box.nextElementSibling.firstChild.textContent;
const wide = matchMedia("(min-width: 60em)");

const facet = (box) => box.closest(".facet");
const ticked = (name) => boxes.filter((box) => box.name === name && box.checked);
const selects = [from, to].filter(Boolean);

// --- the address keeps the state

export function query() {
  const state = new URLSearchParams();
  if (q.value.trim()) state.set("q", q.value.trim());
  for (const box of boxes) if (box.checked) state.append(box.name, box.value);
  for (const select of [...selects, sort]) if (select.value) state.set(select.name, select.value);
  return state;
}

// Values of the address that nothing published has, and that are left out of the search.
export function leftOut() {
  const state = new URLSearchParams(location.search);
  return names.flatMap((name) => state.getAll(name).filter((value) => value && !boxes.some((box) => box.name === name && box.value === value)));
}

export function readAddress() {
  const state = new URLSearchParams(location.search);
  // as addresses were before a lesson's themes and its case's were apart, and years from and to
  if (state.has("theme") && state.get("type") === "review") for (const theme of state.getAll("theme")) state.append("case", theme);
  if (state.get("type") === "review") state.delete("theme");
  const year = state.get("year");
  for (const name of ["from", "to"]) if (year && !state.has(name)) state.set(name, year.split("-").at(name === "from" ? 0 : -1));
  q.value = state.get("q") ?? "";
  for (const box of boxes) {
    box.checked = state.getAll(box.name).includes(box.value);
    if (box.checked) facet(box).open = true;
  }
  for (const select of [...selects, sort]) {
    select.value = state.get(select.name) ?? "";
    if (select.selectedIndex < 0) select.value = "";
  }
}

// --- what Pagefind is asked: of themes all together, of anything else any

export function filters(without = "") {
  const wanted = {};
  for (const name of names) {
    const values = ticked(name).map((box) => box.value);
    if (values.length && name !== without) wanted[name] = together.has(name) ? values : { any: values };
  }
  if (without !== "year" && (from?.value || to?.value)) wanted.year = { any: within(from.value, to.value) };
  return wanted;
}

// A period is within where any of its years is.
function within(first, last) {
  return periods.filter((period) => {
    const [begins, ends = begins] = period.split("-");
    return (!first || ends >= first) && (!last || begins <= last);
  });
}

// --- what is chosen, each to be taken away

function choices() {
  const found = boxes.filter((box) => box.checked).map((box) => ({ text: box.name === "case" ? `Case: ${label(box)}` : label(box), drop: () => (box.checked = false) }));
  for (const select of selects) if (select.value) found.push({ text: `${select.name === "from" ? "From" : "To"} ${select.value}`, drop: () => (select.value = "") });
  return found;
}

export const narrowed = () => choices().map(({ text }) => text);

export function showChips(changed) {
  const all = choices();
  chosen.textContent = all.length ? `(${all.length} chosen)` : "";
  const made = all.map(({ text, drop }, place) => {
    const button = element("button", "plain", text);
    button.type = "button";
    button.setAttribute("aria-label", `Take away: ${text}`);
    button.addEventListener("click", () => {
      drop();
      changed();
      (chips.querySelectorAll("button")[place] ?? chips.querySelector("li:last-child button") ?? q).focus();
    });
    return element("li", "", button);
  });
  if (all.length > 1) {
    const button = element("button", "plain chosen__clear", "Clear all filters");
    button.type = "button";
    button.addEventListener("click", () => {
      clear();
      changed();
      q.focus();
    });
    made.push(element("li", "", button));
  }
  chips.replaceChildren(...made);
}

function clear() {
  for (const box of boxes) box.checked = false;
  for (const select of selects) select.value = "";
}

// --- how many results each would leave: what would leave none is not offered. `find` asks with the filters that it is given.

export async function number(find) {
  const all = await find(filters());
  const counts = {};
  for (const name of [...names, "year"]) {
    const free = !together.has(name) && (name === "year" ? selects.some((select) => select.value) : ticked(name).length);
    // values of which any will do are counted as if none of them was chosen
    counts[name] = ((free ? await find(filters(name)) : all) ?? {})[name];
  }
  return () => {
    for (const box of boxes) show(box, counts[box.name] && (counts[box.name][box.value] ?? 0));
    for (const select of selects) for (const option of select.options) if (option.value) option.hidden = option.disabled = !option.selected && years(select, option.value, counts.year) === 0;
    for (const one of groups.querySelectorAll(".facet")) one.hidden = !one.querySelector("li:not([hidden]), select");
  };
}

function show(box, count) {
  const number = box.nextElementSibling.querySelector(".n") ?? element("span", "n");
  number.textContent = count === undefined ? "" : ` ${count.toLocaleString("en-GB")}`;
  box.nextElementSibling.append(number);
  box.closest("li").hidden = count === 0 && !box.checked;
}

function years(select, year, counts) {
  if (!counts) return undefined;
  const periods = select === from ? within(year, to.value) : within(from.value, year);
  return periods.reduce((sum, period) => sum + (counts[period] ?? 0), 0);
}

// --- the filters stand open beside results, and are folded where there is no room

function fold() {
  groups.open = wide.matches;
}

export function watch(changed, needed) {
  wide.addEventListener("change", fold);
  fold();
  groups.addEventListener("change", changed);
  sort.addEventListener("change", changed);
  // the numbers cost bytes: they are fetched for who reaches for the filters
  for (const event of ["pointerenter", "focusin"]) groups.addEventListener(event, needed);
}
