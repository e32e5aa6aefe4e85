// "None of these" and an answer from the list take each other back.

document.querySelectorAll("fieldset[data-question]").forEach((question) => {
  question.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox" || !target.checked) return;
    question.querySelectorAll("input[type=checkbox]:checked").forEach((other) => {
      if (other !== target && (target.hasAttribute("data-exclusive") || other.hasAttribute("data-exclusive"))) other.checked = false;
    });
  });
});
