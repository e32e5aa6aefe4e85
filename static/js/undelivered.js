// What could not be delivered, in words: what was typed, why it was refused, and the way back to its question. Fetched by
// the outbox only where there is something to tell.

const KNOWN = /^(pass|version|consent|seen|visible|homepage|prompted|carried|intent|key|touched|vote|withdraw|cookies|proof)$/;
const CODE = /^(\d{0,3}|on|true)$/;
const LONG = 60; // signs: what is longer is told by its beginning, and unfolds

function words({ body }) {
  return [...new URLSearchParams(body)].filter(([name, text]) => !KNOWN.test(name) && !CODE.test(text)).map(([, text]) => text);
}

function folded(text) {
  if (text.length <= LONG) return [text, document.createElement("br")];
  const whole = document.createElement("details");
  const beginning = Object.assign(document.createElement("summary"), { textContent: `${[...text].slice(0, LONG).join("")}…` });
  whole.append(beginning, text);
  return [whole];
}

function entry(letter, say) {
  const line = document.createElement("li");
  const text = words(letter).join(" / ") || say.choice;
  const link = Object.assign(document.createElement("a"), { href: letter.to, textContent: say.open });
  line.append(...folded(text), say[letter.refused] ?? say.refused, document.createElement("br"), link);
  return line;
}

// `drawn`: the template of the band; `forget`: what the reader's button does to each of the letters, besides closing it.
export function tell(drawn, letters, forget) {
  drawn.parentElement.querySelector("[data-told]")?.remove();
  if (!letters.length) return;
  const band = drawn.content.firstElementChild.cloneNode(true);
  const list = band.querySelector("ul");
  band.dataset.told = letters.length;
  list.append(...letters.map((letter) => entry(letter, list.dataset)));
  band.querySelector("button").addEventListener("click", () => {
    letters.forEach(({ key }) => forget(key));
    band.remove();
  });
  drawn.before(band);
}
