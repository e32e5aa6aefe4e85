// Saves what was touched in the background, so that leaving loses nothing: each change is a letter in the outbox at once,
// and is sent when the reader pauses. The buttons wait for a save that is under way.

import { framed, hidden, isDraft, keep, newKey, opened, page, remembers, send, sendAtOnce, sentByButton, underWay } from "./outbox.js";

const LONGEST_WAIT = 3000;
const GIVEN_UP = 20_000; // a page that is still here then will not be left any more
const form = document.querySelector("form[data-answers]");
const action = form.getAttribute("action");
const carrying = Boolean(form.elements.carried); // this page came as the answer to a form: it has no address to load
const line = form.querySelector("[data-save-state]");
const touched = new Map(); // by question: of which change
let changes = 0;
let draft = null;
let timer = 0;
let running = null;
let waited = false;
let leaving = false;

function say(state) {
  if (line.dataset.state === state) return;
  line.dataset.state = state;
  line.textContent = line.dataset[state] ?? "";
}

function letter(names) {
  const key = draft && isDraft(draft.key) ? draft.key : newKey();
  const body = new URLSearchParams(new FormData(form));
  body.set("intent", "save");
  body.set("key", key);
  body.set("touched", names.join(","));
  return { key, kind: "save", to: action, at: Date.now(), by: page, body: body.toString(), changes };
}

function write() {
  draft = letter([...touched.keys()]);
  return draft;
}

function everything() {
  return Array.from(form.querySelectorAll("[data-question]"), (part) => part.dataset.question);
}

async function save() {
  say("saving");
  await send(write());
}

function run() {
  timer = 0;
  if (!touched.size || leaving) return;
  running ??= save().finally(() => {
    running = null;
    if (touched.size && !timer && line.dataset.state === "saved") schedule(0);
  });
}

function schedule(delay) {
  clearTimeout(timer);
  timer = setTimeout(run, delay);
}

// Until it is sent, a change waits where a crash leaves it; other tabs give this one a moment to send it itself.
function touch(event, delay) {
  const name = event.target.closest("[data-question]")?.dataset.question;
  if (!name) return;
  changes += 1;
  touched.set(name, changes);
  keep({ ...write(), due: Date.now() + delay + 3000 });
  schedule(delay);
}

function hear({ detail: { state, letter: told } }) {
  if (told.by !== page) {
    // Left over from an earlier page, and newer than what this one shows. A tab beside this one shows its own; and a page
    // that answers the press itself, with something to say, shows what was sent.
    const answers = document.querySelector("main .band[role]");
    if (state === "arrived" && told.to === action && told.at < opened && !touched.size && !answers) anew();
    return;
  }
  if (state === "arrived" || state === "elsewhere") {
    touched.forEach((change, name) => change <= told.changes && touched.delete(name));
    if (!touched.size) say("saved");
  } else {
    say(state === "refused" ? "failed" : "waiting");
  }
}

function anew() {
  if (!carrying) {
    location.reload();
    return;
  }
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "intent", value: "carry" }));
  form.submit();
}

// A newcomer in a frame, of whom nobody knows yet whether a cookie holds: the reply to a save brings what helps if not.
function unknown() {
  return framed && form.matches("[data-newcomer]") && !form.elements.carried;
}

function submit(event) {
  const { submitter } = event;
  if (leaving) {
    event.preventDefault();
    return;
  }
  clearTimeout(timer);
  if (!waited && (underWay() || (touched.size && unknown()))) {
    event.preventDefault();
    waited = true;
    const patience = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT));
    Promise.race([underWay() ?? save(), patience]).finally(() => form.requestSubmit(submitter));
    return;
  }
  waited = false;
  draft = letter(submitter?.value === "back" ? [...touched.keys()] : everything());
  sentByButton(draft);
  if (!navigator.onLine) {
    event.preventDefault();
    say("waiting");
    window.addEventListener("online", () => form.requestSubmit(submitter), { once: true });
    return;
  }
  // The same key: should the answer to this get lost, the letter is known for a copy.
  hidden(form, "key", draft.key);
  hidden(form, "touched", new URLSearchParams(draft.body).get("touched"));
  leaving = true;
  setTimeout(() => { leaving = false; }, GIVEN_UP);
}

document.addEventListener("outbox", hear);
// Where the browser keeps no cookies, the next page carries the reader's token, instead of asking once more.
if (!remembers()) hidden(form, "cookies", "none");
form.addEventListener("input", (event) => touch(event, event.target.matches("textarea, [type=text]") ? 1500 : 200));
form.addEventListener("change", (event) => touch(event, 200));
form.addEventListener("submit", submit);

// Typed and not yet saved, and the tab is being left.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && timer && !leaving) {
    clearTimeout(timer);
    timer = 0;
    sendAtOnce(write());
  }
});

// A page from the browser's memory carries a pass that was used: fetch it anew, with what was saved.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
