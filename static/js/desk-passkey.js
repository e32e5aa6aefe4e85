// Shows the passkey button where the browser knows passkeys, and says so when one was not used.

const known = "PublicKeyCredential" in window;

for (const element of document.querySelectorAll("[data-passkey]")) element.hidden = !known;
for (const element of document.querySelectorAll("[data-no-passkey]")) element.hidden = known;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const element of document.querySelectorAll("[data-passkey-problem]")) element.hidden = false;
});
