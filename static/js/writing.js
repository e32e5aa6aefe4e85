// A statement that is being written stays on this device until it was sent. It is looked through first, so it never
// leaves by itself; with it stays its key, under which the same words, sent again, are known for the same.

import { newKey } from "./outbox.js";

const PREFIX = "toikake-draft:";
const form = document.querySelector("form.writing");
const sent = document.querySelector("[data-sent]");

function keep(place, draft) {
  try {
    if (draft?.text) localStorage.setItem(PREFIX + place, JSON.stringify(draft));
    else localStorage.removeItem(PREFIX + place);
  } catch { /* no storage: the page itself still holds it */ }
}

function kept(place) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + place));
  } catch {
    return null;
  }
}

function attend() {
  const place = form.getAttribute("action");
  const { text } = form.elements;
  const key = Object.assign(document.createElement("input"), { type: "hidden", name: "key", value: newKey() });
  const draft = kept(place);
  form.append(key);
  if (draft?.key && (!text.value || text.value === draft.text)) {
    text.value = draft.text;
    key.value = draft.key;
  }
  form.addEventListener("input", () => {
    key.value = newKey();
    keep(place, { text: text.value, key: key.value });
  });
}

if (form) attend();
if (sent) keep(sent.dataset.sent, null);
