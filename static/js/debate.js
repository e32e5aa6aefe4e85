// A vote brings the next card without loading the page anew: the same form is sent to the same address, and what comes
// back takes the place of this page. A vote that did not get through waits in the outbox, and counts once. Where anything is
// out of the ordinary, the browser's own way is taken.

import { newKey, opened, page, remembers, send } from "./outbox.js";

const PATIENCE = 400; // milliseconds until a wait is worth a word
const REPLY_WITHIN = 20_000;
const REST = 350; // a second tap that was meant for the card before
const awaited = new WeakSet(); // forms that the module for their challenge is still to be fetched for
let worker = null;
let patience = 0;
let busy = false;
let quietUntil = 0;

function letter(form, button) {
  const key = newKey();
  const body = new URLSearchParams(new FormData(form));
  body.set(button.name, button.value);
  body.set("key", key);
  if (!remembers()) body.set("cookies", "none");
  return { key, kind: "vote", to: form.getAttribute("action"), at: Date.now(), by: page, body: body.toString() };
}

// The browser parses the page: none of our modules makes markup from text.
function carry({ to, body }) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", to);
    request.timeout = REPLY_WITHIN;
    request.responseType = "document";
    request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.onloadend = () => resolve({
      status: request.status,
      pass: request.getResponseHeader("X-Toikake-Pass"),
      wait: request.getResponseHeader("Retry-After"),
      token: request.getResponseHeader("X-Toikake-Token"),
      document: request.response,
      address: request.responseURL,
    });
    request.send(body);
  });
}

function say(form, state) {
  const line = form.querySelector("[data-vote-state]");
  if (!line) return;
  line.dataset.state = state;
  line.textContent = line.dataset[state] ?? "";
}

function turn({ status, document: next, address }) {
  if (!next?.querySelector("main")) {
    location.assign(address || location.href); // counted by another tab, or refused for its age: this page is over
    return;
  }
  document.title = next.title;
  document.body.replaceChildren(...next.body.childNodes);
  if (status === 200) history.replaceState(null, "", address);
  attend();
  scrollTo(0, 0);
  document.querySelector("main .band[role], main h1")?.focus();
}

async function vote(form, button) {
  busy = true;
  button.setAttribute("aria-busy", "true");
  patience = setTimeout(() => say(form, "saving"), PATIENCE);
  turn(await send(letter(form, button), carry));
  clearTimeout(patience);
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

// A vote of an earlier page that is delivered now may be the one on the card in view.
function hear({ detail: { state, letter: told } }) {
  const form = document.querySelector("form[data-vote]");
  if (!form) return;
  if (told.by === page) {
    clearTimeout(patience);
    if (state === "waiting") say(form, "waiting");
  } else if (state === "arrived" && !busy && told.at < opened && told.to === form.getAttribute("action")) {
    location.replace(told.to);
  }
}

document.documentElement.classList.add("keys");
document.addEventListener("outbox", hear);
document.addEventListener("submit", submit);
document.addEventListener("keydown", press);
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
attend();
