// What was typed, as Pagefind is to be asked for it: wordings for one thing are one word of the index, and little words, which
// nearly every text has, are not in it.
import { groups, little } from "./search-words.js";

// As wordings.py has it.
const plain = (word) => word.replace(/[^\p{L}\p{N}_]/gu, "").toLowerCase().replace(/s$/, "");
// A hyphen parts words as a space does: the index has “multi-agency” as two.
const parts = (text) => text.replace(/(?<=\p{L})[-‐‑](?=[\p{L}\p{N}])|(?<=\p{N})[-‐‑](?=\p{L})/gu, " ").split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
const isLittle = (word) => little.has(word.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase());

// Returns what to `ask` (nothing, if there are only little words), the words `said` that a result may have, which wordings are
// searched for `also`; for a phrase of which not every word is asked for, where those that are stand (`places`, from the first to the last
// `length` words), and
// whether words were `left` out.
export function read(typed) {
  const plainly = typed.replace(/[“”„«»]/g, '"');
  const quoted = /^"([^"]*)"$/.exec(plainly);
  return quoted ? phrase(parts(quoted[1])) : loose(parts(plainly.replaceAll('"', " ")));
}

// A phrase in quotes is only itself: no other wording. What has one wording alone is asked for by its token, which stands
// wherever one of its words does.
function phrase(words) {
  const asked = [];
  const places = [];
  for (let at = 0; at < words.length; at += 1) {
    const label = groups.find(({ forms }) => forms.length === 1 && begins(words, at, forms[0]));
    const length = label ? parts(label.forms[0]).length : 1;
    if (label) asked.push(label.token);
    else if (isLittle(words[at])) continue;
    else asked.push(words[at]);
    for (let n = 0; n < length; n += 1) places.push(at + n);
    at += length - 1;
  }
  const said = places.map((place) => words[place]);
  if (asked.length === words.length) return { ask: asked.length ? `"${asked.join(" ")}"` : "", said, also: [] };
  const [first, last] = [places[0], places.at(-1)];
  return { ask: asked.join(" "), said, also: [], places: places.map((place) => place - first), length: last - first + 1, left: places.length < words.length };
}

function loose(words) {
  const asked = [...words];
  const said = [...words];
  const also = [];
  for (const { token, forms } of groups) {
    const found = forms.map((form) => ({ form, at: indexOf(asked, form) })).filter(({ at }) => at >= 0);
    if (!found.length) continue;
    const longest = found.reduce((one, other) => (parts(other.form).length > parts(one.form).length ? other : one));
    asked.splice(longest.at, parts(longest.form).length, token);
    const others = forms.filter((form) => form !== longest.form);
    also.push(...others);
    said.push(...others.flatMap(parts));
  }
  const ask = asked.filter((word) => !isLittle(word)).join(" ");
  return { ask, said: said.filter((word) => !isLittle(word)), also, left: Boolean(asked.length) && !ask };
}

const begins = (words, at, form) => parts(form).every((word, n) => at + n < words.length && plain(words[at + n]) === plain(word));
const indexOf = (words, form) => words.findIndex((_, at) => begins(words, at, form));

// Where in a text a phrase stands: the words of it that were asked for are as far from each other as in the phrase.
export function stands({ places, length }, locations) {
  const at = new Set(locations);
  const starts = [...at].filter((start) => places.every((place) => at.has(start + place)));
  return starts.flatMap((start) => Array.from({ length }, (_, n) => start + n));
}
