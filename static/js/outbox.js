// Everything that leaves for us is a letter: it has a key of its own before it leaves, and waits on this device until we
// said that it arrived. Sent again under its key it counts once. Letters go one after the other, the oldest first, by
// one tab at a time; what cannot be delivered is told in words and not tried for ever.
//
// Without storage a letter lives as long as its page. In a frame the storage is the frame's own, and the cookie may be
// dropped without a word: there the reply to a newcomer's first letter brings their token, which goes along from then on.

const PREFIX = "toikake:";
const TOKEN = "toikake-token"; // as in frame.js
const DRAFTS = "toikake-draft:"; // statements that are being written
const LONGEST = 6 * 24 * 60 * 60 * 1000; // the server knows a key for seven days; later, a second copy would count twice
const MOST = 60;
const REPLY_WITHIN = 20_000;
const SLOWEST = 60_000;
const KEEPALIVE = 60_000; // bytes: browsers refuse to send more while a page is being left
const REASONS = { 404: "gone", 409: "closed", 410: "gone", 413: "fault", 422: "fault" };

export const page = newKey();
export const opened = Date.now();
export const framed = parent !== self;

const memory = new Map(); // what no storage took
const own = new Map(); // by key: a letter of this page, how it carries it, and who waits for the reply
const tab = tabName();
let timer = 0;
let failures = 0;
let running = null;
let again = false;
let flying = null;

