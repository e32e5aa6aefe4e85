// Shows the passkey button where passkeys can be used, and says so when one was not used.

// Browsers bind a passkey to the name of a site; an address of numbers, such as 127.0.0.1, has none.
const named = !/^(\[.*\]|[\d.]+)$/.test(location.hostname);
const usable = "PublicKeyCredential" in window && isSecureContext && named;

for (const element of document.querySelectorAll("[data-passkey]")) element.hidden = !usable;
for (const element of document.querySelectorAll("[data-no-passkey]")) element.hidden = usable;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const element of document.querySelectorAll("[data-passkey-problem]")) element.hidden = false;
});
