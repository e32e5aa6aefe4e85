// Of a line of tabs that scrolls sideways the current one is in view, and whole the one that has the focus. The style
// sheet says so, too, but not every browser listens.

function show(tab) {
  const line = tab.closest("ul");
  const [place, seen] = [tab.getBoundingClientRect(), line.getBoundingClientRect()];
  if (place.right > seen.right) line.scrollLeft += Math.ceil(place.right - seen.right);
  if (place.left < seen.left) line.scrollLeft -= Math.ceil(seen.left - place.left);
}

for (const tabs of document.querySelectorAll(".tabs[data-scrolls]")) {
  const current = tabs.querySelector("[aria-current]");
  if (current) show(current);
  tabs.addEventListener("focusin", (event) => show(event.target));
}
