/* The translators' editor: its texts, and saving them. The other translation-editor-*.js listen to what it tells.

   Without this script the texts are one form, which its buttons send. With it each text is saved by itself, refused
   ones are said beside the text, and a conflict shows both texts. Events on the root, each with {row}: "te:input" (a
   text was typed), "te:focus" (another text has the focus), "te:shown" (a text was shown as the server has it). And,
   with what they are about: "te:loaded" (a place was filled anew), "te:said" (a comment has arrived). */

const root = document.querySelector("[data-te-root]");
const settings = JSON.parse(document.getElementById("translation-editor-settings").textContent);
const words = settings.words;

/** One text: what is in the field, and what the server was last known to have (`seen` as kept, `saved` as typed). */
class Row {
  constructor(element) {
    this.element = element;
    this.pk = Number(element.dataset.pk);
    this.text = element.querySelector("[data-te-text]");
    this.seenField = element.querySelector("[data-te-seen]");
    this.message = element.querySelector("[data-te-message]");
    this.saveButton = element.querySelector("[data-te-save]");
    // A text that the server could not save is shown again as it was typed: then the two differ from the start.
    this.saved = this.message.textContent.trim() ? null : this.text.value;
    this.means = { means: "typed", detail: "" };
    this.saving = null;
  }

  get seen() {
    return this.seenField.value;
  }

  get dirty() {
    return this.text.value !== this.saved;
  }

  get locked() {
    return this.text.readOnly;
  }

  get flags() {
    return this.element.dataset.flags.split(" ");
  }

  /** Put a text into the field, as if typed. `means` says where it came from. */
  put(text, means = "typed", detail = "") {
    if (this.locked) return;
    replace(this.text, 0, this.text.value.length, text);
    this.means = { means, detail };
    this.typed();
  }

  typed() {
    grow(this.text);
    look(this);
    mark(this);
    tell("te:input", this);
  }

  say(...nodes) {
    this.message.replaceChildren(...nodes);
  }

  /** Show what the server has: `answer` is a text as `shown_row` in views/editor_texts.py gives it. */
  show(answer, { keepText = false } = {}) {
    this.seenField.value = answer.seen;
    this.saved = answer.typed;
    if (!keepText) this.text.value = answer.typed;
    this.element.dataset.flags = answer.flags;
    this.element.querySelector("[data-te-status]").innerHTML = answer.status;
    if (!keepText) this.element.querySelector("[data-te-problems]").innerHTML = answer.problems;
    grow(this.text);
    look(this);
    mark(this);
    tell("te:shown", this);
  }
}

const rows = [...root.querySelectorAll("[data-te-row]")].map((element) => new Row(element));
const rowOf = (node) => rows.find((row) => row.element === node.closest?.("[data-te-row]"));

function tell(name, row, rest = {}) {
  root.dispatchEvent(new CustomEvent(name, { detail: { row, ...rest } }));
}

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function notice(kind, ...children) {
  return make("p", { className: `te-notice te-notice--${kind}`, role: kind === "error" ? "alert" : "status" }, ...children);
}

function button(label, act) {
  return make("button", { type: "button", className: "button button-small button-secondary", textContent: label, onclick: act });
}

function announce(text) {
  const live = root.querySelector("[data-te-live]");
  live.textContent = "";
  setTimeout(() => (live.textContent = text), 50);
}

function fill(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
}

/* Saying it to the server. A login that ended, or began anew elsewhere, makes the token void: one more try. */

let token = document.querySelector("#te-form [name=csrfmiddlewaretoken]").value;

async function request(url, values = null, again = true) {
  const headers = { "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": token };
  const body = values && new URLSearchParams(values);
  const response = await fetch(url, { method: values ? "POST" : "GET", headers, body });
  if (response.status !== 403 || !again) return response;
  return (await renew()) ? request(url, values, false) : { status: 401, ok: false };
}

/** Take a new token; say whether there is one, or the login has ended. */
async function renew() {
  const renewed = await fetch(settings.token);
  const login = new URL(settings.login, location.href).pathname;
  if (renewed.redirected && new URL(renewed.url).pathname === login) return false;
  if (!renewed.ok || renewed.redirected) return true;
  token = (await renewed.json()).token;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  return true;
}

function logIn() {
  return make("a", { href: settings.login, target: "_blank", rel: "noopener", className: "button button-small", textContent: words.logIn });
}

