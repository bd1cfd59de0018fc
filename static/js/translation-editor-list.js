/* The list of texts: which are shown, going through them by keyboard, and what stands above them. */

const { root, words, rows, rowOf, save, keepFormer, announce } = window.translationEditor;
const filters = [...root.querySelectorAll("[data-te-filter]")];
const search = root.querySelector("[data-te-search]");
const none = root.querySelector("[data-te-none]");
const dialog = root.querySelector("[data-te-shortcuts-dialog]");
let shownBy = "all";
let held = new Set();

const has = (row, name) => name === "all" || row.flags.includes(name);
const visible = () => rows.filter((row) => !row.element.hidden);

function apply() {
  const wanted = search.value.trim().toLocaleLowerCase();
  for (const row of rows) {
    const words = `${row.element.dataset.sourceTyped}\n${row.text.value}`.toLocaleLowerCase();
    // A text that was just translated does not vanish under the hands of whoever looks at those to translate.
    row.element.hidden = !((has(row, shownBy) || held.has(row)) && (!wanted || words.includes(wanted)));
  }
  for (const group of root.querySelectorAll("[data-te-group]")) {
    group.hidden = !group.querySelector("[data-te-row]:not([hidden])");
  }
  const narrowed = shownBy !== "all" || wanted;
  for (const part of root.querySelectorAll("[data-te-beyond]")) part.hidden = Boolean(narrowed);
  none.hidden = visible().length > 0 || !narrowed;
  none.textContent = shownBy === "open" && !wanted ? words.allDone : words.none;
}

function count() {
  for (const filter of filters) {
    const number = rows.filter((row) => has(row, filter.dataset.teFilter)).length;
    filter.querySelector("[data-te-count]").textContent = number;
  }
}

function choose(name) {
  shownBy = name;
  held = new Set();
  for (const filter of filters) filter.setAttribute("aria-pressed", String(filter.dataset.teFilter === name));
  apply();
}

function go(row) {
  if (!row) return announce(words.allDone);
  if (row.element.hidden) choose("all");
  row.text.focus();
  row.element.scrollIntoView({ block: "center", behavior: "instant" });
}

function step(from, by, wanted = () => true) {
  const list = from ? rows : visible();
  let place = from ? rows.indexOf(from) : by > 0 ? -1 : list.length;
  for (let left = list.length; left > 0; left -= 1) {
    place += by;
    if (place < 0 || place >= list.length) return null;
    if (!list[place].element.hidden && wanted(list[place])) return list[place];
  }
  return null;
}

const isOpen = (row) => row.flags.includes("open");
function nextOpen(from) {
  return step(from, 1, isOpen) ?? rows.find((row) => isOpen(row) && row !== from) ?? null;
}

async function saveAndNext(row) {
  if (row.dirty && !(await save(row))) return;
  go(step(row, 1) ?? row);
}

function hint(row, event) {
  const number = Number(event.code.replace("Digit", ""));
  const choice = row.element.querySelectorAll("[data-te-use]")[number - 1];
  choice?.click();
  return Boolean(choice);
}

/** What a key does; a function, or nothing if it is not ours. */
function action(event, row) {
  const command = event.ctrlKey || event.metaKey;
  const plain = event.altKey && !command;
  if (row && command && event.key === "Enter") return () => saveAndNext(row);
  if (row && command && event.key.toLowerCase() === "s") return () => row.dirty && save(row);
  if (plain && event.key === "ArrowDown" && event.shiftKey) return () => go(nextOpen(row));
  if (plain && event.key === "ArrowDown") return () => go(step(row, 1) ?? row);
  if (plain && event.key === "ArrowUp") return () => go(step(row, -1) ?? row);
  if (row && plain && event.code === "KeyC") return () => row.put(row.element.dataset.sourceTyped, "copied");
  if (row && plain && event.code === "KeyK") return () => keepFormer(row);
  if (row && plain && /^Digit[1-9]$/.test(event.code)) return () => hint(row, event);
  return null;
}

document.addEventListener("keydown", (event) => {
  // While an input method composes a syllable, Enter is its own.
  if (event.isComposing || dialog.open) return;
  const row = rowOf(event.target);
  const act = action(event, row);
  if (act) {
    event.preventDefault();
    act();
  } else if (event.key === "?" && !event.target.closest("input, textarea, select, [contenteditable]")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    dialog.showModal();
  }
}, { capture: true });

root.querySelector("[data-te-shortcuts]").addEventListener("click", () => dialog.showModal());
root.querySelector("[data-te-next-open]").addEventListener("click", () => go(nextOpen(window.translationEditor.current)));
for (const filter of filters) filter.addEventListener("click", () => choose(filter.dataset.teFilter));
search.addEventListener("input", apply);
root.addEventListener("te:shown", (event) => {
  held.add(event.detail.row);
  count();
});

/* The bar stands below Wagtail's header, and what is scrolled to below both: how high they are depends on their words. */
const heights = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const name = target.matches(".te-bar") ? "--te-bar" : "--te-header";
    root.style.setProperty(name, `${target.getBoundingClientRect().height}px`);
  }
});
for (const element of document.querySelectorAll(".w-slim-header, .te-bar")) heights.observe(element, { box: "border-box" });
