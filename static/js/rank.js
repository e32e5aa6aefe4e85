// Tap in order: the first tap is place 1, a second tap takes it back. The lists of places that work without this
// module stay underneath, hidden, and carry the answer.

document.querySelectorAll("fieldset[data-rank]").forEach((question) => {
  const top = Number(question.dataset.rank);
  const alone = [...question.querySelectorAll("input[data-exclusive]")];
  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  question.append(said);

  const rows = [...question.querySelectorAll(".ranked")].map((row) => {
    const select = row.querySelector("select");
    const button = document.createElement("button");
    const place = document.createElement("span");
    const words = document.createElement("span");
    button.type = "button";
    button.className = "tap";
    place.className = "place";
    words.textContent = row.querySelector("label").textContent;
    button.append(place, words);
    row.hidden = true;
    row.before(button);
    return { select, button, place, words: words.textContent };
  });
  const ranked = () => rows.filter(({ select }) => select.value).sort((a, b) => a.select.value - b.select.value);

  function show() {
    const full = ranked().length >= top;
    rows.forEach(({ select, button, place }) => {
      place.textContent = select.value;
      button.setAttribute("aria-pressed", String(Boolean(select.value)));
      button.setAttribute("aria-disabled", String(full && !select.value));
    });
  }

  function number(order) {
    rows.forEach(({ select }) => { select.value = ""; });
    order.forEach(({ select }, index) => { select.value = String(index + 1); });
    show();
  }

  rows.forEach((row) => row.button.addEventListener("click", () => {
    const order = ranked();
    if (order.includes(row)) number(order.filter((other) => other !== row));
    else if (order.length < top) number([...order, row]);
    else return;
    alone.forEach((box) => { box.checked = false; });
    said.textContent = `${row.words}: ${row.select.selectedOptions[0].textContent}`;
    row.select.dispatchEvent(new Event("change", { bubbles: true }));
  }));

  alone.forEach((box) => box.addEventListener("change", () => {
    if (!box.checked) return;
    alone.filter((other) => other !== box).forEach((other) => { other.checked = false; });
    number([]);
  }));
  show();
});
