// Hold the answers, and keep them in this browser under one name until they are cleared.

let answers = blank();
let canKeep = true;

function blank() {
  return { id: newId(), begun: false, language: firstLanguage(), role: null, step: 0, codes: {}, about: {}, open: {} };
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return "r" + [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function firstLanguage() {
  const wanted = (navigator.languages || []).map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find((language) => languages.includes(language)) || languages[0];
}

function words() {
  return content.words[answers.language];
}

function say(part, name, values = {}) {
  return fill(words().form[part][name], values);
}

function role() {
  return content.roles.find((one) => one.id === answers.role);
}

function asked() {
  return role() ? role().pages.flat() : [];
}

function keep() {
  if (!answers.begun) return;
  try {
    localStorage.setItem(content.key, JSON.stringify(answers));
  } catch {
    canKeep = false;
  }
}

function forget() {
  try {
    localStorage.removeItem(content.key);
  } catch {
    canKeep = false;
  }
  answers = { ...blank(), language: answers.language };
}

// Take over what an earlier visit left, as far as it still fits this form.
function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(content.key));
    if (kept && typeof kept === "object") answers = fitting(kept);
  } catch (error) {
    canKeep = error instanceof SyntaxError;
  }
}

function fitting(kept) {
  const own = (part) => Object.entries(Object(kept[part]));
  const choices = new Map(content.context.map((entry) => [entry.id, entry.options]));
  const fields = new Map(content.open.map((entry) => [entry.id, entry.most]));
  return {
    id: /^r[0-9a-f]{20}$/.test(kept.id) ? kept.id : newId(),
    begun: true,
    language: languages.includes(kept.language) ? kept.language : firstLanguage(),
    role: content.roles.some((one) => one.id === kept.role) ? kept.role : null,
    step: Number.isInteger(kept.step) && kept.step >= 0 ? kept.step : 0,
    codes: Object.fromEntries(own("codes").filter(([item, code]) => isAnswer(item, code))),
    about: Object.fromEntries(own("about").filter(([id, choice]) => (choices.get(id) || []).includes(choice))),
    open: Object.fromEntries(
      own("open")
        .filter(([id, text]) => fields.has(id) && typeof text === "string")
        .map(([id, text]) => [id, text.slice(0, fields.get(id))])
    ),
  };
}

function isAnswer(item, code) {
  const scale = Object.hasOwn(content.scale_of, item) && content.scales[content.scale_of[item]];
  return scale && (scale.values.includes(code) || (code === CANNOT_TELL && scale.cannot_tell));
}
