// Asks before a page is left on which something was typed and not saved. Without scripts nothing asks.

const typed = new Set();

for (const form of document.querySelectorAll("form[data-guard]")) {
  form.addEventListener("input", () => typed.add(form));
  form.addEventListener("submit", () => typed.clear());
}

addEventListener("beforeunload", (event) => {
  if (typed.size) event.preventDefault();
});
