// Keys for the moderation queue. After each decision the focus goes on to the statement that took the place, or to what
// stood against it.

const queue = () => document.getElementById("queue");
const entries = () => [...queue().querySelectorAll("[data-entry]")];
const here = () => document.activeElement?.closest?.("[data-entry]");

let place = 0; // of the entry that was last in focus
const A_LOOK = 250; // milliseconds before the next statement can be decided on: a key that bounces decides on one
let since = 0; // when the focus moved on by itself
let asked = false; // whether the part that comes in was asked for by this page's decision

function go(to) {
  const all = entries();
  if (!all.length) return;
  place = Math.min(Math.max(to, 0), all.length - 1);
  all[place].focus({ preventScroll: true });
  all[place].scrollIntoView({ block: "nearest" });
}

function press(selector, entry = here()) {
  entry?.querySelector(selector)?.click();
}

const keys = {
  j: () => go(here() ? place + 1 : place),
  k: () => go(here() ? place - 1 : place),
  a: () => performance.now() - since > A_LOOK && press("[data-approve]"),
  r: () => here()?.querySelector("[data-reason]")?.focus(),
  m: () => here()?.querySelector("[data-merge]")?.focus(),
  u: () => press("[data-undo]", queue()),
  x: () => press("[data-pick]"),
};

const writes = (element) => element.closest("textarea, select, input:not([type=checkbox]), [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" && event.target.matches("[data-reason]") && event.target.value) {
    event.preventDefault();
    press("[data-reject]");
    return;
  }
  if (event.repeat || writes(event.target) || !(event.key in keys)) return;
  event.preventDefault();
  keys[event.key]();
});

document.addEventListener("focusin", () => {
  if (here()) place = entries().indexOf(here());
});

document.addEventListener("htmx:beforeRequest", () => {
  asked = true;
});

document.addEventListener("htmx:afterSettle", () => {
  offerAll();
  const problem = queue().querySelector("[role=alert]");
  if (asked && problem) problem.focus();
  else if (asked) go(place);
  if (asked) since = performance.now();
  asked = false;
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-pick-all]")) return;
  for (const box of queue().querySelectorAll("[data-pick]")) box.checked = event.target.checked;
});

function offerAll() {
  queue().querySelector(".pick.all")?.removeAttribute("hidden");
}

offerAll();
