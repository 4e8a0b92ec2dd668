// Search, on Pagefind's own API. Pagefind fetches only the parts of its index that a query needs; it is never asked
// to search for nothing, since that would fetch the whole index.
import { read, stands } from "./search-query.js";
import { FORMS, element, item, link } from "./search-results.js";

const site = new URL("../../", import.meta.url);
const PER_PAGE = 10;
const MOST_COPIED = 100;
const MOST_CHECKED = 3;

const form = document.getElementById("search-form");
const box = form.elements.q;
const sort = form.elements.sort;
const selects = [...form.querySelectorAll(".filter select")];
const groups = document.getElementById("filters");
const chosen = document.getElementById("filters-chosen");
const status = document.getElementById("search-status");
const list = document.getElementById("search-results");
const more = document.getElementById("search-more");
const help = document.getElementById("search-help");
const instead = document.getElementById("search-instead");
const start = document.getElementById("search-start");
const copying = document.getElementById("search-copy");
const copied = document.getElementById("search-copied");
const labels = new Map();
for (const select of selects) for (const option of select.options) labels.set(option, option.text);

let engine = null;
let latest = 0;
let found = null;
let shown = 0;

function pagefind() {
  engine ??= import(new URL("pagefind/pagefind.js", site).href).then(async (module) => {
    await module.options({
      basePath: new URL("pagefind/", site).pathname,
      baseUrl: site.pathname,
      excerptLength: 32,
    });
    return module;
  });
  return engine;
}

// --- the address keeps the state

function query() {
  const state = new URLSearchParams();
  if (box.value.trim()) state.set("q", box.value.trim());
  for (const select of selects) if (select.value) state.set(select.name, select.value);
  if (sort.value) state.set("sort", sort.value);
  return state;
}

function readAddress() {
  const state = new URLSearchParams(location.search);
  box.value = state.get("q") ?? "";
  for (const select of [...selects, sort]) {
    select.value = state.get(select.name) ?? "";
    if (select.selectedIndex < 0) select.value = "";
  }
}

function writeAddress(step) {
  const state = query().toString();
  const address = `${location.pathname}${state ? `?${state}` : ""}`;
  if (address === location.pathname + location.search) return;
  history[step ? "pushState" : "replaceState"](null, "", address);
}

// --- searching

function filters(without) {
  const wanted = {};
  for (const select of selects) if (select.value && select !== without) wanted[select.name] = [select.value];
  return wanted;
}

// What is found, the best or the newest first; `numbers` are those of each filter's values, where they are known.
async function search(typed, wanted) {
  const asked = read(typed);
  const answer = await ask(asked.ask, wanted);
  let hits = answer.results.map((result) => ({ result }));
  if (asked.places) hits = hits.map(({ result }) => ({ result, locations: stands(asked, result.words) })).filter(({ locations }) => locations.length);
  // the index holds the newest first, and the names of its records are in that order
  if (sort.value === "newest") hits.sort((one, other) => (one.result.id < other.result.id ? -1 : 1));
  const first = await Promise.all(hits.slice(0, MOST_CHECKED).map(load));
  if (!first.some((data) => fits(data, asked.said))) hits = [];
  return { asked, hits, length: hits.length, numbers: asked.places ? null : answer.filters };
}

