// Run an exported form in the form library: node surveyjs.js FORM ANSWERS; writes what the library says and stores.
const fs = require("fs");
const { Model } = require("survey-core");

const [form, people] = process.argv.slice(2).map((path) => JSON.parse(fs.readFileSync(path, "utf8")));
const first = new Model(form);
const said = { errors: first.jsonErrors || [], locale: first.locale, texts: {}, shown: {}, results: [] };

for (const locale of ["en", "sv", "da", "nl", "de", "pl"]) {
  const model = new Model(form);
  model.locale = locale;
  const rows = model.getAllQuestions().flatMap((question) => (question.getType() === "matrix" ? question.rows : []));
  said.texts[locale] = Object.fromEntries(rows.map((row) => [row.value, row.text]));
}

for (const person of people) {
  const model = new Model(form);
  for (const [name, value] of Object.entries(person)) {
    model.setValue(name, value);
  }
  const matrices = model.getAllQuestions().filter((question) => question.getType() === "matrix");
  const shown = matrices.filter((one) => one.isVisible).flatMap((one) => one.visibleRows.map((row) => row.name));
  said.shown[person.CTX1] = shown;
  model.doComplete();
  said.results.push({ state: model.state, data: model.data });
}
process.stdout.write(JSON.stringify(said));
