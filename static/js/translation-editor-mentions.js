/* Who a comment may name: after @ the people are offered by name, and the chosen one's account is written. */

const { root, settings, words, make, announce, fill, replace } = window.translationEditor;
const MOST = 8;
// Not in an address of mail: there Latin letters stand before @. Other scripts put no space there.
const BEGUN = /(?<![A-Za-z0-9_.+@＠-])[@＠]([\p{L}\p{N}_.+@-]*)$/u;
const plain = (text) => text.normalize("NFKD").toLocaleLowerCase();
const list = make("ul", { id: "te-people", className: "te-people", hidden: true });
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", words.people);
// What the comment's field is while the list is open.
const COMBOBOX = { role: "combobox", "aria-controls": list.id, "aria-expanded": "true", "aria-autocomplete": "list" };
let field = null;
let found = [];
let chosen = 0;

/** What was typed of a name before the caret, or null. */
function begun(text) {
  return text.selectionStart === text.selectionEnd ? (BEGUN.exec(text.value.slice(0, text.selectionStart))?.[1] ?? null) : null;
}

function matching(typed) {
  const wanted = plain(typed);
  return settings.people
    .filter(({ name, account }) => [account, name, ...name.split(" ")].some((word) => plain(word).startsWith(wanted)))
    .slice(0, MOST);
}

function close() {
  if (!field) return;
  list.hidden = true;
  for (const name of [...Object.keys(COMBOBOX), "aria-activedescendant"]) field.removeAttribute(name);
  field = null;
}

function mark(at) {
  chosen = (at + found.length) % found.length;
  [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
  field.setAttribute("aria-activedescendant", list.children[chosen].id);
}

function open(text) {
  const first = field !== text;
  if (first) {
    close();
    field = text;
    text.after(list);
    for (const [name, value] of Object.entries(COMBOBOX)) text.setAttribute(name, value);
  }
  list.replaceChildren(
    ...found.map(({ name, account }, i) => {
      const item = make("li", { id: `te-person-${i}` });
      item.setAttribute("role", "option");
      item.append(make("strong", { textContent: name }), " ", make("span", { textContent: `@${account}` }));
      return item;
    }),
  );
  list.hidden = false;
  mark(0);
  if (first) announce(fill(words.peopleFound, { number: found.length }));
}

function look(text) {
  const typed = begun(text);
  found = typed === null ? [] : matching(typed);
  if (found.length) open(text);
  else close();
}

function take({ account }) {
  const text = field;
  const typed = begun(text);
  close();
  // With the @, which an input method may have written in full width.
  replace(text, text.selectionStart - typed.length - 1, text.selectionStart, `@${account} `);
  text.focus();
}

const isComment = (element) => element.matches?.("[data-te-comment-form] textarea");
root.addEventListener("input", (event) => {
  // An input method's half-typed syllables are nobody's name yet.
  if (isComment(event.target) && !event.isComposing) look(event.target);
});
root.addEventListener("compositionend", (event) => {
  if (isComment(event.target)) look(event.target);
});
// The caret left what the list is for.
document.addEventListener("selectionchange", () => {
  if (field && begun(field) === null) close();
});
root.addEventListener("focusout", (event) => {
  if (event.target === field) close();
});
// Before the editor's own keys: Escape and Enter are the list's while it is open.
root.addEventListener(
  "keydown",
  (event) => {
    if (event.target !== field || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (begun(field) === null) return close();
    const act = {
      ArrowDown: () => mark(chosen + 1),
      ArrowUp: () => mark(chosen - 1),
      Enter: () => take(found[chosen]),
      Tab: () => take(found[chosen]),
      Escape: close,
    }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  },
  { capture: true },
);
// The press would take the focus from the text.
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const item = event.target.closest("li");
  if (item) take(found[[...list.children].indexOf(item)]);
});
