// Counts what is written as the server does: an answer by code points of the composed text, so that an emoji or 𠮷 is one;
// a statement by characters as a person counts them, so that a family of emoji is one, too, and spaces in a row are one.

const ADDS_NOTHING = /[\p{Mn}\p{Me}\p{Mc}\p{Cf}\uff9e\uff9f\u{1f3fb}-\u{1f3ff}]/u;
const REGIONAL = /[\u{1f1e6}-\u{1f1ff}]/u;
const JOINER = "\u200d";

const COUNTS = {
  signs: (text) => [...text.replaceAll("\r\n", "\n")].length,
  characters(text) {
    let count = 0;
    let before = "";
    let flagBegun = false;
    for (const sign of text.replace(/\s+/g, " ").trim()) {
      const regional = REGIONAL.test(sign);
      if (!ADDS_NOTHING.test(sign) && before !== JOINER && !(regional && flagBegun)) count += 1;
      flagBegun = regional && !flagBegun;
      before = sign;
    }
    return count;
  },
};

document.querySelectorAll("[data-counter]").forEach((counter) => {
  const field = document.getElementById(counter.dataset.counter);
  const limit = Number(field.dataset.limit);
  const count = COUNTS[field.dataset.counts ?? "signs"];

  function update() {
    const length = count(field.value.normalize("NFC"));
    counter.textContent = `${length} / ${limit}`;
    counter.classList.toggle("over", length > limit);
  }

  field.addEventListener("input", update);
  update();
});
