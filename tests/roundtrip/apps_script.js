// Run an exported Apps Script with a stand-in for FormApp that records calls: node apps_script.js SCRIPT.
const fs = require("fs");
const vm = require("vm");

const calls = [];
const KNOWN = {
  PageBreak: ["setTitle", "setHelpText"],
  SectionHeader: ["setTitle", "setHelpText"],
  Grid: ["setTitle", "setHelpText", "setRows", "setColumns", "setRequired"],
  MultipleChoice: ["setTitle", "setHelpText", "setChoiceValues", "setRequired"],
  ParagraphText: ["setTitle", "setHelpText", "setRequired"],
};

function item(kind) {
  const record = { kind };
  calls.push(record);
  const made = {};
  for (const name of KNOWN[kind]) {
    made[name] = (value) => {
      record[name] = value;
      return made;
    };
  }
  return made;
}

const form = { setDescription: (text) => { calls.push({ kind: "description", text }); return form; }, getEditUrl: () => "address" };
for (const kind of Object.keys(KNOWN)) {
  form[`add${kind}Item`] = () => item(kind);
}
const FormApp = { create: (title) => { calls.push({ kind: "form", title }); return form; } };
const sandbox = { FormApp, Logger: { log: () => {} } };
vm.runInNewContext(fs.readFileSync(process.argv[2], "utf8") + "\ncreateSurvey();", sandbox, { timeout: 5000 });
process.stdout.write(JSON.stringify(calls));