async function save(row, address = "save", values = {}) {
  if (row.locked || row.saving) return row.saving ?? true;
  row.saving = attempt(row, address, values);
  mark(row);
  try {
    return await row.saving;
  } finally {
    row.saving = null;
    mark(row);
  }
}

async function attempt(row, address, values) {
  const sent = row.text.value;
  let response, answer;
  try {
    response = await request(`${settings.texts}${row.pk}/${address}/`, { text: sent, seen: row.seen, ...row.means, ...values });
    answer = response.headers?.get("content-type")?.includes("json") ? await response.json() : {};
  } catch {
    return failed(row, words.failed);
  }
  if (response.ok) {
    row.say();
    row.means = { means: "typed", detail: "" };
    // Whoever types on while it is saved keeps what they typed; letting a warning stand writes no text.
    row.show(answer, { keepText: address === "dismiss" ? row.dirty : row.text.value !== sent });
    showProgress(answer.progress);
    announce(words.saved);
    tell("te:saved", row);
    return true;
  }
  if (response.status === 409) return conflict(row, answer);
  if (response.status === 401) return failed(row, words.loggedOut, logIn());
  if (response.status === 403) return failed(row, words.forbidden);
  return failed(row, answer.message || words.failed);
}

function failed(row, reason, ...more) {
  const retry = row.dirty ? [button(words.retry, () => save(row))] : [];
  row.say(notice("error", reason, " ", ...more, " ", ...retry));
  announce(reason);
  return false;
}

function conflict(row, answer) {
  const said = answer.by ? fill(words.conflictBy, { name: answer.by }) : words.conflict;
  const lang = row.text.lang;
  const texts = make(
    "dl",
    { className: "te-conflict" },
    make("dt", { textContent: words.mine }),
    make("dd", { lang, dir: "auto", textContent: row.text.value }),
    make("dt", { textContent: words.theirs }),
    make("dd", { lang, dir: "auto", textContent: answer.theirs || "–" }),
  );
  const mine = button(words.keepMine, () => {
    row.seenField.value = answer.seen;
    save(row);
  });
  const theirs = button(words.takeTheirs, () => {
    row.seenField.value = answer.seen;
    row.saved = answer.theirs;
    row.text.value = answer.theirs;
    row.say();
    row.typed();
    row.text.focus();
  });
  row.say(notice("error", said), texts, make("p", { className: "te-conflict__choice" }, mine, " ", theirs));
  announce(said);
  return false;
}

/** Save all texts that are not, one after the other; say whether all could be. */
async function saveAll() {
  let all = true;
  for (const row of rows.filter((row) => row.dirty)) all = (await save(row)) && all;
  return all;
}

function showProgress(progress) {
  if (progress) root.querySelector("[data-te-progress]").innerHTML = progress.html;
}

/* How a text looks: as high as it needs, its markup rendered below, whether it is saved. */

function grow(text) {
  text.style.blockSize = "auto";
  text.style.blockSize = `${text.scrollHeight + 2}px`;
}

const SHOWN = new Set(["B", "STRONG", "I", "EM", "CODE", "ABBR", "ACRONYM", "BR"]);

/** Copy inline HTML node by node, without attributes; links become spans with their name. */
function shown(nodes) {
  return [...nodes].map((node) => {
    if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    if (SHOWN.has(node.tagName)) return make(node.tagName.toLowerCase(), {}, ...shown(node.childNodes));
    if (node.tagName !== "A") return document.createTextNode(node.outerHTML);
    return make("span", { className: "te-link" }, ...shown(node.childNodes), make("span", { className: "te-chip", textContent: node.id || "a" }));
  });
}

function look(row) {
  const place = row.element.querySelector("[data-te-look]");
  place.hidden = !/<[a-z]/i.test(row.text.value);
  if (place.hidden) return;
  const html = new DOMParser().parseFromString(row.text.value.replaceAll("\n", "<br>"), "text/html");
  place.replaceChildren(...shown(html.body.childNodes));
}

function mark(row) {
  row.element.classList.toggle("is-dirty", row.dirty);
  if (row.saveButton) row.saveButton.disabled = !row.dirty || Boolean(row.saving);
  const count = rows.filter((one) => one.dirty).length;
  root.querySelector("[data-te-unsaved]").textContent = count ? fill(words.unsavedCount, { count }) : "";
}

/* What is done to a text. */

