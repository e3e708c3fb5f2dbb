// Draw statements with their scale: native radio buttons, and "cannot tell" set apart from the steps.

function statement(item, describedBy) {
  const scale = words().scales[content.scale_of[item]];
  const shape = content.scales[content.scale_of[item]];
  const choice = (code, label) => radio(item, code, label, answers.codes[item] === code);
  const steps = shape.values.map((code) => choice(code, scale.answers[code]));
  const apart = shape.cannot_tell && el("div", { class: "apart" }, choice(CANNOT_TELL, scale.cannot_tell));
  return question(
    words().items[item],
    el("div", { class: "scale" }, el("div", { class: "steps" }, steps), apart),
    { describedBy, isAnswered: item in answers.codes },
    (value) => put(answers.codes, item, value === null ? null : Number(value))
  );
}

function put(part, id, value) {
  if (value === null) delete part[id];
  else part[id] = value;
  keep();
}

// One set of radio buttons with its legend, and a button that takes the answer back: radio buttons alone never can.
function question(legend, choices, { describedBy = null, isAnswered, isRequired = false }, onanswer) {
  const takeBack = !isRequired && button(say("ask", "take_back"), clear, "back");
  const set = el(
    "fieldset",
    { class: "item", "aria-describedby": describedBy, onchange: choose },
    el("legend", {}, legend),
    choices,
    takeBack
  );
  if (takeBack) {
    takeBack.append(el("span", { class: "unseen" }, `: ${legend}`));
    show(isAnswered);
  }
  // Its place stays free while it is hidden, so that answering moves nothing.
  function show(isShown) {
    takeBack.classList.toggle("gone", !isShown);
  }
  function choose(event) {
    if (takeBack) show(true);
    onanswer(event.target.value);
  }
  function clear() {
    const radios = [...set.querySelectorAll("input")];
    for (const one of radios) one.checked = false;
    show(false);
    onanswer(null);
    radios[0].focus();
  }
  return set;
}

function radio(name, value, label, isChosen, more = null) {
  const input = el("input", { type: "radio", name, value, "aria-describedby": more && more.id });
  input.checked = isChosen;
  return el("label", { class: "choice" }, input, el("span", { class: "label" }, el("span", {}, label), more));
}

function drawStatements(items, first) {
  const of = asked().length;
  const last = first + items.length - 1;
  const name = first === last ? "statement" : "statements";
  const scales = [...new Set(items.map((item) => content.scale_of[item]))];
  return [
    heading(say("ask", name, { from: first, to: last, of })),
    scales.map((scale) => {
      const stem = words().scales[scale].stem;
      return el(
        "section",
        { class: "block" },
        stem && el("h2", { class: "stem", id: `stem-${scale}` }, stem),
        items.filter((item) => content.scale_of[item] === scale).map((item) => statement(item, stem && `stem-${scale}`))
      );
    }),
    el("details", { class: "meaning" }, el("summary", {}, say("ask", "definitions_again")), definitions()),
  ];
}

function definitions() {
  return el(
    "dl",
    { class: "terms" },
    words().definitions.map((entry) => el("div", {}, el("dt", {}, entry.term), el("dd", {}, entry.text)))
  );
}
