// One reader, one question, start to end: become a participant, read the instrument, put an answer, look at the results.

const API = "/api/v1";
const form = document.querySelector("form");
const status = document.querySelector("[role=status]");
const log = document.querySelector("pre");

// Whatever cannot be known to have arrived is sent again under the same key; 429 and 503 say how long to wait.
async function call(method, path, { body, headers = {} } = {}) {
  const all = body ? { "Content-Type": "application/json", ...headers } : headers;
  for (let failures = 0; ; failures += 1) {
    const reply = await fetch(API + path, { method, headers: all, body: body && JSON.stringify(body) }).catch(() => null);
    const said = reply?.status === 204 ? null : await reply?.json().catch(() => null);
    log.textContent += `${method} ${path} → ${reply?.status ?? "no reply"}\n`;
    if (reply?.ok) return said;
    const again = !reply || reply.status === 429 || reply.status >= 500;
    if (!again || failures === 5) throw new Error(said?.error?.message ?? "Nobody answered.");
    const wait = Number(reply?.headers.get("Retry-After")) || 2 ** failures;
    await new Promise((resolve) => setTimeout(resolve, wait * 1000 * (0.5 + Math.random())));
  }
}

function show(question, language) {
  form.querySelector("legend").textContent = question.stem[language];
  form.querySelector("div").replaceChildren(
    ...question.options.map(({ code, label }) => {
      const choice = Object.assign(document.createElement("input"), { type: "radio", name: "answer", value: code, required: true });
      const line = document.createElement("label");
      line.append(choice, ` ${label[language]}`);
      return line;
    }),
  );
  form.querySelector("fieldset").disabled = form.querySelector("button").disabled = false;
}

async function begin() {
  const { token } = await call("POST", "/participants", { body: {} });
  const { inquiries: [{ slug }] } = await call("GET", "/inquiries");
  const instrument = await call("GET", `/inquiries/${slug}`);
  const language = instrument.languages.includes("en") ? "en" : instrument.languages[0];
  const question = instrument.questions.find(({ kind }) => kind.startsWith("single"));
  show(question, language);
  document.querySelector("small").textContent = instrument.consent.paragraphs.map((each) => each[language]).join(" ");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = {
      version: instrument.version,
      language,
      complete: false,
      consent: instrument.consent.version, // of the text that stands beside the answer
      answers: { [question.id]: Number(new FormData(form).get("answer")) },
    };
    const headers = { "X-Toikake-Token": token, "Idempotency-Key": crypto.randomUUID() };
    const kept = await call("PUT", `/inquiries/${slug}/response`, { body, headers });
    const results = await call("GET", `/inquiries/${slug}/results`);
    status.textContent = `Kept, revision ${kept.revision}. Receipt: ${kept.receipt ?? "given before"}. Answers counted so far: ${results.n ?? "too few to show"}.`;
  });
}

begin().catch((error) => { status.textContent = error.message; });
