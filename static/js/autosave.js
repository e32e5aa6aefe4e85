// Saves what was touched in the background, so that leaving loses nothing. What has not surely arrived stays in this
// device's outbox and is sent again, ever more patiently. The buttons wait for a save that is under way.
//
// Without a form of answers, as on the review, only the outbox is looked through.

const OUTBOX = "toikake:";
const PASS_LIFETIME = 2 * 60 * 60 * 1000;
const LONGEST_WAIT = 3000;
const here = location.href.split("#")[0];
const form = document.querySelector("form[data-answers]");
const action = form?.getAttribute("action");
const line = form?.querySelector("[data-save-state]");
const touched = new Set();
let timer = 0;
let running = null;
let failures = 0;
let leaving = false;

function say(state) {
  line.dataset.state = state;
  line.textContent = line.dataset[state];
}

function newKey() {
  // crypto.randomUUID exists on secure origins only.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function letter() {
  const body = new URLSearchParams(new FormData(form));
  body.set("intent", "save");
  body.set("key", newKey());
  body.set("touched", [...touched].join(","));
  return body;
}

// `from` is the page whose button was pressed: wherever the answer to that button leads, it is named as referrer.
function keep(body, from = "") {
  try {
    localStorage.setItem(OUTBOX + action, JSON.stringify({ at: Date.now(), from, body: body.toString() }));
  } catch { /* no storage: the button still sends everything */ }
}

function drop(name) {
  try {
    localStorage.removeItem(name);
  } catch { /* no storage, nothing to remove */ }
}

function post(address, body) {
  return fetch(address, { method: "POST", body, keepalive: true, redirect: "error" });
}

async function save() {
  const sending = [...touched];
  const body = letter();
  touched.clear();
  say("saving");
  const answer = await post(action, body).catch(() => null);
  if (answer?.ok) {
    failures = 0;
    drop(OUTBOX + action);
    say("saved");
    return;
  }
  sending.forEach((name) => touched.add(name));
  await failed(answer, body);
}

async function failed(answer, body) {
  if (answer?.status === 409 && answer.headers.get("Content-Type")?.includes("json")) {
    form.elements.pass.value = (await answer.json()).pass;
    schedule(0);
  } else if (answer && answer.status < 500 && answer.status !== 429) {
    say("failed");
  } else {
    keep(body);
    say("waiting");
    failures += 1;
    schedule(Math.min(30_000, 1000 * 2 ** failures) * (0.5 + Math.random()));
  }
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

function touch(event, delay) {
  const name = event.target.closest("[data-question]")?.dataset.question;
  if (!name) return;
  touched.add(name);
  schedule(delay);
}

function submit(event) {
  const { submitter } = event;
  if (leaving) {
    event.preventDefault();
    return;
  }
  clearTimeout(timer);
  if (running) {
    event.preventDefault();
    const patience = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT));
    Promise.race([running, patience]).finally(() => {
      running = null;
      form.requestSubmit(submitter);
    });
    return;
  }
  keep(letter(), here);
  if (!navigator.onLine) {
    event.preventDefault();
    say("waiting");
    window.addEventListener("online", () => form.requestSubmit(submitter), { once: true });
    return;
  }
  leaving = true;
}

// Browsers that refuse cookies refuse storage with them; not all of them own up to the former.
function remembers() {
  try {
    return navigator.cookieEnabled && Boolean(localStorage);
  } catch {
    return false;
  }
}

// Where the browser keeps no cookies, the next page carries the reader's token, instead of asking once more.
function tellOfCookies() {
  if (remembers()) return;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "cookies";
  field.value = "none";
  form.append(field);
}

function attend() {
  tellOfCookies();
  form.addEventListener("input", (event) => touch(event, event.target.matches("textarea, [type=text]") ? 1500 : 200));
  form.addEventListener("change", (event) => touch(event, 200));
  form.addEventListener("submit", submit);

  // Typed and not yet saved, and the tab is being left.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) {
      clearTimeout(timer);
      run();
    }
  });
  window.addEventListener("online", () => touched.size && schedule(0));

  // A page from the browser's memory carries a pass that was used: fetch it anew, with what was saved.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? {};
  } catch {
    return {};
  }
}

// Left over from an earlier page. What a button sent has arrived if its answer led here; the rest is sent again, and
// its own key makes a second arrival harmless.
async function settle(name) {
  const { at = 0, from, body } = read(name);
  if (Date.now() - at > PASS_LIFETIME || (from && from === document.referrer)) {
    drop(name);
    return;
  }
  const address = name.slice(OUTBOX.length);
  const answer = await post(address, new URLSearchParams(body));
  if (answer.status >= 500 || answer.status === 429) return;
  drop(name);
  if (answer.ok && address === action) location.reload();
}

async function emptyOutbox() {
  for (const name of Object.keys(localStorage).filter((key) => key.startsWith(OUTBOX))) await settle(name);
}

if (form) attend();
emptyOutbox().catch(() => { /* no storage, or no network: there is a next time */ });
