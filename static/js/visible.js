// Adds up how long each question was in view, while the page itself was. Only the sums are sent.

const TICK = 500;
const LONGEST = 60 * 60 * 1000;
const field = document.querySelector("form[data-answers]").elements.visible;
const inView = new Set();
const times = new Map();
let last = performance.now();

const observer = new IntersectionObserver(
  (entries) => entries.forEach(({ target, isIntersecting }) => inView[isIntersecting ? "add" : "delete"](target.dataset.question)),
  { threshold: 0.5 },
);
document.querySelectorAll("[data-question]").forEach((question) => observer.observe(question));

setInterval(() => {
  const now = performance.now();
  const passed = Math.min(now - last, 2 * TICK);
  last = now;
  if (document.visibilityState !== "visible") return;
  inView.forEach((name) => times.set(name, Math.min(LONGEST, (times.get(name) ?? 0) + passed)));
  field.value = Array.from(times, ([name, time]) => `${name}:${Math.round(time)}`).join(",");
}, TICK);
