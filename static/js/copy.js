// Offers to copy a text where the browser allows it: the one whose id the button names, else the only one there is.

function attend(button) {
  const text = document.getElementById(button.dataset.copy) ?? document.querySelector("[data-code]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText((text.value ?? text.textContent).trim());
    button.textContent = button.dataset.copied;
  });
}

if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(attend);
