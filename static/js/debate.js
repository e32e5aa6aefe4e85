// A vote brings the next card without loading the page anew: the same form is sent to the same address, and what comes
// back takes the place of this page. A vote that did not get through waits here and on this device, and is sent again
// under its own pass, so that it counts once. Where anything is out of the ordinary, the browser's own way is taken.

const OUTBOX = "toikake-vote:";
const PASS_LIFETIME = 2 * 60 * 60 * 1000;
const PATIENCE = 400; // milliseconds until a wait is worth a word
const REST = 350; // a second tap that was meant for the card before
const awaited = new WeakSet(); // forms that the module for their challenge is still to be fetched for
let worker = null;
let busy = false;
let quietUntil = 0;

function remembers() {
  try {
    return navigator.cookieEnabled && Boolean(localStorage);
  } catch {
    return false;
  }
}

function keep(action, body) {
  if (remembers()) localStorage.setItem(OUTBOX + action, JSON.stringify({ at: Date.now(), body }));
}

function drop(action) {
  if (remembers()) localStorage.removeItem(OUTBOX + action);
}

function letter(form, button) {
  const body = new URLSearchParams(new FormData(form));
  body.set(button.name, button.value);
  if (!remembers()) body.set("cookies", "none");
  return body.toString();
}

// The browser parses the page: none of our modules makes markup from text.
function post(action, body) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", action);
    request.responseType = "document";
    request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.onloadend = () => resolve({ status: request.status, page: request.response, address: request.responseURL });
    request.send(body);
  });
}

function say(form, state) {
  const line = form.querySelector("[data-vote-state]");
  if (!line) return;
  line.dataset.state = state;
  line.textContent = line.dataset[state] ?? "";
}

function pause(milliseconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    window.addEventListener("online", () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}

// Ever more patiently, until there is an answer that says something.
async function deliver(form, action, body) {
  const waiting = setTimeout(() => say(form, "saving"), PATIENCE);
  for (let failures = 1; ; failures += 1) {
    const answer = await post(action, body);
    if (answer.status && answer.status < 500) {
      clearTimeout(waiting);
      drop(action);
      return answer;
    }
    clearTimeout(waiting);
    keep(action, body);
    say(form, "waiting");
    await pause(Math.min(30_000, 1000 * 2 ** failures) * (0.5 + Math.random()));
  }
}

function turn({ status, page, address }) {
  if (!page?.querySelector("main")) {
    location.assign(address);
    return;
  }
  document.title = page.title;
  document.body.replaceChildren(...page.body.childNodes);
  if (status === 200) history.replaceState(null, "", address);
  attend();
  scrollTo(0, 0);
  document.querySelector("main .band[role], main h1")?.focus();
}

async function vote(form, button) {
  busy = true;
  button.setAttribute("aria-busy", "true");
  turn(await deliver(form, form.getAttribute("action"), letter(form, button)));
  busy = false;
  quietUntil = performance.now() + REST;
}

function submit(event) {
  const { target: form, submitter } = event;
  if (!form.matches("[data-vote]") || !submitter?.name) return;
  event.preventDefault();
  if (busy || performance.now() < quietUntil) return;
  if (awaited.has(form)) {
    awaited.delete(form);
    worker.finally(() => setTimeout(() => form.requestSubmit(submitter))); // not while this very event is under way
  } else {
    vote(form, submitter);
  }
}

// Only while the focus is on the card, so that nobody votes by talking to their device.
function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  const answers = event.target.closest?.("[data-card]")?.querySelectorAll(".four button") ?? [];
  answers[Number(event.key) - 1]?.click();
}

function attend() {
  document.querySelectorAll("main .band[role], main h1").forEach((place) => { place.tabIndex = -1; });
  const challenged = document.querySelector("form[data-challenge]");
  if (!challenged) return;
  awaited.add(challenged);
  worker = import(challenged.dataset.proofScript);
}

// A vote that this device could not send before it was put away.
async function settle() {
  const action = document.querySelector("form[data-vote]")?.getAttribute("action");
  const kept = action && remembers() && JSON.parse(localStorage.getItem(OUTBOX + action));
  if (!kept) return;
  if (Date.now() - kept.at < PASS_LIFETIME) {
    const answer = await post(action, kept.body);
    if (!answer.status || answer.status >= 500) return;
    drop(action);
    if (answer.status === 200) location.replace(action);
  }
  drop(action);
}

document.documentElement.classList.add("keys");
document.addEventListener("submit", submit);
document.addEventListener("keydown", press);
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
attend();
settle().catch(() => { /* what is kept there is not ours, or broken: the page itself works */ });
