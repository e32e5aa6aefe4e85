// The monitor renews itself only while somebody can see it, and leaves open what was opened.

const open = new Set();

document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden) event.preventDefault();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  open.clear();
  for (const details of event.target.querySelectorAll("details[open]")) open.add(details.id);
});

document.addEventListener("htmx:afterSwap", (event) => {
  for (const details of event.target.querySelectorAll("details")) details.open = open.has(details.id);
});