export function newKey() {
  // crypto.randomUUID exists on secure origins only.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// Browsers that refuse cookies refuse storage with them; not all of them own up to the former. What becomes of a cookie
// in a frame, none of them says.
export function remembers() {
  try {
    return !framed && navigator.cookieEnabled && Boolean(localStorage);
  } catch {
    return false;
  }
}

export function hidden(form, name, value) {
  const field = form.elements[name] ?? Object.assign(document.createElement("input"), { type: "hidden", name });
  field.value = value;
  form.append(field);
}

// For the next page, for the letters to come, and for what the forms of this page send themselves.
function learn(token) {
  if (!token || !framed) return;
  try {
    localStorage.setItem(TOKEN, token);
  } catch { /* no storage: the page itself still holds it */ }
  takeAlong(token);
}

function takeAlong(token) {
  for (const form of document.forms) if (form.elements.pass) hidden(form, "carried", token);
}

function signed(letter) {
  const body = new URLSearchParams(letter.body);
  const token = framed && !body.has("carried") && stored(TOKEN);
  if (token) body.set("carried", token);
  return { ...letter, body: body.toString() };
}

function tabName() {
  try {
    const name = sessionStorage.getItem(`${PREFIX}tab`) ?? newKey();
    sessionStorage.setItem(`${PREFIX}tab`, name);
    return name;
  } catch {
    return newKey();
  }
}

function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function read(name) {
  try {
    const letter = JSON.parse(stored(name));
    return letter?.to?.startsWith?.("/") && letter.key === name.slice(PREFIX.length) ? letter : null;
  } catch {
    return null;
  }
}

function names(prefix = PREFIX) {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
}

function letters() {
  const found = names().map((name) => [name, read(name)]);
  found.filter(([, letter]) => !letter).forEach(([name]) => localStorage.removeItem(name)); // broken, or not ours
  return [...found.map(([, letter]) => letter).filter(Boolean), ...memory.values()].sort((one, other) => one.at - other.at);
}

// What a page saves later holds what it saved before. `by`: that page.
export function keep(letter) {
  letter.tab ??= tab;
  const all = letters();
  const before = all.filter(({ kind, by, key, at }) => kind === letter.kind && kind === "save" && by === letter.by && key !== letter.key && at <= letter.at);
  before.forEach(({ key }) => finish(key, { state: "replaced" }));
  const refused = all.find((each) => each.refused);
  if (all.length >= MOST && refused) drop(refused.key);
  memory.delete(letter.key);
  try {
    if (all.length >= MOST && !refused) throw new RangeError();
    localStorage.setItem(PREFIX + letter.key, JSON.stringify(letter));
  } catch {
    memory.set(letter.key, letter);
  }
}

export function drop(key) {
  memory.delete(key);
  own.delete(key);
  try {
    localStorage.removeItem(PREFIX + key);
  } catch { /* no storage, nothing to remove */ }
}

function kept(key) {
  return memory.get(key) ?? read(PREFIX + key);
}

// Whether this letter may still be changed: nobody has sent it, in no tab.
export function isDraft(key) {
  const letter = kept(key);
  return Boolean(letter) && !letter.left;
}

function finish(key, reply) {
  const done = own.get(key)?.done;
  drop(key);
  done?.(reply);
}

// In the background: the status tells all, and a redirect is not followed, because no page is wanted.
async function quietly({ to, body }) {
  const keepalive = body.length < KEEPALIVE;
  const reply = await fetch(to, {
    method: "POST",
    body: new URLSearchParams(body),
    keepalive,
    redirect: "manual",
    signal: AbortSignal.timeout(REPLY_WITHIN),
  }).catch(() => null);
  return {
    status: reply?.type === "opaqueredirect" ? 303 : reply?.status ?? 0,
    pass: reply?.headers.get("X-Toikake-Pass"),
    wait: reply?.headers.get("Retry-After"),
    token: reply?.headers.get("X-Toikake-Token"),
  };
}

// A save is answered by its status; a redirect leads a save elsewhere, and everything else on its way.
function verdict(letter, { status, pass }) {
  if (status === 409 && pass) return "renewed";
  if (!status || status === 429 || status >= 500) return "waiting";
  const taken = letter.kind === "save" ? status === 200 : status < 400;
  return taken ? "arrived" : "refused";
}

function tell(state, letter, reply) {
  document.dispatchEvent(new CustomEvent("outbox", { detail: { state, letter, reply } }));
}

async function attempt(letter) {
  const mine = own.get(letter.key);
  keep(Object.assign(letter, { left: true }));
  flying = (mine?.carry ?? quietly)(signed(letter));
  const reply = await flying;
  flying = null;
  learn(reply.token);
  if (!kept(letter.key)) return { state: "replaced", reply }; // said anew, or delivered by another tab, meanwhile
  const state = mine?.carry && reply.status && reply.status < 500 && !reply.pass ? "arrived" : verdict(letter, reply);
  if (state === "renewed") {
    // Longer under way than a pass is good for: the same words, the same key, a fresh pass.
    const body = new URLSearchParams(letter.body);
    body.set("pass", reply.pass);
    Object.assign(letter, { body: body.toString(), renewals: (letter.renewals ?? 0) + 1 });
    keep(letter);
    return letter.renewals > 9 ? settle("refused", letter, reply) : attempt(letter);
  }
  return settle(state, letter, reply);
}

function settle(state, letter, reply) {
  if (state === "arrived") {
    letters().filter((each) => mends(letter, each)).forEach(({ key }) => drop(key));
    finish(letter.key, { state, ...reply });
  }
  if (state === "refused") refuse(letter, REASONS[reply.status] ?? "refused");
  tell(state, letter, reply);
  return { state, reply };
}

function touched({ body }) {
  return new URLSearchParams(body).get("touched")?.split(",") ?? [];
}

// What was refused for a fault is of the past once the same questions of the same page have been answered well.
function mends(letter, { refused, to, tab: sender, at, ...earlier }) {
  const again = touched(letter);
  return refused === "fault" && to === letter.to && sender === letter.tab && at < letter.at && touched(earlier).every((name) => again.includes(name));
}

function refuse(letter, refused) {
  const done = own.get(letter.key)?.done;
  own.delete(letter.key);
  keep({ ...letter, refused });
  showUndelivered();
  done?.({ state: "refused" });
}

// One that has never left can come as late as it likes.
function isOver({ at, left }) {
  return left && Date.now() - at > LONGEST;
}

function due(letter) {
  return !letter.refused && !(letter.due > Date.now());
}

async function round() {
  let wait = 0;
  for (const { key } of letters().filter(due)) {
    const letter = kept(key);
    if (!letter) continue; // said anew meanwhile
    if (isOver(letter)) {
      refuse(letter, "late");
      continue;
    }
    const { state, reply } = await attempt(letter);
    if (state !== "waiting") continue;
    wait = Math.max(Number(reply.wait) * 1000 || 0, Math.min(SLOWEST, 1000 * 2 ** failures) * (0.5 + Math.random()));
    if (reply.status !== 500) break; // nobody there: the others would fare no better
  }
  // Those behind a letter that did not get through wait as well.
  if (wait) for (const { letter } of own.values()) tell("waiting", letter);
  failures = wait ? failures + 1 : 0;
  const next = Math.min(...letters().filter((letter) => letter.due > Date.now()).map((letter) => letter.due - Date.now()));
  if (wait || next < Infinity) schedule(wait || next);
}

// One tab at a time, so that a newcomer's first letter brings the token that the next one is sent with.
async function inTurn() {
  let begun = false;
  const work = () => {
    begun = true;
    return round();
  };
  try {
    await navigator.locks.request("toikake-outbox", work);
  } catch {
    if (!begun) await work(); // no locks here: the keys alone keep everything from counting twice
  }
}

function schedule(delay) {
  clearTimeout(timer);
  timer = setTimeout(flush, delay);
}

export function flush() {
  clearTimeout(timer);
  again = Boolean(running);
  running ??= inTurn().finally(() => {
    running = null;
    if (again) flush();
  });
  return running;
}

// `carry`: how this page itself sends it, where it wants more of the reply than whether it arrived.
export function send(letter, carry) {
  return new Promise((done) => {
    own.set(letter.key, { letter, carry, done });
    keep(letter);
    flush();
  });
}

// What is on its way this very moment: whatever comes after it has to wait for it.
export function underWay() {
  return flying;
}

// The page is being left: nobody waits for a turn. A second copy is harmless.
export function sendAtOnce(letter) {
  keep(Object.assign(letter, { left: true }));
  quietly(signed(letter)).then((reply) => {
    learn(reply.token);
    if (verdict(letter, reply) === "arrived") settle("arrived", letter, reply);
  });
}

// What a button sends goes the browser's own way; whether it arrived shows on the page that its answer led to.
export function sentByButton(letter) {
  keep({ ...letter, from: location.href.split("#")[0], due: Date.now() + 2000 });
}

function arrivedHere({ from, tab: sender }) {
  return from && sender === tab && from === document.referrer && !document.querySelector("form[data-unsaved]");
}

function forget(place) {
  letters().filter(({ to }) => to.includes(place)).forEach(({ key }) => drop(key));
  names(DRAFTS).filter((name) => name.includes(place)).forEach((name) => localStorage.removeItem(name));
}

// A form that came back with something to mend holds what was typed: it need not be told beside it.
function standsHere({ refused, to, tab: sender }) {
  return refused === "fault" && sender === tab && to === document.querySelector("form[data-unsaved]")?.getAttribute("action");
}

async function showUndelivered() {
  const drawn = document.querySelector("template[data-undelivered]");
  const told = letters().filter((letter) => letter.refused && letter.by !== page && !standsHere(letter));
  if (!drawn || !(told.length || document.querySelector("[data-told]"))) return;
  const { tell: tellAll } = await import(drawn.dataset.undelivered);
  tellAll(drawn, told, drop);
}

function begin() {
  const erased = document.querySelector("[data-erased]")?.dataset.erased;
  if (erased) forget(erased);
  for (const letter of letters()) {
    if (arrivedHere(letter)) drop(letter.key);
    else if (letter.tab === tab && letter.due) keep({ ...letter, due: 0 });
  }
  showUndelivered();
  if (letters().some((letter) => !letter.refused)) flush();
}

window.addEventListener("online", () => {
  failures = 0;
  flush();
});
window.addEventListener("storage", ({ key: name, newValue }) => {
  if (name === TOKEN && newValue && framed) takeAlong(newValue);
  for (const [key, { letter }] of own) {
    if (kept(key)) continue;
    finish(key, { state: "elsewhere" });
    tell("elsewhere", letter);
  }
});
begin();
