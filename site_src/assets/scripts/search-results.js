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

// Where in a review the words stand: its paragraphs and lessons, those that hold most of them first. Named by the standard
// headings alone: a review's own words belong behind its content note.
function places(data) {
  const anchors = data.anchors.filter(({ element: name, id }) => /^h[2-4]$/.test(name) || /^(p|lesson-)\d+$/.test(id)).sort((one, other) => one.location - other.location);
  const held = new Map();
  for (const { location, balanced_score: score } of data.weighted_locations) {
    const at = anchors.findLastIndex((anchor) => anchor.location <= location);
    if (at >= 0) held.set(at, (held.get(at) ?? 0) + score);
  }
  const best = [...held].sort(([one, more], [other, less]) => less - more || one - other).slice(0, MOST_PLACES);
  return best.map(([at]) => {
    const { id, text } = anchors[at];
    const section = anchors.slice(0, at + 1).findLast((anchor) => anchor.element === "h2");
    const numbered = /^p(\d+)$/.exec(id);
    return {
      url: `${data.url}#${id}`,
      title: /^lesson-\d+$/.test(id) ? text : [section?.text, numbered && `paragraph ${numbered[1]}`].filter(Boolean).join(", "),
    };
  });
}

const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");

// Words from one place to another, with those marked that were found.
function marked(words, from, to, locations) {
  const runs = [];
  for (let at = from; at < to; at += 1) {
    const found = locations.includes(at);
    if (!runs.length || runs.at(-1).found !== found) runs.push({ found, words: [] });
    runs.at(-1).words.push(plain(words[at]));
  }
  const pieces = runs.map(({ found, words: run }) => (found ? element("mark", "", run.join(" ")) : run.join(" ")));
  return pieces.flatMap((piece, n) => (n ? [" ", piece] : [piece]));
}

// Up to 32 words, from a little before the first that was found; dots stand for what is left out.
function excerpt(words, locations) {
  const from = Math.max(0, Math.min(...locations) - 8);
  const to = Math.min(words.length, from + 32);
  return [from ? "… " : "", ...marked(words, from, to, locations), to < words.length ? " …" : ""];
}

// What a result shows beside its title: a lesson is its own text, without why it was taught, and a review its content notes.
function shown(data) {
  const words = data.raw_content.trim().split(/\s+/);
  const locations = data.weighted_locations.map(({ location }) => location);
  const type = data.filters.type?.[0];
  if (type === "review") return data.meta.notes ? [`This review describes: ${data.meta.notes}.`] : [];
  if (type === "lesson") return marked(words, 0, words.includes("¶") ? words.indexOf("¶") : words.length, locations);
  return excerpt(words, locations);
}

export function item(data) {
  const kind = KINDS[data.filters.type?.[0]] ?? "Page";
  const made = element(
    "li",
    "",
    element("p", "", link(data.url, data.meta.title)),
    element("p", "quiet", [kind, data.meta.about].filter(Boolean).join(", ")),
  );
  const text = shown(data);
  if (text.length) made.append(element("p", "", ...text));
  const within = kind === "Review" ? places(data) : [];
  if (within.length) made.append(element("ul", "sections", ...within.map((place) => element("li", "", link(place.url, place.title)))));
  return made;
}

// --- taking the results along

const whole = (url) => new URL(url, location.href).href;
const published = (data) => (data.meta.date ?? "").slice(0, 10);
const inWords = (date) => new Date(`${date}T12:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

// A cell that a spreadsheet would take for a formula is made text.
const cell = (text) => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;

export const FORMS = {
  citations: (all) => all.map((data) => `${data.meta.title}. Candour, Ministry of Justice. ${published(data) ? `Published ${inWords(published(data))}. ` : ""}${whole(data.url)}`).join("\n"),
  csv: (all) => [["type", "title", "about", "published", "address", "text"], ...all.map((data) => [data.filters.type?.[0] ?? "", data.meta.title, data.meta.about ?? "", published(data), whole(data.url), element("p", "", ...shown(data)).textContent])].map((row) => row.map(cell).join(",")).join("\r\n"),
};