/** Put words in the place of others. As typing does it, where the browser can, so that undoing works. */
function replace(field, start, end, value) {
  field.focus();
  field.setSelectionRange(start, end);
  const done = value ? document.execCommand("insertText", false, value) : document.execCommand("delete");
  if (!done) field.setRangeText(value, start, end, "end");
}

function insertMark(row, { opening, closing }) {
  const { selectionStart: start, selectionEnd: end, value } = row.text;
  replace(row.text, start, end, opening + value.slice(start, end) + closing);
  row.text.setSelectionRange(start + opening.length, end + opening.length);
  row.typed();
}

root.addEventListener("input", (event) => {
  if (event.target.matches("[data-te-text]")) rowOf(event.target).typed();
});
root.addEventListener("click", (event) => {
  const target = event.target.closest("button");
  const row = target && rowOf(target);
  if (!row) return;
  if (target.matches("[data-te-save]")) save(row);
  if (target.matches("[data-te-mark]")) insertMark(row, target.dataset);
  if (target.matches("[data-te-copy]")) row.put(row.element.dataset.sourceTyped, "copied");
  if (target.matches("[data-te-keep-former]")) keepFormer(row);
  if (target.matches("[data-te-confirm]")) save(row, row.dirty ? "save" : "confirm");
});

function keepFormer(row) {
  if (row.locked || row.element.dataset.formerTyped === undefined) return;
  row.put(row.element.dataset.formerTyped, "former");
  save(row);
}

let current = null;
let pressed = false;
let next = null;

function arrive() {
  if (pressed || !next || next === current) return;
  current?.element.classList.remove("is-current");
  current = next;
  current.element.classList.add("is-current");
  tell("te:focus", current);
}

root.addEventListener("focusin", (event) => {
  next = rowOf(event.target) || next;
  arrive();
});
// What stands beside the last text folds away; under a finger still pressing, the button would move off before the click.
document.addEventListener("pointerdown", () => {
  pressed = true;
});
for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, () => {
    pressed = false;
    setTimeout(arrive);
  });
}

// The page's own buttons, and drafting by machine: first every text by itself, so that nothing is lost where one is refused.
document.addEventListener("submit", async (event) => {
  if (!event.target.matches("[data-te-saves]") || event.target.dataset.ready) return;
  event.preventDefault();
  const { submitter } = event;
  if (!(await saveAll())) {
    rows.find((row) => row.dirty)?.text.focus();
    return;
  }
  // What goes with the form, as a note to the review, must not end at the login.
  const loggedIn = await renew().catch(() => null);
  notSent(submitter, loggedIn);
  if (!loggedIn) return;
  event.target.dataset.ready = "true";
  // Not while this very event is still on its way, as it is where nothing had to be saved: browsers ignore that.
  setTimeout(() => event.target.requestSubmit(submitter));
});

/** Say beside its button why a form was not sent; where it was, take back what was said before. */
function notSent(submitter, loggedIn) {
  root.querySelector("[data-te-not-sent]")?.remove();
  if (loggedIn) return;
  const said = loggedIn === null ? notice("error", words.notSent) : notice("error", words.notSentLoggedOut, " ", logIn());
  said.dataset.teNotSent = "";
  (submitter?.closest(".te-review") ?? root.querySelector("[data-te-list]")).prepend(said);
  said.scrollIntoView({ block: "nearest" });
}

/** Show what is next in the review, where saving a text has taken the page out of it. */
async function lookAtReview() {
  const review = root.querySelector("[data-te-review-ends]");
  if (!review) return;
  const response = await fetch(location.href).catch(() => null);
  if (!response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const now = page.getElementById(review.id);
  if (!now) return;
  review.replaceWith(now);
  tell("te:loaded", null, { place: now });
}

root.addEventListener("te:saved", lookAtReview);
window.addEventListener("online", () => rows.filter((row) => row.dirty && row.message.childNodes.length).forEach((row) => save(row)));
window.addEventListener("resize", () => rows.forEach((row) => grow(row.text)));

for (const element of root.querySelectorAll("[data-te-needs-script]")) element.hidden = false;
for (const row of rows) {
  grow(row.text);
  look(row);
  mark(row);
}

window.translationEditor = {
  root, settings, words, rows, rowOf, make, notice, button, announce, fill, request, save, keepFormer, replace, showProgress, logIn, tell,
  get current() {
    return current;
  },
};
