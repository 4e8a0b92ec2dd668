// Search, on Pagefind's own API. Pagefind fetches only the parts of its index that a query needs; it is never asked
// to search for nothing, since that would fetch the whole index.
import synonyms from "./synonyms.js";

const site = new URL("../../", import.meta.url);
const PER_PAGE = 10;
const MOST_COPIED = 100;
const MOST_PLACES = 3;
const KINDS = { review: "Review", lesson: "Lesson", page: "About this site" };

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

// What else the words may be called: an abbreviation and what it stands for are one. A phrase in quotes is only itself.
function wordings(words) {
  if (/^".*"$/.test(words)) return [words];
  const plain = ` ${words.toLowerCase().split(/\s+/).join(" ")} `;
  const others = [];
  for (const group of synonyms) {
    const said = group.filter((form) => plain.includes(` ${form} `)).sort((one, other) => other.length - one.length)[0];
    if (!said) continue;
    for (const form of group) {
      if (form === said) continue;
      const other = plain.replace(` ${said} `, ` ${form} `).trim();
      others.push(other === form && form.includes(" ") ? `"${form}"` : other);
    }
  }
  return [words, ...others.slice(0, 3)];
}

// One list out of several: the best match first, or the newest. What was found twice is there once.
class Found {
  constructor(answers, newest) {
    this.answers = answers;
    this.newest = newest;
    this.lists = answers.map((answer) => [...answer.results]);
    this.length = new Set(answers.flatMap((answer) => answer.results.map((result) => result.id))).size;
    this.taken = [];
    this.seen = new Set();
  }

  async upTo(count) {
    while (this.taken.length < Math.min(count, this.length)) {
      for (const list of this.lists) while (list.length && this.seen.has(list[0].id)) list.shift();
      const heads = this.lists.filter((list) => list.length).map((list) => list[0]);
      const keys = this.newest && heads.length > 1 ? await Promise.all(heads.map(async (head) => (await head.data()).meta.date ?? "")) : heads.map((head) => head.score);
      const best = heads[keys.reduce((at, key, n) => (key > keys[at] ? n : at), 0)];
      this.seen.add(best.id);
      this.taken.push(best);
    }
    return this.taken.slice(0, count);
  }
}

async function search(words, wanted) {
  const module = await pagefind();
  const options = { filters: wanted };
  if (sort.value === "newest") options.sort = { date: "desc" };
  const said = wordings(words);
  const answers = await Promise.all(said.map((wording) => module.search(wording, options)));
  const newest = sort.value === "newest";
  const found = new Found(answers.filter(Boolean), newest);
  const first = await Promise.all((await found.upTo(MOST_PLACES)).map((result) => result.data()));
  return first.some((data) => fits(data, said)) ? found : new Found([], newest);
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
    help.hidden = found.length > 0;
    if (!found.length) await suggest(words, narrowed, turn);
    if (groups.open) await number(words, turn);
  } catch {
    if (turn === latest) status.textContent = "Search could not be loaded. You can browse lessons, reviews and themes instead.";
  }
}

const results = (count) => (count === 1 ? "1 result" : `${count.toLocaleString("en-GB")} results`);

function say(words, narrowed) {
  const within = narrowed.length ? ` in ${narrowed.map((select) => labels.get(select.selectedOptions[0])).join(", ")}` : "";
  const others = wordings(words).slice(1).map((other) => `“${other.replaceAll('"', "")}”`);
  const also = others.length ? `. Also searched for ${others.join(", ")}` : "";
  status.textContent = `${found.length ? results(found.length) : "No results"} for “${words}”${within}${also}`;
}

