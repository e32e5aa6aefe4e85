// Coding by keys: a digit chooses a theme by its number, Enter goes on. Two digits within a moment are one number.

const form = document.querySelector("[data-coding]");
const TOGETHER = 600; // milliseconds

let typed = "";
let since = 0;
let last = null; // the theme that the first of two digits has just chosen

const theme = (number) => form.querySelector(`input[name=codes][value="${number}"]`);
const writes = (element) => element.closest("textarea, select, input:not([type=checkbox]), [contenteditable]");

function choose(digit) {
  const now = performance.now();
  const both = now - since < TOGETHER ? typed + digit : digit;
  const found = theme(both) ?? theme(digit);
  if (both.length > 1 && theme(both) && last) last.click(); // it was only the beginning of this number
  last = found;
  typed = both.length > 1 ? "" : digit;
  since = now;
  found?.click();
  found?.focus();
}

document.addEventListener("keydown", (event) => {
  if (!form || event.isComposing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (writes(event.target)) return;
  if (/^[0-9]$/.test(event.key)) {
    event.preventDefault();
    choose(event.key);
  } else if (event.key === "Enter" && !event.target.closest("a, button, summary")) {
    event.preventDefault();
    form.requestSubmit();
  }
});
