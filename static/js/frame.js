// The page inside an article: tells the host how tall it is and nothing else, follows the host's light or dark, and
// keeps the reader's token where the browser keeps no cookie for a frame.
//
// No module: a frame that is shut off as of no origin may not load those.

(() => {
  const NAME = "toikake-token", ASKED = "toikake-token-asked";
  const THEMES = ["light", "dark"];
  const LEAST = 80, MOST = 4000;
  const host = parent === self ? null : hostOrigin();
  let told = 0;

  // Only sites that the publication named can frame this page (its headers see to that), so whoever does may know.
  function hostOrigin() {
    const here = location.ancestorOrigins?.[0];
    if (here) return here;
    try {
      const came = document.referrer && new URL(document.referrer).origin;
      if (came && came !== location.origin) sessionStorage.setItem(NAME + "-host", came);
      return sessionStorage.getItem(NAME + "-host");
    } catch {
      return null;
    }
  }

  function tell() {
    const height = Math.min(MOST, Math.max(LEAST, Math.ceil(document.body.getBoundingClientRect().height)));
    if (height === told || !host) return;
    told = height;
    parent.postMessage({ toikake: 1, height }, host);
  }

  function dress(theme) {
    if (THEMES.includes(theme)) document.documentElement.dataset.theme = theme;
  }

  function storage() {
    try {
      return window.origin === "null" ? null : localStorage;
    } catch {
      return null;
    }
  }

  // What could not be kept is not asked for: the question stays to be read, and the way to its own page is shown.
  function shut() {
    document.querySelector("[data-shut]").hidden = false;
    for (const form of document.forms) form.inert = true;
  }

  // A page that carries a token hands it to the storage; a page that knows nobody is asked for once more with the token
  // from there. Once: where it still knows nobody, as before a first answer, its forms take the token along.
  function recover(kept) {
    const asked = sessionStorage.getItem(ASKED), carried = document.querySelector("[name=carried]");
    sessionStorage.removeItem(ASKED);
    if (carried) {
      kept.setItem(NAME, carried.value);
      return;
    }
    const token = kept.getItem(NAME), form = document.querySelector("form[data-newcomer]");
    if (!token || !form) return;
    for (const each of document.forms) if (each.method === "post") each.append(hidden("carried", token));
    if (asked) return;
    sessionStorage.setItem(ASKED, "1");
    if (form.dataset.newcomer) form.action = location.href; // the page's own address brings it, the form's another
    form.append(hidden("intent", "carry"));
    form.submit();
  }

  function hidden(name, value) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    return field;
  }

  addEventListener("message", ({ origin, source, data }) => {
    if (source === parent && origin === host && data?.toikake === 1) dress(data.theme);
  });
  new ResizeObserver(tell).observe(document.body);
  tell();

  const kept = parent === self ? null : storage();
  if (kept) recover(kept);
  else if (parent !== self) shut();
})();
