/* Who else is in, and what they wrote: asked every 15 seconds while the window is looked at. */

const { root, settings, words, rows, notice, fill, request, showProgress } = window.translationEditor;
const EVERY_MS = 15_000;
const place = root.querySelector("[data-te-others]");
let since = settings.since;

function show(others) {
  const names = others.map((other) => other.name).join(", ");
  const said = others.length ? fill(words.alsoHere, { names }) : "";
  if (place.textContent !== said) place.textContent = said;
  place.hidden = !others.length;
  for (const row of rows) {
    const here = others.filter((other) => other.segment === row.pk);
    row.element.classList.toggle("has-others", here.length > 0);
    row.element.querySelector(".te-here")?.remove();
    if (!here.length) continue;
    const mark = document.createElement("p");
    mark.className = "te-here";
    mark.textContent = fill(words.isHere, { name: here.map((other) => other.name).join(", ") });
    row.element.querySelector(".te-row__target").prepend(mark);
  }
}

/** What somebody else wrote is shown at once where nothing was typed; elsewhere saving will show both. */
function take(text) {
  const row = rows.find((one) => one.pk === text.pk);
  if (!row || row.saving || row.seen === text.seen) return;
  if (row.dirty) {
    // Where both texts are shown already, the choice between them stays.
    if (!row.message.querySelector(".te-conflict")) row.say(notice("warning", words.conflict));
    return;
  }
  row.show(text);
  row.say(notice("info", words.theyWrote));
}

async function report() {
  if (document.hidden) return;
  const segment = window.translationEditor.current?.pk ?? "";
  try {
    const response = await request(settings.presence, { segment, since });
    if (!response.ok) return;
    const answer = await response.json();
    since = answer.since;
    show(answer.others);
    answer.texts.forEach(take);
    showProgress(answer.progress);
  } catch {
    // Offline: the next report tells.
  }
}

window.addEventListener("pagehide", () => {
  const csrfmiddlewaretoken = document.querySelector("#te-form [name=csrfmiddlewaretoken]").value;
  navigator.sendBeacon(settings.presence, new URLSearchParams({ leaving: "1", csrfmiddlewaretoken }));
});
document.addEventListener("visibilitychange", report);
root.addEventListener("te:focus", () => setTimeout(report, 1000));
setInterval(report, EVERY_MS);
show(settings.others);
