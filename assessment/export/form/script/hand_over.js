// Draw the last step: what was answered, the file, and what to do with it.

function drawHandOver() {
  const items = asked();
  const blanks = items.filter((item) => !(item in answers.codes));
  const cannotTell = items.filter((item) => answers.codes[item] === CANNOT_TELL);
  const count = (name, n) => el("div", {}, el("dt", {}, say("hand_over", name)), el("dd", {}, String(n)));
  const told = el("p", { class: "told", role: "status" });
  const file = answerFile();
  return [
    heading(say("hand_over", "title")),
    el(
      "dl",
      { class: "counts" },
      count("answered", items.length - blanks.length - cannotTell.length),
      count("cannot_tell", cannotTell.length),
      count("blank", blanks.length)
    ),
    blanks.length > 0 &&
      el(
        "p",
        { class: "blanks" },
        say("hand_over", "blank_note") + " ",
        button(say("hand_over", "first_blank"), () => goToItem(blanks[0]), "link")
      ),
    el("p", { class: "lead" }, say("hand_over", "explain")),
    el(
      "p",
      { class: "go" },
      button(say("hand_over", "save"), () => save(file, told), "main"),
      canShare(file) && button(say("hand_over", "share"), () => share(file, told))
    ),
    told,
    el("details", {}, el("summary", {}, say("hand_over", "holds")), el("p", { class: "note" }, say("hand_over", "codes")), rowTable()),
    el("p", { class: "after" }, say("hand_over", "afterwards")),
    el("p", { class: "go" }, button(say("hand_over", "next_person"), confirmClear)),
  ];
}

function rowTable() {
  const rows = answerRow().map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value || "–")));
  return el("dl", { class: "row" }, rows);
}

function save(file, told) {
  const address = URL.createObjectURL(file);
  el("a", { href: address, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  told.textContent = say("hand_over", "saved", { file: file.name });
}

function canShare(file) {
  return Boolean(navigator.canShare && navigator.canShare({ files: [file] }));
}

async function share(file, told) {
  try {
    await navigator.share({ files: [file] });
    told.textContent = say("hand_over", "shared");
  } catch (error) {
    told.textContent = error.name === "AbortError" ? "" : say("hand_over", "not_shared");
  }
}
