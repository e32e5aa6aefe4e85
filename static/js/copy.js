// Offers to copy the receipt code where the browser allows it.

const button = document.querySelector("[data-copy]");
const code = document.querySelector("[data-code]");

if (navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent.trim());
    button.textContent = button.dataset.copied;
  });
}
