// The words that a misspelt one may have been; loaded where a word is nowhere.
const site = new URL("../../", import.meta.url);
let known = null;

// What was not loaded is asked for again at the next word.
async function load() {
  const answer = await fetch(new URL("pagefind/words.json", site));
  if (!answer.ok) throw new Error(answer.statusText);
  return new Map(await answer.json());
}

// How many letters are one too many, missing, another, or have changed places with the next.
function distance(one, other) {
  let before = [];
  let row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] !== other[j - 1]));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[other.length];
}

function nearest(word, words) {
  const far = word.length < 6 ? 1 : 2;
  let best = ["", far + 1, 0];
  for (const [other, reviews] of words) {
    if (Math.abs(other.length - word.length) > far) continue;
    const away = distance(word, other);
    if (away < best[1] || (away === best[1] && reviews > best[2])) best = [other, away, reviews];
  }
  return best[1] > far ? "" : best[0];
}

// What was typed with each word that no text has in the nearest spelling that texts have; "" where there is none.
export async function respelt(typed) {
  const words = (known ??= await load());
  const text = typed.replace(/\p{L}{4,}/gu, (word) => (words.has(word.toLowerCase()) ? word : nearest(word.toLowerCase(), words) || word));
  return text === typed ? "" : text;
}
