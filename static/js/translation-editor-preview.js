/* The page beside its texts: it follows the text that has the focus, and a click in it leads to the text. */

const { root, settings, rows } = window.translationEditor;
const panel = root.querySelector("[data-te-preview]");
const frame = root.querySelector("[data-te-frame]");
const note = root.querySelector("[data-te-preview-note]");
const toggle = root.querySelector("[data-te-toggle-preview]");
const REMEMBERED = "translation-preview";
const RELOAD_MS = 700;
const STYLE = `
  [data-te-focus] { outline: 3px solid #d9480f !important; outline-offset: 4px; }
  html { scroll-behavior: auto !important; }
`;
let reloading;
let scrolled = 0;

const plain = (text) => text.replace(/\s+/g, " ").trim();

/** The words of inline HTML, without markup. */
function wordsOf(html) {
  const page = new DOMParser().parseFromString(html.replaceAll("\n", " "), "text/html");
  return plain(page.body.textContent);
}

/** What the preview shows for a text: its translation as saved, or its source. */
function shownFor(row) {
  return wordsOf(row.saved || row.element.dataset.sourceTyped);
}

/** The innermost elements that hold exactly a text, else those that hold it among others. */
function places(page, text) {
  if (!text) return [];
  const holding = [...page.body.querySelectorAll("*")].filter(
    (element) => !element.closest("script, style, template, noscript") && plain(element.textContent).includes(text),
  );
  const inner = holding.filter((element) => !holding.some((other) => other !== element && element.contains(other)));
  const exact = inner.filter((element) => plain(element.textContent) === text);
  return exact.length ? exact : inner;
}

/** Where the preview shows a row: of equal texts, the one at the row's place among the rows that have it. */
function placeOf(page, row) {
  const text = shownFor(row);
  const found = places(page, text).filter((element) => element.getClientRects().length);
  const same = rows.filter((other) => shownFor(other) === text);
  return found[Math.min(same.indexOf(row), found.length - 1)];
}

function follow() {
  const page = frame.contentDocument;
  const row = window.translationEditor.current;
  if (panel.hidden || !page?.body || !row) return;
  page.querySelector("[data-te-focus]")?.removeAttribute("data-te-focus");
  const place = placeOf(page, row);
  note.textContent = place ? "" : note.dataset.missing;
  if (!place) return;
  place.setAttribute("data-te-focus", "");
  centre(place);
}

/** Scroll the frame to a place. Not by scrollIntoView, which would push the editor around the frame about as well. */
function centre(place) {
  const view = frame.contentWindow;
  const { top, height } = place.getBoundingClientRect();
  const above = Math.max(0, view.innerHeight - height) / 2;
  view.scrollTo({ top: view.scrollY + top - above });
}

function lead(event) {
  // Reading on would leave the page that is being translated.
  event.preventDefault();
  event.stopPropagation();
  const clicked = plain(event.target.textContent);
  const row = rows.find((one) => shownFor(one) === clicked) ?? rows.find((one) => clicked && shownFor(one).includes(clicked));
  if (!row) return;
  row.text.focus();
  row.element.scrollIntoView({ block: "center" });
}

function prepare() {
  const page = frame.contentDocument;
  if (!page?.body || page.URL === "about:blank") return;
  const style = page.createElement("style");
  style.textContent = STYLE;
  page.head.append(style);
  page.addEventListener("click", lead, { capture: true });
  page.addEventListener("submit", (event) => event.preventDefault(), { capture: true });
  frame.contentWindow.scrollTo(0, scrolled);
  follow();
}

function reload() {
  if (panel.hidden) return;
  scrolled = frame.contentWindow?.scrollY ?? 0;
  clearTimeout(reloading);
  reloading = setTimeout(() => frame.contentWindow.location.replace(settings.preview), RELOAD_MS);
}

function open(wanted) {
  panel.hidden = !wanted;
  root.classList.toggle("has-preview", wanted);
  toggle.setAttribute("aria-expanded", String(wanted));
  try {
    localStorage.setItem(REMEMBERED, wanted ? "open" : "");
  } catch {
    // Not remembered, then.
  }
  if (wanted) frame.contentWindow.location.replace(settings.preview);
  window.dispatchEvent(new Event("resize"));
}

frame.addEventListener("load", prepare);
toggle.addEventListener("click", () => open(panel.hidden));
root.addEventListener("te:focus", follow);
root.addEventListener("te:saved", reload);
try {
  if (localStorage.getItem(REMEMBERED) === "open" && window.matchMedia("(min-width: 70rem)").matches) open(true);
} catch {
  // Closed, then.
}
