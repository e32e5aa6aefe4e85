// Counts what is written as the server does: by code points of the composed text, so that an emoji or 𠮷 is one.

document.querySelectorAll("[data-counter]").forEach((counter) => {
  const field = document.getElementById(counter.dataset.counter);
  const limit = Number(field.dataset.limit);

  function update() {
    const length = [...field.value.normalize("NFC").replaceAll("\r\n", "\n")].length;
    counter.textContent = `${length} / ${limit}`;
    counter.classList.toggle("over", length > limit);
  }

  field.addEventListener("input", update);
  update();
});
