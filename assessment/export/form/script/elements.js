// Build elements from plain text; nothing is ever read as markup.

const content = JSON.parse(document.getElementById("content").textContent);
const languages = Object.keys(content.words);
const head = document.getElementById("head");
const page = document.getElementById("page");
const foot = document.getElementById("foot");
const dialog = document.getElementById("ask");

function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function button(label, onclick, kind = "") {
  return el("button", { type: "button", class: kind, onclick }, label);
}

function paragraphs(...texts) {
  return texts.filter(Boolean).map((text) => el("p", {}, text));
}

// Put values into a sentence in one pass, so that a brace inside a value stays what it is.
function fill(sentence, values) {
  return sentence.replace(/\{([a-z]+)\}/g, (hole, name) => (name in values ? String(values[name]) : hole));
}
