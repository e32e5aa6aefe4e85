// A report is long: on a small screen its sections are folded, and what remains is a list of findings. What somebody
// looks for opens: by its address, by a link, by a search of the page (browsers do that); for printing everything does.

const narrow = matchMedia("(max-width: 40rem)");
const folds = () => [...document.querySelectorAll(".report-section > details")];
const contents = () => document.querySelector(".report-contents details");

function named(hash) {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch {
    return null; // not a name at all
  }
}

// Returns whether something was folded in the way.
function open(target) {
  if (target?.id === "contents") contents().open = true;
  const details = target?.closest(".report-section")?.querySelector(":scope > details");
  if (!details || details.open) return false;
  details.open = true;
  return true;
}

function fold(keep) {
  if (narrow.matches) for (const details of folds()) details.open = keep.has(details.parentElement.id);
  const target = named(location.hash);
  if (open(target)) target.scrollIntoView();
}

fold(new Set());

addEventListener("hashchange", () => {
  const target = named(location.hash);
  if (open(target)) target.scrollIntoView();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link) return;
  open(named(link.hash));
  if (link.closest(".report-contents")) contents().open = false;
});

let printed = [];
addEventListener("beforeprint", () => {
  printed = folds().filter((details) => !details.open);
  for (const details of printed) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of printed) details.open = false;
});

// On the desk the report is replaced when it has been counted anew.
let kept = new Set();
document.addEventListener("htmx:beforeSwap", () => {
  kept = new Set(folds().filter((details) => details.open).map((details) => details.parentElement.id));
});
document.addEventListener("htmx:afterSwap", () => fold(kept));
