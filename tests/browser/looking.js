// What looking.py asks of a page. Every function returns sentences about what is wrong; none means all is well.

const words = (element) => `${element.localName}.${element.getAttribute("class") ?? ""} ${element.textContent.trim().slice(0, 30)}`;

// All rules, with the one for the size of targets, which axe leaves out unless told.
async function violations() {
  const { violations: found } = await axe.run({
    resultTypes: ["violations"],
    preload: false, // reading style sheets again breaks the content policy; only the rule on screen orientation needs it
    rules: { "target-size": { enabled: true } },
  });
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}

// What reaches beyond the window, and what its own box cuts off. Boxes that may be scrolled on purpose say so.
function stickingOut() {
  const root = document.documentElement;
  const seen = [...document.body.querySelectorAll("*")].filter(
    (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".unseen, .skip, [data-scrolls]"),
  );
  const beyond = seen.filter((element) => {
    const { left, right } = element.getBoundingClientRect();
    return right > root.clientWidth + 1 || left < -1;
  });
  const cut = seen.filter(
    (element) =>
      element instanceof HTMLElement &&
      !element.matches("textarea, input, select, progress") &&
      getComputedStyle(element).overflowX !== "visible" &&
      element.scrollWidth > element.clientWidth + 1,
  );
  return [
    ...(root.scrollWidth > root.clientWidth ? [`the page scrolls sideways: ${root.scrollWidth} px`] : []),
    ...beyond.map((element) => `beyond the window: ${words(element)}`),
    ...cut.map((element) => `cut off: ${words(element)}`),
  ];
}

// A link in a line of text may be as high as its line (WCAG 2.2, 2.5.8); everything else has 48 px to be hit.
function smallTargets() {
  const inText = (element) =>
    element.matches("a:not(.go, .quiet-go)") && element.closest("p, td, th, dd, li") && !element.closest("nav");
  return [...document.querySelectorAll("a[href], button, select, textarea, summary, input:not([type=hidden])")]
    .filter((element) => element.checkVisibility() && !element.disabled && !element.matches(".skip") && !inText(element))
    .map((element) => element.closest("label") ?? element)
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.height < 47.5 || box.width < 24)
    .map(([element, box]) => `${words(element)}: ${Math.round(box.width)} × ${Math.round(box.height)} px`);
}
