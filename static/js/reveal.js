// Shows a follow-up question as soon as the answer that calls for it is chosen, and the text of "other" with its option.

const form = document.querySelector("form[data-answers]");
const seen = form.elements.seen;

function fieldsOf(condition) {
  return [...form.querySelectorAll(`input[name="${CSS.escape(condition.split("=")[0])}"]`)];
}

function chosen(condition) {
  return fieldsOf(condition).some((field) => field.checked && field.value === condition.split("=")[1]);
}

function remember(name) {
  const names = new Set(seen.value.split(",").filter(Boolean));
  seen.value = [...names.add(name)].join(",");
}

function update() {
  // What rests on an answer of an earlier screen stays as the server drew it.
  [...form.querySelectorAll("[data-shown-if]")].filter((part) => fieldsOf(part.dataset.shownIf).length).forEach((part) => {
    part.hidden = !chosen(part.dataset.shownIf);
    if (!part.hidden && part.dataset.question) remember(part.dataset.question);
    // Words typed for "other" wait there, but are not sent beside another choice.
    if (!part.dataset.question) part.querySelector("input").disabled = part.hidden;
  });
}

form.addEventListener("change", update);
update();
