// The page of search: what the reader does, and what is shown and said.
import { load, pagefind, search } from "./search-engine.js";
import * as filters from "./search-filters.js";
import { FORMS, element, item, link } from "./search-results.js";

const site = new URL("../../", import.meta.url);
const PER_PAGE = 10;
const MOST_COPIED = 100;

const by = (id) => document.getElementById(id);
const form = by("search-form");
const { q: box, sort } = form.elements;
const status = by("search-status");
const words = by("search-words");
const settings = by("search-settings");
const heading = by("results-heading");
const list = by("search-results");
const more = by("search-more");
const help = by("search-help");
const instead = by("search-instead");
const start = by("search-start");
const copying = by("search-copy");
const copied = by("search-copied");
const accounts = by("accounts");

let latest = 0;
let found = null;
let shown = 0;
let reached = false;

// --- the address keeps the state; the history keeps how much of it was shown, and where the reader was

function writeAddress(step) {
  const state = filters.query().toString();
  const address = `${location.pathname}${state ? `?${state}` : ""}`;
  if (address !== location.pathname + location.search) history[step ? "pushState" : "replaceState"](step ? { accounts: accounts.checked } : history.state, "", address);
}

const remember = (more) => history.replaceState({ ...history.state, ...more }, "");

// --- searching

async function run({ most = PER_PAGE, scroll } = {}) {
  const turn = ++latest;
  const typed = box.value.trim();
  const narrowed = filters.narrowed();
  filters.showChips(changed);
  help.hidden = true;
  instead.hidden = true;
  words.hidden = true;
  const idle = !typed && !narrowed.length;
  start.hidden = !idle;
  by("search-saved").hidden = !idle;
  copied.textContent = "";
  if (idle) {
    found = null;
    show([]);
    status.textContent = "";
    if (reached) (await filters.number(async () => null))();
    return;
  }
  if (!found?.length) status.textContent = "Searching…";
  try {
    const answer = await search(typed, filters.filters(), sort.value === "newest");
    if (turn !== latest) return;
    found = answer;
    shown = 0;
    const items = await page(most);
    if (turn !== latest) return;
    show(items);
    by("search-order").hidden = !typed;
    say(typed, narrowed);
    const gone = !found.length && (await isWithdrawn(typed));
    if (turn !== latest) return;
    if (gone) {
      list.replaceChildren(element("li", "", link(new URL(`reviews/${typed}/`, site).href, `Review ${typed} has been withdrawn`)));
      status.textContent = `Review ${typed} is no longer published.`;
    }
    help.hidden = gone || found.length > 0;
    if (found.length && found.asked.nowhere.length) await offer(typed, turn);
    if (!help.hidden) await suggest(typed, narrowed, turn);
    if (scroll) scrollTo(0, scroll);
    if (reached || narrowed.length) await number(typed, turn).catch(() => {});
  } catch {
    if (turn === latest) status.textContent = "Search could not be loaded. You can browse lessons, reviews and themes instead.";
  }
}

function show(items) {
  list.replaceChildren(...items);
  for (const part of [copying, settings, heading]) part.hidden = !items.length;
}

const results = (count) => (count === 1 ? "1 result" : `${count.toLocaleString("en-GB")} results`);
const quoted = (all) => all.map((word) => `“${word}”`).join(", ");

function say(typed, narrowed) {
  const within = narrowed.length ? ` in ${narrowed.join(", ")}` : "";
  const { also, left, nowhere, like, ask } = found.asked;
  const others = also.length ? `. Also searched for ${quoted(also)}` : "";
  const without = left ? ". Words that nearly every text has, such as “the” and “of”, are not searched for" : "";
  const what = typed ? ` for “${typed.replace(/^["“„«]\s*(.*?)\s*["”»]$/, "$1")}”` : "";
  status.textContent = `${found.length ? results(found.length) : "No results"}${what}${within}${others}${without}`;
  const notes = [];
  if (nowhere.length) notes.push(`${quoted(nowhere)} ${nowhere.length > 1 ? "are" : "is"} in no review, lesson or page.${found.length ? " Shown is what the other words find." : ""}`);
  if (like.length) notes.push(`No text has ${quoted(like)} itself: shown is what begins like it.`);
  const unknown = filters.leftOut();
  if (unknown.length) notes.push(`Nothing that is published has ${quoted(unknown)}: it was left out of this search.`);
  words.textContent = notes.join(" ");
  words.hidden = !notes.length;
}

