// Shows the passkey button where passkeys can be used, and says so when one was not used.

// Browsers bind a passkey to the name of a site; an address of numbers, such as 127.0.0.1, has none.
const named = !/^(\[.*\]|[\d.]+)$/.test(location.hostname);
const known = "PublicKeyCredential" in window && isSecureContext;

function show(name, shown) {
  for (const element of document.querySelectorAll(`[data-${name}]`)) element.hidden = !shown;
}

show("passkey", known && named);
show("no-passkey", !known && named);
show("no-name", !named);
if (["127.0.0.1", "[::1]"].includes(location.hostname)) {
  show("as-localhost", true);
  for (const link of document.querySelectorAll("[data-as-localhost] a")) {
    link.href = location.href.replace(location.hostname, "localhost");
  }
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const element of document.querySelectorAll("[data-passkey-problem]")) element.hidden = false;
});
