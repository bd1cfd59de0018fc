// A part of an admin page that asks for itself again while something in it runs: <div data-refreshed="address of the part">.
// Without JavaScript the page shows how far things were when it was opened.
(function () {
  "use strict";

  const PAUSE = 3000;

  for (const part of document.querySelectorAll("[data-refreshed]")) {
    const refresh = async function () {
      if (!part.querySelector("[data-running]")) {
        return;
      }
      // Whoever is about to press a button in it keeps it.
      if (!document.hidden && !part.contains(document.activeElement)) {
        try {
          const answer = await fetch(part.dataset.refreshed, { headers: { "X-Requested-With": "XMLHttpRequest" } });
          if (answer.ok && !answer.redirected) {
            part.innerHTML = await answer.text();
          }
        } catch {
          // The network is away for a moment; the next turn asks again.
        }
      }
      window.setTimeout(refresh, PAUSE);
    };
    window.setTimeout(refresh, PAUSE);
  }
})();
