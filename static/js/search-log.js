// Tells the site which row of results was opened, by the page's own random token: no cookie, nothing about the reader.
// Without it search works the same; editors then see no clicks.
(function () {
  "use strict";

  const page = document.querySelector("[data-search-token]");
  if (!page || !navigator.sendBeacon) return;

  // Rows count from 1 over all pages of results and languages, in the order they are read; 0 is one the editors put on top.
  function rankOf(link) {
    if (link.closest(".promoted")) return 0;
    const row = link.closest(".search-results__item");
    if (!row) return -1;
    return Number(page.dataset.searchOffset) + [...page.querySelectorAll(".search-results__item")].indexOf(row) + 1;
  }

  function report(event) {
    // The middle button opens a tab, the right one only a menu.
    const link = event.button > 1 ? null : event.target.closest("a[href]");
    const rank = link ? rankOf(link) : -1;
    if (rank < 0) return;
    const told = new URLSearchParams({ token: page.dataset.searchToken, rank: rank });
    navigator.sendBeacon(page.dataset.searchClicked, told);
  }

  page.addEventListener("click", report);
  page.addEventListener("auxclick", report);
})();