async function page() {
  const next = (await found.upTo(shown + PER_PAGE)).slice(shown);
  shown += next.length;
  more.hidden = shown >= found.length;
  return Promise.all(next.map(async (result) => item(await result.data())));
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

// --- how many results each filter would leave

async function number(words, turn) {
  await (await pagefind()).filters();
  const all = await search(words, filters());
  for (const select of selects) {
    // a filter that is set is counted as if it were not, so that its other values show what they would give
    const { answers } = select.value ? await search(words, filters(select)) : all;
    if (turn !== latest) return;
    for (const option of select.options) {
      if (!option.value) continue;
      const counts = answers.map((answer) => answer.filters?.[select.name]?.[option.value] ?? 0).filter(Boolean);
      // what two wordings find may overlap, so their counts cannot be added
      option.text = option.selected || counts.length > 1 ? labels.get(option) : `${labels.get(option)} (${counts[0] ?? 0})`;
      option.disabled = !counts.length && !option.selected;
    }
  }
}

function unnumber() {
  for (const [option, label] of labels) {
    option.text = label;
    option.disabled = false;
  }
}

// --- showing

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

// Where in a review the words stand: its paragraphs and lessons, those that hold most of them first. Nothing of the index
// is ever parsed as HTML: Pagefind's raw content is text in which < and > were escaped.
function places(data) {
  const anchors = data.anchors.filter(({ element: name, id }) => /^h[2-4]$/.test(name) || /^(p|lesson-)\d+$/.test(id)).sort((one, other) => one.location - other.location);
  const held = new Map();
  for (const { location, balanced_score: score } of data.weighted_locations) {
    const at = anchors.findLastIndex((anchor) => anchor.location <= location);
    if (at < 0) continue;
    const place = held.get(at) ?? { at, score: 0, locations: [] };
    place.score += score;
    place.locations.push(location);
    held.set(at, place);
  }
  const best = [...held.values()].sort((one, other) => other.score - one.score || one.at - other.at).slice(0, MOST_PLACES);
  const words = best.length ? data.raw_content.split(/[\r\n\s]+/) : [];
  return best.map(({ at, locations }) => {
    const { id, location } = anchors[at];
    const title = anchors.slice(0, at + 1).findLast((anchor) => /^h/.test(anchor.element));
    // a heading's own words are in the link already
    const begins = anchors[at].element === "div" ? location : location + anchors[at].text.split(/\s+/).length;
    // a lesson ends where what was done about it begins, unless the words stand there
    const status = /^lesson-/.test(id) ? words.indexOf("Status:", begins) : -1;
    const ends = status > Math.min(...locations) ? status : words.length;
    const numbered = /^p(\d+)$/.exec(id);
    return {
      url: `${data.url}#${id}`,
      title: [title?.text, numbered && `paragraph ${numbered[1]}`].filter(Boolean).join(", "),
      excerpt: excerpt(words, begins, Math.min(anchors[at + 1]?.location ?? words.length, ends), locations),
    };
  });
}

const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");

// Up to 32 words between two places, from a little before the first that was found; dots stand for what is left out.
function excerpt(words, begins, ends, locations) {
  const from = Math.max(begins, locations.length ? Math.min(...locations) - 8 : begins);
  const to = Math.min(ends, from + 32);
  const runs = [];
  for (let at = from; at < to; at += 1) {
    const found = locations.includes(at);
    if (!runs.length || runs.at(-1).found !== found) runs.push({ found, words: [] });
    runs.at(-1).words.push(plain(words[at]));
  }
  const pieces = runs.map(({ found, words: run }) => (found ? element("mark", "", run.join(" ")) : run.join(" ")));
  if (from > begins) pieces.unshift("…");
  if (to < ends) pieces.push("…");
  return pieces.flatMap((piece, n) => (n ? [" ", piece] : [piece]));
}

function link(url, text) {
  const made = element("a", "", text);
  made.href = url;
  return made;
}

function item(data) {
  const kind = KINDS[data.filters.type?.[0]] ?? "Page";
  const parts = [
    element("p", "", link(data.url, data.meta.title)),
    element("p", "quiet", [kind, data.meta.about].filter(Boolean).join(", ")),
  ];
  const within = kind === "Review" ? places(data) : [];
  if (within.length) {
    parts.push(element("ul", "sections", ...within.map((place) => element("li", "", link(place.url, place.title), ...(place.excerpt.length ? [": ", ...place.excerpt] : [])))));
  } else {
    const words = data.raw_content.trim().split(/\s+/);
    parts.push(element("p", "", ...excerpt(words, 0, words.length, data.weighted_locations.map(({ location }) => location))));
  }
  return element("li", "", ...parts);
}

// --- taking the results along

const whole = (url) => new URL(url, location.href).href;
const published = (data) => (data.meta.date ?? "").slice(0, 10);
const inWords = (date) => new Date(`${date}T12:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

// A cell that a spreadsheet would take for a formula is made text.
const cell = (text) => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;

const FORMS = {
  citations: (all) => all.map((data) => `${data.meta.title}. Candour, Ministry of Justice. ${published(data) ? `Published ${inWords(published(data))}. ` : ""}${whole(data.url)}`).join("\n"),
  csv: (all) => [["type", "title", "about", "published", "address", "excerpt"], ...all.map((data) => [data.filters.type?.[0] ?? "", data.meta.title, data.meta.about ?? "", published(data), whole(data.url), plain(data.plain_excerpt)])].map((row) => row.map(cell).join(",")).join("\r\n"),
};

async function copy(form) {
  copied.textContent = "";
  const taken = await found.upTo(MOST_COPIED);
  const text = FORMS[form](await Promise.all(taken.map((result) => result.data())));
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
