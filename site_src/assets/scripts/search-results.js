// How a result is shown, and taken along. Nothing of the index is ever parsed as HTML: Pagefind's raw content is text in
// which < and > were escaped.
const MOST_PLACES = 3;
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

// Where in a review the words stand: its paragraphs and lessons, those that hold most of them first.
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

export function item(data) {
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

export const FORMS = {
  citations: (all) => all.map((data) => `${data.meta.title}. Candour, Ministry of Justice. ${published(data) ? `Published ${inWords(published(data))}. ` : ""}${whole(data.url)}`).join("\n"),
  csv: (all) => [["type", "title", "about", "published", "address", "excerpt"], ...all.map((data) => [data.filters.type?.[0] ?? "", data.meta.title, data.meta.about ?? "", published(data), whole(data.url), plain(data.plain_excerpt)])].map((row) => row.map(cell).join(",")).join("\r\n"),
};