// Pagefind also finds words that begin like the one that is asked for, “stable” for “stabbed”. That is for a word that is still being
// typed: where a text has the word itself, only such texts are results. A number is only itself.
async function ask(words, wanted) {
  if (!words) return { results: [], filters: {} };
  const engine = await pagefind();
  const found = await engine.search(words, { filters: wanted });
  if (/[\s"]/.test(words)) return found;
  // what is in quotes is found as itself, but neither ranked nor with all its places
  const itself = await engine.search(`"${words}"`, { filters: wanted });
  if (!itself.results.length && !/\d/.test(words)) return found;
  const ids = new Set(itself.results.map(({ id }) => id));
  return { ...itself, results: found.results.filter(({ id }) => ids.has(id)) };
}

async function load({ result, locations }) {
  const data = await result.data();
  return locations ? { ...data, weighted_locations: locations.map((location) => ({ location, balanced_score: 1 })) } : data;
}

// Where no page has a word, Pagefind searches for its first letters, down to one: what then shares nothing else with what
// was typed is no result.
function fits(data, said) {
  const letters = (text) => text.normalize("NFD").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const starts = letters(said.join(" ")).map((word) => word.slice(0, Math.max(3, Math.ceil(word.length / 2))));
  const content = data.raw_content.split(/\s+/);
  return data.weighted_locations.some(({ location }) => letters(content[location] ?? "").some((word) => starts.some((start) => word.startsWith(start))));
}

async function run() {
  const turn = ++latest;
  const words = box.value.trim();
  const narrowed = selects.filter((select) => select.value);
  chosen.textContent = narrowed.length ? `(${narrowed.length} chosen)` : "";
  if (narrowed.length && matchMedia("(min-width: 40.0625em)").matches) groups.open = true;
  help.hidden = true;
  instead.hidden = true;
  start.hidden = Boolean(words);
  copied.textContent = "";
  if (!words) {
    found = null;
    list.replaceChildren();
    more.hidden = true;
    copying.hidden = true;
    status.textContent = narrowed.length ? "Type a word or a phrase to search within these filters." : "";
    unnumber();
    return;
  }
  if (!found?.length) status.textContent = "Searching…";
  try {
    const answer = await search(words, filters());
    if (turn !== latest) return;
    found = answer;
    shown = 0;
    const items = await page();
    if (turn !== latest) return;
    list.replaceChildren(...items);
    copying.hidden = !found.length;
    say(words, narrowed);
    const gone = !found.length && (await isWithdrawn(words));
    if (turn !== latest) return;
    if (gone) {
      list.replaceChildren(element("li", "", link(new URL(`reviews/${words}/`, site).href, `Review ${words} has been withdrawn`)));
      status.textContent = `Review ${words} is no longer published.`;
    }
    help.hidden = gone || found.length > 0;
    if (!help.hidden) await suggest(words, narrowed, turn);
    if (groups.open) await number(words, turn);
  } catch {
    if (turn === latest) status.textContent = "Search could not be loaded. You can browse lessons, reviews and themes instead.";
  }
}

const results = (count) => (count === 1 ? "1 result" : `${count.toLocaleString("en-GB")} results`);

function say(words, narrowed) {
  const within = narrowed.length ? ` in ${narrowed.map((select) => labels.get(select.selectedOptions[0])).join(", ")}` : "";
  const { also, left: without } = found.asked;
  const others = also.length ? `. Also searched for ${also.map((form) => `“${form}”`).join(", ")}` : "";
  const left = without ? ". Words that nearly every text has, such as “the” and “of”, are not searched for" : "";
  status.textContent = `${found.length ? results(found.length) : "No results"} for “${words.replace(/^"(.*)"$/, "$1")}”${within}${others}${left}`;
}

async function page() {
  const next = found.hits.slice(shown, shown + PER_PAGE);
  shown += next.length;
  more.hidden = shown >= found.length;
  return (await Promise.all(next.map(load))).map(item);
}

// --- when nothing was found: the same words without filters, and each word by itself

async function suggest(words, narrowed, turn) {
  const tries = [];
  if (narrowed.length) tries.push([words, "without filters"]);
  const each = words.replaceAll('"', "").split(/\s+/);
  if (words.includes('"')) tries.push([each.join(" "), ""]);
  if (each.length > 1) for (const word of [...new Set(each)].slice(0, 5)) tries.push([word, ""]);
  const links = [];
  for (const [text, note] of tries) {
    const { length } = await search(text, {});
    if (turn !== latest) return;
    if (length) links.push(element("span", "", link(`?${new URLSearchParams({ q: text })}`, `${text}${note && ` ${note}`}`), ` (${results(length)})`));
  }
  if (!links.length) return;
  instead.replaceChildren("Search instead for: ", ...links.flatMap((one, n) => (n ? [", ", one] : [one])));
  instead.hidden = false;
}

// What was withdrawn is in no index; its reference leads to the notice at its address.
async function isWithdrawn(words) {
  if (!/^\d{4}-\d{3}$/.test(words)) return false;
  const answer = await fetch(new URL("data/withdrawals.json", site));
  return (await answer.json()).some((withdrawal) => withdrawal.public_id === words);
}

// --- how many results each filter would leave

async function number(words, turn) {
  await (await pagefind()).filters();
  const all = await search(words, filters());
  for (const select of selects) {
    // a filter that is set is counted as if it were not, so that its other values show what they would give
    const { numbers } = select.value ? await search(words, filters(select)) : all;
    if (turn !== latest) return;
    for (const option of select.options) {
      if (!option.value) continue;
      const count = numbers?.[select.name]?.[option.value] ?? 0;
      option.text = option.selected || !numbers ? labels.get(option) : `${labels.get(option)} (${count})`;
      option.disabled = Boolean(numbers) && !count && !option.selected;
    }
  }
}

function unnumber() {
  for (const [option, label] of labels) {
    option.text = label;
    option.disabled = false;
  }
}

// --- taking the results along

async function copy(form) {
  copied.textContent = "";
  const taken = found.hits.slice(0, MOST_COPIED);
  const text = FORMS[form](await Promise.all(taken.map(load)));
  try {
    await navigator.clipboard.writeText(text);
    copied.textContent = `Copied ${found.length > taken.length ? `the first ${taken.length} of ${results(found.length)}` : results(taken.length)}.`;
  } catch {
    copied.textContent = "This browser lets no page copy.";
  }
}

// --- what the reader does

let pause = 0;
box.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    writeAddress(false);
    run();
  }, 300);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  writeAddress(true);
  run();
});
for (const select of [...selects, sort]) {
  select.addEventListener("change", () => {
    writeAddress(true);
    run();
  });
}
groups.addEventListener("toggle", () => {
  if (groups.open && box.value.trim() && found?.length) number(box.value.trim(), latest);
});
document.getElementById("clear-filters").addEventListener("click", () => {
  for (const select of selects) select.value = "";
  writeAddress(true);
  run();
  box.focus();
});
more.addEventListener("click", async () => {
  const items = await page();
  list.append(...items);
  items[0]?.querySelector("a")?.focus();
});
for (const button of copying.querySelectorAll("button")) button.addEventListener("click", () => copy(button.dataset.form));
addEventListener("popstate", () => {
  readAddress();
  run();
});
box.addEventListener("focus", () => pagefind().catch(() => {}), { once: true });

readAddress();
run();
