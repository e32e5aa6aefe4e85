// Offers to copy a text where the browser allows it: the one whose id the button names, else the only one there is.
// Inside an article the browser may know how and not let the page; then the text is marked, and the older way is tried.

async function copied(text) {
  try {
    await navigator.clipboard.writeText((text.value ?? text.textContent).trim());
    return true;
  } catch {
    if (text.select) text.select();
    else getSelection().selectAllChildren(text);
    return document.execCommand("copy");
  }
}

function attend(button) {
  const text = document.getElementById(button.dataset.copy) ?? document.querySelector("[data-code]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (await copied(text)) button.textContent = button.dataset.copied;
  });
}

if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(attend);
