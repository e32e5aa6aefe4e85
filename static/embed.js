/* Toikake inside an article: <script async src="…/embed.js" data-inquiry="address"></script>
   Puts one frame after itself and gives it the height of its content. No cookie, nothing kept, nothing asked of the
   page but its language and whether it is dark. This file's address never changes. */
(() => {
  "use strict";
  // About as tall as a first question is at that width, so that the article does not jump when the frame knows better.
  const ROOM = [[340, 1480], [420, 1440], [560, 1310], [Infinity, 1110]];
  const TITLES = { ja: "読者への問いかけ", en: "A question to readers" };
  const frames = [];

  function place(script) {
    script.toikake = true;
    const { inquiry, lang, theme = "auto", height } = script.dataset;
    if (!/^[-\w]+$/.test(inquiry || "")) return;
    const site = new URL(script.src).origin;
    const told = (lang || document.documentElement.lang || "").slice(0, 2);
    const language = TITLES[told] ? told : "";
    const frame = document.createElement("iframe");
    frame.title = TITLES[language || "ja"];
    frame.loading = "lazy";
    frame.height = +height || ROOM.find(([width]) => script.parentElement.clientWidth < width)[1];
    frame.allow = `clipboard-write${navigator.share ? "; web-share" : ""}`; // to copy a receipt code, to pass the question on
    Object.assign(frame.style, { display: "block", width: "100%", maxWidth: "100%", border: "0", colorScheme: "light dark" });
    frame.src = `${site}/embed/${inquiry}/${language && `?lang=${language}`}`;
    script.after(frame);
    frames.push({ frame, site, theme });
  }

  // What lies behind the frame decides, whatever the device prefers: a dark frame in a light article is a hole.
  function shade({ frame, theme }) {
    if (theme === "light" || theme === "dark") return theme;
    for (let box = frame.parentElement; box; box = box.parentElement) {
      const [red, green, blue, alpha = 1] = (getComputedStyle(box).backgroundColor.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
      if (alpha > 0.5) return 0.3 * red + 0.59 * green + 0.11 * blue < 110 ? "dark" : "light";
    }
    const scheme = getComputedStyle(document.documentElement).colorScheme;
    return /dark/.test(scheme) && (!/light/.test(scheme) || matchMedia("(prefers-color-scheme: dark)").matches) ? "dark" : "light";
  }

  function dress(one) {
    const theme = shade(one);
    one.frame.style.colorScheme = theme;
    one.frame.contentWindow?.postMessage({ toikake: 1, theme }, one.site);
  }

  addEventListener("message", ({ origin, source, data }) => {
    const one = frames.find(({ frame }) => frame.contentWindow === source);
    if (!one || origin !== one.site || data?.toikake !== 1 || !Number.isInteger(data.height)) return;
    one.frame.height = Math.min(4000, Math.max(80, data.height));
    dress(one);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => frames.forEach(dress));

  const own = document.currentScript;
  for (const script of own?.dataset.inquiry ? [own] : document.querySelectorAll("script[src$='/embed.js'][data-inquiry]")) {
    if (!script.toikake) place(script);
  }
})();
