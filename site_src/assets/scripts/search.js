// Search, on Pagefind's own API. Pagefind fetches only the parts of its index that a query needs; it is never asked
// to search for nothing, since that would fetch the whole index.
const site = new URL("../../", import.meta.url);
const PER_PAGE = 10;
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
const start = document.getElementById("search-start");
const labels = new Map();
for (const select of selects) for (const option of select.options) labels.set(option, option.text);

let engine = null;
let latest = 0;
let found = [];
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

async function run() {
  const turn = ++latest;
  const words = box.value.trim();
  const narrowed = selects.filter((select) => select.value);
  chosen.textContent = narrowed.length ? `(${narrowed.length} chosen)` : "";
  if (narrowed.length && matchMedia("(min-width: 40.0625em)").matches) groups.open = true;
  help.hidden = true;
  start.hidden = Boolean(words);
  if (!words) {
    found = [];
    list.replaceChildren();
    more.hidden = true;
    status.textContent = narrowed.length ? "Type a word or a phrase to search within these filters." : "";
    unnumber();
    return;
  }
  if (!found.length) status.textContent = "Searching…";
  try {
    const search = await pagefind();
    const options = { filters: filters() };
    if (sort.value === "newest") options.sort = { date: "desc" };
    const answer = await search.search(words, options);
    if (turn !== latest || !answer) return;
    found = answer.results;
    shown = 0;
    const items = await page();
    if (turn !== latest) return;
    list.replaceChildren(...items);
    say(words, narrowed);
    help.hidden = found.length > 0;
    if (groups.open) await number(words, turn);
  } catch {
    if (turn === latest) status.textContent = "Search could not be loaded. You can browse lessons, reviews and themes instead.";
  }
}

function say(words, narrowed) {
  const many = found.length === 1 ? "1 result" : `${found.length.toLocaleString("en-GB")} results`;
  status.textContent = `${found.length ? many : "No results"} for “${words}”${narrowed.length ? ` in ${narrowed.map((select) => labels.get(select.selectedOptions[0])).join(", ")}` : ""}`;
}

async function page() {
  const next = found.slice(shown, shown + PER_PAGE);
  shown += next.length;
  more.hidden = shown >= found.length;
  return Promise.all(next.map(async (result) => item(await result.data())));
}

// --- how many results each filter would leave

async function number(words, turn) {
  const search = await pagefind();
  await search.filters();
  const all = await search.search(words, { filters: filters() });
  for (const select of selects) {
    // a filter that is set is counted as if it were not, so that its other values show what they would give
    const counts = select.value ? (await search.search(words, { filters: filters(select) })).filters : all.filters;
    if (turn !== latest) return;
    for (const option of select.options) {
      if (!option.value) continue;
      const count = counts?.[select.name]?.[option.value] ?? 0;
      option.text = option.selected ? labels.get(option) : `${labels.get(option)} (${count})`;
      option.disabled = count === 0 && !option.selected;
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

// An excerpt is text in which Pagefind put <mark> and escaped < and >; no HTML is ever parsed.
function marked(excerpt) {
  return excerpt.split(/(<mark>.*?<\/mark>)/s).map((piece) => {
    const within = /^<mark>(.*)<\/mark>$/s.exec(piece);
    const text = (within ? within[1] : piece).replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return within ? element("mark", "", text) : text;
  });
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
    element("p", "", ...marked(data.excerpt)),
  ];
  const sections = data.sub_results.filter((part) => part.url !== data.url && part.anchor && part.anchor.element !== "h1");
  if (kind === "Review" && sections.length) {
    parts.push(
      element("ul", "sections", ...sections.slice(0, 3).map((part) => element("li", "", "In: ", link(part.url, part.title)))),
    );
  }
  return element("li", "", ...parts);
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
  if (groups.open && box.value.trim() && found.length) number(box.value.trim(), latest);
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
addEventListener("popstate", () => {
  readAddress();
  run();
});
box.addEventListener("focus", () => pagefind().catch(() => {}), { once: true });

readAddress();
run();
