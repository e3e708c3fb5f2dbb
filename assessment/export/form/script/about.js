// Draw what stands around the statements: the start, the role, the words, the last page.

function drawStart() {
  const values = { organisation: content.organisation, k: content.k, floor: content.floor };
  const openRole = content.roles.find((one) => one.open);
  const group = openRole && say("start", "open_group", { ...values, role: words().roles[openRole.id] });
  const points = [
    say("start", "stays"),
    say("start", "file", values),
    content.comments && say("start", "comments"),
    say("start", content.raised ? "rule_raised" : "rule", values),
    group,
    say("start", "free"),
  ];
  return [
    heading(words().title),
    el("div", { class: "lead" }, paragraphs(words().intro)),
    content.minutes && el("p", { class: "minutes" }, say("start", "minutes", { minutes: content.minutes })),
    answers.begun && resumeChoice(),
    el("h2", {}, say("start", "who")),
    el("ul", { class: "points" }, points.filter(Boolean).map((point) => el("li", {}, point))),
    el("h2", {}, say("start", "kept_title")),
    paragraphs(canKeep ? say("start", "kept") : say("clear", "not_kept")),
    !answers.begun && el("p", { class: "go" }, button(say("start", "start"), begin, "main")),
  ];
}

function resumeChoice() {
  return el(
    "div",
    { class: "found" },
    paragraphs(say("start", "found")),
    el(
      "p",
      { class: "go" },
      button(say("start", "resume"), () => goTo(answers.step), "main"),
      button(say("start", "afresh"), confirmClear)
    )
  );
}

function drawRole() {
  const choices = content.roles.map(({ id, open }) => {
    const example = words().role_examples[id];
    const group = open && say("start", "open_group", { role: words().roles[id], floor: content.floor });
    const more = (example || group) && el("span", { class: "more", id: `role-${id}` }, [example, group].filter(Boolean).map((text) => el("span", {}, text)));
    return radio("role", id, words().roles[id], answers.role === id, more);
  });
  const ask = words().role_ask || say("ask", "about");
  return [
    heading(ask),
    el("p", { id: "role-note" }, say("ask", "role_note")),
    el("p", { id: "role-error", class: "error", role: "alert", hidden: true }, say("ask", "role_missing")),
    question(
      el("span", { class: "unseen" }, ask),
      el("div", { class: "list" }, choices),
      { describedBy: "role-note", isRequired: true },
      chooseRole
    ),
  ];
}

function chooseRole(id) {
  answers.role = id;
  document.getElementById("role-error").hidden = true;
  keep();
}

function roleMissing() {
  if (answers.role !== null) return false;
  const error = document.getElementById("role-error");
  error.hidden = false;
  const set = page.querySelector("fieldset");
  set.setAttribute("aria-describedby", "role-error role-note");
  set.querySelector("input").focus();
  return true;
}

function drawWords() {
  return [heading(say("ask", "definitions")), definitions()];
}

function drawLast() {
  const criterion = role().criterion;
  const stem = criterion.length && words().scales[content.scale_of[criterion[0]]].stem;
  return [
    heading(say("ask", "last")),
    el("p", {}, say("ask", "last_note")),
    criterion.length > 0 &&
      el(
        "section",
        { class: "block" },
        el("h2", {}, say("ask", "criterion")),
        stem && el("p", { class: "stem", id: "stem-last" }, stem),
        criterion.map((item) => statement(item, stem && "stem-last"))
      ),
    content.open.length > 0 &&
      el("section", { class: "block" }, el("h2", {}, say("ask", "open")), content.open.map(openField)),
    content.context.length > 0 &&
      el(
        "section",
        { class: "block" },
        el("h2", {}, say("ask", "about")),
        el("p", { id: "about-note" }, say("ask", "about_note")),
        content.context.map(aboutQuestion)
      ),
  ];
}

function aboutQuestion({ id, own_words, options }) {
  const texts = words().context[id];
  const label = (option) => (own_words ? option : texts.options[option]);
  const choices = options.map((option) => radio(id, option, label(option), answers.about[id] === option));
  return question(
    texts.ask,
    el("div", { class: "list" }, choices),
    { describedBy: "about-note", isAnswered: id in answers.about },
    (value) => put(answers.about, id, value)
  );
}

function openField({ id, most }) {
  const { ask, warning } = words().open[id];
  const oninput = (event) => put(answers.open, id, event.target.value || null);
  const field = el("textarea", { id, rows: 4, maxlength: most, "aria-describedby": `${id}-note`, oninput });
  field.value = answers.open[id] ?? "";
  const note = [warning, say("ask", "characters", { most })].filter(Boolean).join(" ");
  return el("div", { class: "item" }, el("label", { class: "ask", for: id }, ask), el("p", { class: "note", id: `${id}-note` }, note), field);
}
