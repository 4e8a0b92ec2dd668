// What is found: Pagefind's own API, which fetches only the parts of its index that a search needs.
import { read, stands } from "./search-query.js";
import { every } from "./search-words.js";

const site = new URL("../../", import.meta.url);
const MOST_CHECKED = 3;

let engine = null;

export function pagefind() {
  engine ??= import(new URL("pagefind/pagefind.js", site).href).then(async (module) => {
    await module.options({ basePath: new URL("pagefind/", site).pathname, baseUrl: site.pathname });
    return module;
  });
  return engine;
}

// What is found for the words, the best or the newest first; without words everything within the filters. `numbers` are those
// of each filter's values, where they are known.
export async function search(typed, wanted, newest = false) {
  const asked = read(typed);
  const { nowhere, like, ask: words } = await known(typed ? asked : { ask: every });
  asked.nowhere = nowhere;
  asked.like = like;
  const answer = await ask(words, wanted);
  let hits = answer.results.map((result) => ({ result, ...(typed ? {} : { locations: [] }) }));
  if (asked.places) hits = hits.map(({ result }) => ({ result, locations: stands(asked, result.words) })).filter(({ locations }) => locations.length);
  // the index holds the newest first, and the names of its records are in that order
  if (newest || !typed) hits.sort((one, other) => (one.result.id < other.result.id ? -1 : 1));
  const first = typed ? await Promise.all(hits.slice(0, MOST_CHECKED).map(load)) : [];
  if (typed && !first.some((data) => fits(data, asked.said))) hits = [];
  return { asked, hits, length: hits.length, numbers: asked.places ? null : answer.filters };
}

// Which of several words are in no text, and which only begin like a word of one; what is left of them to ask for.
async function known({ ask, places }) {
  const words = ask.split(" ").filter(Boolean);
  if (words.length < 2 || places || ask.startsWith('"')) return { ask, nowhere: [], like: [] };
  const engine = await pagefind();
  const kinds = await Promise.all(
    words.map(async (word) => {
      if ((await engine.search(`"${word}"`)).results.length) return "itself";
      const [first] = (await engine.search(word)).results;
      return !/\d/.test(word) && first && fits(await first.data(), [word]) ? "like" : "nowhere";
    }),
  );
  const of = (kind) => words.filter((_, at) => kinds[at] === kind);
  return { nowhere: of("nowhere"), like: of("like"), ask: words.filter((_, at) => kinds[at] !== "nowhere").join(" ") };
}

// Pagefind also finds words that begin like the one that is asked for, “stable” for “stabbed”. That is for a word that is still being
// typed: where a text has the word itself, only such texts are results. A number is only itself.
async function ask(words, wanted) {
  if (!words) return { results: [], filters: {} };
  const engine = await pagefind();
  const found = await engine.search(words, { filters: wanted });
  if (/[\s"]/.test(words) || words === every) return found;
  // what is in quotes is found as itself, but neither ranked nor with all its places
  const itself = await engine.search(`"${words}"`, { filters: wanted });
  if (!itself.results.length && !/\d/.test(words)) return found;
  const ids = new Set(itself.results.map(({ id }) => id));
  return { ...itself, results: found.results.filter(({ id }) => ids.has(id)) };
}

export async function load({ result, locations }) {
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
