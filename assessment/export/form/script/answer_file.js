// Write the answers as a table with one heading row and one row, in codes.

const CANNOT_TELL = -1;
const NOT_ASKED = -3;

const SOURCES = {
  respondent: () => answers.id,
  wave: () => guarded(content.wave),
  language: () => answers.language,
  role: () => answers.role,
  about: (id) => guarded(answers.about[id] ?? ""),
  open: (id) => guarded((answers.open[id] ?? "").replace(/\s+/g, " ").trim()),
  item: (id) => (isAsked(id) ? String(answers.codes[id] ?? "") : String(NOT_ASKED)),
  unasked: () => String(NOT_ASKED),
};

function isAsked(id) {
  return asked().includes(id) || role().criterion.includes(id);
}

// A cell that a spreadsheet would take for a formula gets the mark that the importer takes off again.
function guarded(text) {
  return /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
}

function quoted(cell) {
  return /[",;|\t\r\n]/.test(cell) ? '"' + cell.replaceAll('"', '""') + '"' : cell;
}

function answerRow() {
  return content.columns.map((column) => [column.name, SOURCES[column.from](column.id)]);
}

function answerFile() {
  const row = answerRow();
  const lines = [row.map(([name]) => quoted(name)), row.map(([, value]) => quoted(value))];
  const text = lines.map((cells) => cells.join(",") + "\r\n").join("");
  return new File([text], `${content.file}-${answers.id.slice(1, 9)}.csv`, { type: "text/csv" });
}
