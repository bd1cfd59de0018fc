// Beside the results the filters stand open, on narrow screens they are folded: says so to assistive technology too.
(function () {
  "use strict";

  const box = document.querySelector(".search-filters__box");
  if (!box) return;
  const wide = window.matchMedia("(min-width: 60rem)");
  const unfold = () => { box.open = wide.matches; };
  unfold();
  wide.addEventListener("change", unfold);
})();
