// How a result is shown, and taken along. Nothing of the index is ever parsed as HTML: Pagefind's raw content is text in
// which < and > were escaped.
const MOST_PLACES = 3;
const [MOST_BEFORE, MOST_AFTER] = [30, 40];
const KINDS = { review: "Review", lesson: "Lesson", page: "About this site" };

export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

export function link(url, text) {
  const made = element("a", "", text);
  made.href = url;
  return made;
}

// Where in a review the words stand: its paragraphs and lessons, those that hold most of them first. Named by the standard
// headings alone: a review's own words belong behind its content note, and are shown only to who asked for them.
function places(data) {
  const anchors = data.anchors.filter(({ element: name, id }) => /^h[2-4]$/.test(name) || /^(p|lesson-)\d+$/.test(id)).sort((one, other) => one.location - other.location);
  const held = new Map();
  for (const { location, balanced_score: score } of data.weighted_locations) {
    const at = anchors.findLastIndex((anchor) => anchor.location <= location);
    if (at < 0) continue;
    const before = held.get(at) ?? { score: 0, first: location };
    held.set(at, { score: before.score + score, first: Math.min(before.first, location) });
  }
  const best = [...held].sort(([one, more], [other, less]) => less.score - more.score || one - other).slice(0, MOST_PLACES);
  return best.map(([at, { first }]) => {
    const { id, text, location } = anchors[at];
    const section = anchors.slice(0, at + 1).findLast((anchor) => anchor.element === "h2");
    const numbered = /^p(\d+)$/.exec(id);
    return {
      url: `${data.url}#${id}`,
      title: /^lesson-\d+$/.test(id) ? text : [section?.text, numbered && `paragraph ${numbered[1]}`].filter(Boolean).join(", "),
      first,
      begins: location,
      ends: anchors[at + 1]?.location ?? Infinity,
    };
  });
}

const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");

// The index has a word with a hyphen as two, the first of which ends with this.
const PARTED = "\u2011";
const joined = (text) => text.replaceAll(`${PARTED} `, "-");

// Words from one place to another, with those marked that were found; what a word ends with is not of it.
function marked(words, from, to, locations) {
  const found = new Set(locations);
  const pieces = [];
  const add = (text, isFound) => {
    if (pieces.at(-1)?.isFound === isFound) pieces.at(-1).text += text;
    else if (text) pieces.push({ text, isFound });
  };
  for (let at = from; at < to; at += 1) {
    const word = plain(words[at]);
    const parted = word.endsWith(PARTED);
    const [, before, itself, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(parted ? word.slice(0, -1) : word);
    const on = found.has(at) && found.has(at + 1) && !after;
    add(before, false);
    add(itself, found.has(at));
    add(after, false);
    if (at + 1 < to) add(parted ? "-" : " ", on);
  }
  return pieces.map(({ text, isFound }) => (isFound ? element("mark", "", text) : text));
}

// Up to 32 words, from a little before the first that was found; dots stand for what is left out.
function excerpt(words, locations) {
  const from = Math.max(0, Math.min(...locations, words.length) - 8);
  const to = Math.min(words.length, from + 32);
  return [from ? "… " : "", ...marked(words, from, to, locations), to < words.length ? " …" : ""];
}

// The sentence of a place, within its paragraph.
function sentence(words, { first, begins, ends }, locations) {
  const over = (word) => /[.?!]["”’)]*$/.test(word);
  let from = first;
  while (from > begins && first - from < MOST_BEFORE && !over(words[from - 1])) from -= 1;
  let to = first + 1;
  while (to < Math.min(ends, words.length) && to - first < MOST_AFTER && !over(words[to - 1])) to += 1;
  return marked(words, from, to, locations);
}

// What a result shows beside its title: a lesson is its own text, without why it was taught, and a review its content notes.
function shown(data) {
  const words = data.raw_content.trim().split(/\s+/);
  const locations = data.weighted_locations.map(({ location }) => location);
  const type = data.filters.type?.[0];
  if (type === "review") return data.meta.notes ? [`This review describes: ${joined(data.meta.notes)}.`] : [];
  if (type === "lesson") return marked(words, 0, words.includes("¶") ? words.indexOf("¶") : words.length, locations);
  return excerpt(words, locations);
}

export function item(data, accounts = false) {
  const kind = KINDS[data.filters.type?.[0]] ?? "Page";
  const made = element(
    "li",
    "",
    element("h3", "", link(data.url, joined(data.meta.title))),
    element("p", "quiet", [kind, data.meta.about && joined(data.meta.about)].filter(Boolean).join(", ")),
  );
  const text = shown(data);
  if (text.length) made.append(element("p", "", ...text));
  const within = kind === "Review" ? places(data) : [];
  const words = data.raw_content.trim().split(/\s+/);
  const locations = data.weighted_locations.map(({ location }) => location);
  const listed = within.map((place) => element("li", "", link(place.url, joined(place.title)), ...(accounts ? [element("q", "", ...sentence(words, place, locations))] : [])));
  if (within.length) made.append(element("ul", accounts ? "sections sections--told" : "sections", ...listed));
  return made;
}

// --- taking the results along

const whole = (url) => new URL(url, location.href).href;
const published = (data) => (data.meta.date ?? "").slice(0, 10);
const inWords = (date) => new Date(`${date}T12:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

// A cell that a spreadsheet would take for a formula is made text.
const cell = (text) => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;

const said = (data) => `${published(data) ? `Published ${inWords(published(data))}${data.meta.version ? `, version of ${inWords(data.meta.version)}` : ""}. ` : ""}`;
const row = (data) => [data.filters.type?.[0] ?? "", joined(data.meta.title), joined(data.meta.about ?? ""), published(data), data.meta.version ?? "", whole(data.url), element("p", "", ...shown(data)).textContent];

export const FORMS = {
  citations: (all) => all.map((data) => `${joined(data.meta.title)}. Candour, Ministry of Justice. ${said(data)}${whole(data.url)}`).join("\n"),
  csv: (all) => [["type", "title", "about", "published", "version", "address", "text"], ...all.map(row)].map((cells) => cells.map(cell).join(",")).join("\r\n"),
};
