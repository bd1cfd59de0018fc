/* What helps with the text that has the focus: suggestions, terms, checks while typing, comments, history. */

const { root, settings, words, rowOf, make, notice, announce, request, save, replace, logIn, tell } = window.translationEditor;
const LOOK_MS = 250;
const CHECK_MS = 600;
const address = (row, name = "") => `${settings.texts}${row.pk}/${name}`;
const loaded = new WeakMap();
let looking, checking;

async function load(row) {
  const place = row.element.querySelector("[data-te-beside]");
  place.hidden = false;
  if (loaded.get(row) === row.seen) return;
  loaded.set(row, row.seen);
  if (!place.childNodes.length) place.replaceChildren(make("p", { textContent: words.loading }));
  try {
    const response = await request(address(row));
    if (!response.ok) throw new Error(response.status);
    const kept = place.querySelector("textarea:focus, input:focus");
    if (!kept) {
      show(place, await response.text());
      tell("te:loaded", row, { place });
    }
  } catch {
    loaded.delete(row);
    place.replaceChildren(notice("error", words.notLoaded));
  }
}

/** Put what came from the server into its place; a history that was unfolded stays so. */
function show(place, html) {
  const unfolded = place.querySelector("details.te-panel")?.open;
  place.innerHTML = html;
  const panel = place.querySelector("details.te-panel");
  if (panel) panel.open = Boolean(unfolded);
}

async function check(row) {
  const sent = row.text.value;
  try {
    const response = await request(address(row, "check/"), { text: sent });
    if (response.ok && row.text.value === sent) {
      row.element.querySelector("[data-te-problems]").innerHTML = await response.text();
    }
  } catch {
    // The checks come back with the network; saving checks again.
  }
}

/** Send a form of a text's, or the page's, comments, and show the threads as they are then. */
async function talk(form, submitter) {
  const values = new FormData(form, submitter);
  const row = rowOf(form);
  const place = form.closest("[data-te-threads]");
  const field = form.querySelector("textarea");
  const complaint = (...said) => {
    form.querySelector(".te-notice")?.remove();
    form.append(notice("error", ...said));
  };
  try {
    const response = await request(form.action, values);
    if (!response.ok) {
      const answer = response.headers?.get("content-type")?.includes("json") ? await response.json() : {};
      if (response.status === 401) return complaint(words.notSentLoggedOut, " ", logIn());
      return complaint(answer.message || words.notSent);
    }
    if (field) tell("te:said", row, { field });
    if (row) {
      const answer = await response.json();
      place.innerHTML = answer.threads;
      row.show(answer, { keepText: row.dirty });
    } else {
      place.innerHTML = await response.text();
    }
    tell("te:loaded", row, { place });
    announce(words.saved);
  } catch {
    complaint(words.notSent);
  }
}

async function dismiss(form) {
  const row = rowOf(form);
  const values = Object.fromEntries(new FormData(form));
  if (!(await save(row, "dismiss", values))) return;
  if (row.dirty) check(row);
  row.text.focus();
}

async function bringBack(form) {
  const row = rowOf(form);
  if (await save(row, "restore", { change: form.elements.change.value })) load(row);
}

root.addEventListener("te:focus", (event) => {
  clearTimeout(looking);
  looking = setTimeout(() => load(event.detail.row), LOOK_MS);
});
root.addEventListener("te:saved", (event) => {
  if (event.detail.row === window.translationEditor.current) load(event.detail.row);
});
root.addEventListener("te:input", (event) => {
  clearTimeout(checking);
  checking = setTimeout(() => check(event.detail.row), CHECK_MS);
});
root.addEventListener("submit", (event) => {
  const form = event.target;
  const act = [
    ["[data-te-comment-form]", talk],
    ["[data-te-dismiss]", dismiss],
    ["[data-te-restore]", bringBack],
  ].find(([selector]) => form.matches(selector))?.[1];
  if (!act || (act !== talk && !rowOf(form))) return;
  event.preventDefault();
  act(form, event.submitter);
});
root.addEventListener("click", (event) => {
  const use = event.target.closest("[data-te-use]");
  const term = event.target.closest("[data-te-term]");
  const more = event.target.closest("[data-te-more]");
  const row = rowOf(event.target);
  if (use) row.put(use.dataset.typed, "memory", use.dataset.detail);
  if (term && !row.locked) {
    replace(row.text, row.text.selectionStart, row.text.selectionEnd, term.dataset.teTerm);
    row.typed();
  }
  if (more) {
    event.preventDefault();
    row.text.focus();
    load(row);
  }
});
