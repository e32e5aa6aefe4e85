// Where very many votes come from one network, a form comes with a challenge (data-challenge): its vote is taken once this
// device has worked for a moment. The pressed button waits for that. Without this module, or where the browser offers no
// WebCrypto, the sentence on the page holds: wait a little and press again.

const TOGETHER = 8; // tries under way at once: the browser spreads them over its threads
const solving = new WeakMap();

const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function attempt({ nonce, salt, cost, keyLength }, counter) {
  const password = new Uint8Array([...bytes(nonce), 0, 0, 0, 0]);
  new DataView(password.buffer).setUint32(password.length - 4, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const method = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  return { counter, derivedKey: hex(await crypto.subtle.deriveBits(method, key, keyLength * 8)) };
}

async function solve(challenge) {
  const { parameters } = challenge;
  for (let first = 0; ; first += TOGETHER) {
    const tries = Array.from({ length: TOGETHER }, (_, step) => attempt(parameters, first + step));
    const solution = (await Promise.all(tries)).find(({ derivedKey }) => derivedKey.startsWith(parameters.keyPrefix));
    if (solution) return btoa(JSON.stringify({ challenge, solution }));
  }
}

function work(form) {
  if (!solving.has(form)) {
    const done = solve(JSON.parse(form.dataset.challenge)).then((proof) => {
      form.elements.proof.value = proof;
    });
    solving.set(form, done);
  }
  return solving.get(form);
}

function hold(event) {
  const { target: form, submitter } = event;
  if (!form.dataset.challenge || form.elements.proof.value || !crypto.subtle) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.dataset.held) return;
  form.dataset.held = "yes";
  const line = form.querySelector("[role=status]");
  if (line) line.textContent = form.dataset.working ?? "";
  work(form).catch(() => form.removeAttribute("data-challenge")).then(() => form.requestSubmit(submitter));
}

// Before any other module hears of the press; the form may have come after this page was opened.
document.addEventListener("submit", hold, true);

const waiting = document.querySelector("form[data-challenge]");
if (waiting && crypto.subtle) work(waiting).catch(() => { /* the press tries again */ });
