// Go from page to page, change the language at any moment, clear on request.

let shown = -1; // -1 is the start

function steps() {
  const blocks = role() ? role().pages : [];
  const hasLast = role() && (role().criterion.length || content.context.length || content.open.length);
  let n = 1;
  return [
    { draw: drawRole },
    words().definitions.length && { draw: drawWords },
    ...blocks.map((items) => {
      const first = n;
      n += items.length;
      return { draw: () => drawStatements(items, first), items };
    }),
    hasLast && { draw: drawLast },
    { draw: drawHandOver },
  ].filter(Boolean);
}

function heading(text) {
  return el("h1", { tabindex: "-1" }, text);
}

function begin() {
  answers.begun = true;
  goTo(0);
}

function goTo(step, { remember = true } = {}) {
  const last = role() ? steps().length - 1 : 0;
  shown = Math.min(step, last);
  if (shown >= 0) answers.step = shown;
  keep();
  if (remember) note("pushState");
  draw();
  window.scrollTo(0, 0);
  page.querySelector("h1").focus({ preventScroll: true });
}

// The browser's own back button turns pages too, where the browser lets a page from a file have a history.
function note(way) {
  try {
    history[way]({ step: shown }, "");
  } catch {
    // Then only the form's own buttons turn pages.
  }
}

function goToItem(item) {
  goTo(steps().findIndex(({ items }) => items && items.includes(item)));
  const input = page.querySelector(`input[name="${CSS.escape(item)}"]`);
  input.focus();
  input.closest("fieldset").scrollIntoView();
}

function draw() {
  const all = steps();
  document.documentElement.lang = answers.language;
  const drawn = shown < 0 ? drawStart() : [progress(all.length), asForm(all[shown].draw(), all.length)];
  page.replaceChildren(...drawn.flat(Infinity).filter(Boolean));
  drawHead();
  drawFoot();
  document.title = `${page.querySelector("h1").textContent} – ${words().title}`;
}

// The role decides how many pages there are, so counting begins behind it.
function progress(n) {
  if (shown === 0) return null;
  const label = say("ask", "progress", { page: shown, pages: n - 1 });
  const bar = el("progress", { max: n - 1, value: shown, "aria-labelledby": "progress" });
  return el("div", { class: "progress" }, el("p", { id: "progress" }, label), bar);
}

function asForm(parts, n) {
  const isLast = shown === n - 1 && role();
  const back = button(say("ask", "back"), () => goTo(shown - 1));
  const next = !isLast && el("button", { type: "submit", class: "main" }, say("ask", "next"));
  return el("form", { novalidate: true, autocomplete: "off", onsubmit }, parts, el("div", { class: "turn" }, back, next));
}

function onsubmit(event) {
  event.preventDefault();
  const isLast = shown === steps().length - 1 && role();
  if (!isLast && !roleMissing()) goTo(shown + 1);
}

function drawHead() {
  const who = el("p", { class: "who" }, el("strong", {}, words().title), `${content.organisation} · ${content.wave}`);
  const options = languages.map((language) => {
    const option = el("option", { value: language, lang: language }, content.words[language].form.name);
    option.selected = language === answers.language;
    return option;
  });
  const onchange = (event) => changeLanguage(event.target.value);
  const label = el("label", { for: "language" }, words().form.choose);
  const choice = el("p", { class: "language" }, label, el("select", { id: "language", onchange }, options));
  head.replaceChildren(...[who, languages.length > 1 && choice].filter(Boolean));
}

function drawFoot() {
  const note = canKeep ? say("clear", "note") : say("clear", "not_kept");
  foot.replaceChildren(...(answers.begun ? [el("p", {}, note), button(say("clear", "button"), confirmClear, "quiet")] : []));
}

function changeLanguage(language) {
  const place = window.scrollY;
  answers.language = language;
  keep();
  draw();
  window.scrollTo(0, place);
  document.getElementById("language").focus({ preventScroll: true });
}

function confirmClear() {
  const close = () => dialog.close();
  const agree = () => {
    close();
    clearAll();
  };
  dialog.replaceChildren(
    el("h2", { id: "ask-title" }, say("clear", "title")),
    el("p", { id: "ask-text" }, say("clear", "text")),
    el("div", { class: "turn" }, button(say("clear", "no"), close), button(say("clear", "yes"), agree, "main"))
  );
  dialog.showModal();
}

function clearAll() {
  forget();
  goTo(-1);
  const told = el("p", { class: "told", role: "status" });
  page.prepend(told);
  setTimeout(() => (told.textContent = say("clear", "done")), 100); // a status is read out when it changes
}

window.addEventListener("popstate", (event) => {
  const step = event.state && Number.isInteger(event.state.step) ? event.state.step : -1;
  goTo(answers.begun ? step : -1, { remember: false });
});
window.addEventListener("beforeunload", (event) => {
  if (answers.begun && !canKeep) event.preventDefault();
});

recall();
note("replaceState");
draw();
