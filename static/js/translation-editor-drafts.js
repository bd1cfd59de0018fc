/* What is typed and not saved is kept in this browser: texts by user, translation, text and what its source says;
   the note to the review and comments by user, translation and place. */

const { root, settings, words, rows, button, notice } = window.translationEditor;
const PREFIX = "translation-draft:";
const OLD = 30 * 24 * 60 * 60 * 1000;

const key = (row) => [PREFIX + settings.user, settings.translation, row.pk, row.element.dataset.sourceKey].join(":");

function store(act) {
  try {
    return act(window.localStorage);
  } catch {
    return null; // no room, or forbidden: the text is in the field still
  }
}

function keep(row) {
  if (!row.dirty) return forget(row);
  store((storage) => storage.setItem(key(row), JSON.stringify({ text: row.text.value, seen: row.seen, at: Date.now() })));
}

function forget(row) {
  store((storage) => storage.removeItem(key(row)));
}

function restore(row) {
  const kept = store((storage) => JSON.parse(storage.getItem(key(row))));
  if (!kept || row.locked) return;
  if (kept.text === row.text.value) return forget(row);
  const server = row.text.value;
  row.text.value = kept.text;
  // Somebody may have written since: the draft answers what its writer saw, and saving it will say so.
  const seen = row.seen;
  row.seenField.value = kept.seen;
  row.typed();
  const discard = button(words.discard, () => {
    row.text.value = server;
    row.seenField.value = seen;
    row.say();
    row.typed();
    forget(row);
  });
  row.say(notice("info", words.restored, " ", discard));
}

/* Said, not translated: the note of the review, and comments, which come and go with what stands beside a text. */

const SAID = "#te-note, [data-te-comment-form] textarea";

function saidKey(field) {
  const form = field.closest("[data-te-comment-form]");
  const place = form ? ["comment", form.elements.segment.value, form.elements.parent.value] : ["note"];
  return [PREFIX + settings.user, settings.translation, ...place].join(":");
}

function keepSaid(field) {
  const text = field.value;
  store((storage) =>
    text.trim() ? storage.setItem(saidKey(field), JSON.stringify({ text, at: Date.now() })) : storage.removeItem(saidKey(field)),
  );
}

function restoreSaid(place) {
  for (const field of place.querySelectorAll(SAID)) {
    const kept = store((storage) => JSON.parse(storage.getItem(saidKey(field))));
    if (kept && !field.value) field.value = kept.text;
  }
}

/** A note that stands at the task has arrived. */
function forgetNote() {
  const arrived = root.querySelector("[data-te-review]")?.dataset.teReview;
  const name = `${PREFIX}${settings.user}:${settings.translation}:note`;
  const same = (text) => text.replaceAll("\r", "").trim();
  store((storage) => {
    const kept = JSON.parse(storage.getItem(name));
    if (kept && arrived && same(kept.text) === same(arrived)) storage.removeItem(name);
  });
}

function sweep() {
  store((storage) => {
    for (const name of Object.keys(storage).filter((name) => name.startsWith(PREFIX))) {
      if (Date.now() - (JSON.parse(storage.getItem(name)).at || 0) > OLD) storage.removeItem(name);
    }
  });
}

root.addEventListener("te:input", (event) => keep(event.detail.row));
root.addEventListener("te:shown", (event) => keep(event.detail.row));
root.addEventListener("input", (event) => {
  if (event.target.matches(SAID)) keepSaid(event.target);
});
root.addEventListener("te:said", (event) => store((storage) => storage.removeItem(saidKey(event.detail.field))));
root.addEventListener("te:loaded", (event) => restoreSaid(event.detail.place));
window.addEventListener("beforeunload", (event) => {
  // Where nothing can be kept, the browser asks before the texts are gone.
  const kept = store((storage) => storage.length);
  if (kept === null && rows.some((row) => row.dirty)) event.preventDefault();
});
sweep();
rows.forEach(restore);
forgetNote();
restoreSaid(root);
