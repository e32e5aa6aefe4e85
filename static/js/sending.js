// What a button sends (data-once) waits in the outbox until the page after it shows that it arrived. Without a connection
// the button waits for one.

import { hidden, newKey, page, remembers, sentByButton } from "./outbox.js";

function submit(event) {
  const { target: form, submitter } = event;
  if (!form.matches("form[data-once]") || !submitter?.name || event.defaultPrevented) return;
  hidden(form, "key", form.elements.key?.value || newKey());
  if (!remembers()) hidden(form, "cookies", "none");
  const body = new URLSearchParams(new FormData(form, submitter));
  sentByButton({ key: body.get("key"), kind: "form", to: form.getAttribute("action"), at: Date.now(), by: page, body: body.toString() });
  if (navigator.onLine) return;
  event.preventDefault();
  const line = form.querySelector("[role=status]");
  line.textContent = line.dataset.waiting;
  window.addEventListener("online", () => form.requestSubmit(submitter), { once: true });
}

document.addEventListener("submit", submit);
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