async function page(most = PER_PAGE) {
  const next = found.hits.slice(shown, shown + most);
  shown += next.length;
  more.hidden = shown >= found.length;
  return (await Promise.all(next.map(load))).map((data) => item(data, accounts.checked));
}

// --- when nothing was found: words in another spelling, the same without filters, and each word by itself

// Spelling is an offer beside a search that works: without its words there is none.
const respelt = (typed) =>
  import("./search-spelling.js")
    .then((spelling) => spelling.respelt(typed))
    .catch(() => "");
const linked = (text, words = text) => link(`?${new URLSearchParams({ q: text })}`, words);

// Beside what the other words find: the same with the word that is nowhere in another spelling.
async function offer(typed, turn) {
  const text = await respelt(typed);
  if (turn === latest && text) words.append(" Search instead for: ", linked(text), ".");
}

async function suggest(typed, narrowed, turn) {
  if (!typed) return;
  const text = await respelt(typed);
  if (turn !== latest) return;
  const tries = text ? [[text, ""]] : [];
  if (narrowed.length) tries.push([typed, "without filters"]);
  const each = typed.replaceAll(/["“”„«»]/g, " ").trim().split(/\s+/);
  if (/["“”„«»]/.test(typed)) tries.push([each.join(" "), ""]);
  if (each.length > 1) for (const word of [...new Set(each)].slice(0, 5)) tries.push([word, ""]);
  const links = [];
  for (const [text, note] of tries) {
    const { length } = await search(text, {});
    if (turn !== latest) return;
    if (length) links.push(element("span", "", linked(text, `${text}${note && ` ${note}`}`), ` (${results(length)})`));
  }
  if (!links.length) return;
  instead.replaceChildren("Search instead for: ", ...links.flatMap((one, n) => (n ? [", ", one] : [one])));
  instead.hidden = false;
}

// What was withdrawn is in no index; its reference leads to the notice at its address.
async function isWithdrawn(typed) {
  if (!/^\d{4}-\d{3}$/.test(typed)) return false;
  const answer = await fetch(new URL("data/withdrawals.json", site)).catch(() => null);
  return Boolean(answer?.ok) && (await answer.json()).some((withdrawal) => withdrawal.public_id === typed);
}

async function number(typed, turn) {
  await (await pagefind()).filters();
  const write = await filters.number(async (wanted) => (await search(typed, wanted)).numbers);
  if (turn === latest) write();
}

// --- taking the results along

async function copy(kind) {
  copied.textContent = "";
  const taken = found.hits.slice(0, MOST_COPIED);
  const text = FORMS[kind](await Promise.all(taken.map(load)));
  try {
    await navigator.clipboard.writeText(text);
    copied.textContent = `Copied ${found.length > taken.length ? `the first ${taken.length} of ${results(found.length)}` : results(taken.length)}.`;
  } catch {
    copied.textContent = "This browser lets no page copy.";
  }
}

// --- what the reader does

function changed() {
  writeAddress(true);
  run();
}

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
  changed();
});
filters.watch(changed, () => {
  if (reached) return;
  reached = true;
  if (found) number(box.value.trim(), latest).catch(() => {});
});
accounts.addEventListener("change", () => {
  remember({ accounts: accounts.checked });
  run({ most: shown });
});
more.addEventListener("click", async () => {
  const items = await page();
  list.append(...items);
  items[0]?.querySelector("a")?.focus();
  remember({ shown });
});
for (const button of copying.querySelectorAll("button")) button.addEventListener("click", () => copy(button.dataset.form));

let moved = 0;
addEventListener("scroll", () => {
  clearTimeout(moved);
  moved = setTimeout(() => remember({ scroll: scrollY }), 200);
});

function restore() {
  const kept = history.state ?? {};
  filters.readAddress();
  accounts.checked = Boolean(kept.accounts);
  run({ most: kept.shown, scroll: kept.scroll });
}

history.scrollRestoration = "manual";
addEventListener("popstate", restore);
box.addEventListener("focus", () => pagefind().catch(() => {}), { once: true });
restore();
