// A button pressed while Wagtail saves the form by itself waits until that has ended. Wagtail 8.0 sends both at once: what was
// saved by itself and arrives second looks to the editor like somebody else's newer version ("You saved a new version in
// another window"), and a page that is just being created is created twice.
(function () {
  "use strict";

  const BUTTONS = '[data-edit-form] button:is([type="submit"], [data-workflow-action-name])';
  // An answer that takes longer will not come; the press goes ahead, as it would without this.
  const PATIENCE = 10000;

  let saving = false;
  let savings = 0;
  let held = null;
  let timer = 0;

  const release = function () {
    window.clearTimeout(timer);
    const button = held;
    held = null;
    if (button && button.isConnected) {
      button.removeAttribute("aria-busy");
      button.click();
    }
  };

  const end = function () {
    saving = false;
    // Wagtail takes the answer in first, and saves at once again what was typed meanwhile: then the press is held once more.
    window.setTimeout(release);
  };

  document.addEventListener("w-autosave:save", function (event) {
    // Whoever prevents it has nothing sent, and no end comes.
    saving = !event.defaultPrevented;
    savings += 1;
  });
  document.addEventListener("w-autosave:success", end);
  document.addEventListener("w-autosave:error", end);

  // Before the button's own listeners, which would say "Publishing…" or ask for a confirmation.
  document.addEventListener(
    "click",
    function (event) {
      const button = event.target.closest(BUTTONS);
      if (!button || !saving) {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (held) {
        held.removeAttribute("aria-busy");
      }
      held = button;
      button.setAttribute("aria-busy", "true");
      window.clearTimeout(timer);
      timer = window.setTimeout(function () {
        saving = false;
        release();
      }, PATIENCE);
    },
    { capture: true },
  );

  // Every few seconds the editor asks who else is in the page, and names the version it has. Where a version was saved between
  // the question and its answer, the answer takes that one for somebody else's, and every later press would be asked about it.
  let asked = 0;
  document.addEventListener("w-session:ping", function () {
    asked = savings;
  });
  document.addEventListener(
    "w-swap:json",
    function (event) {
      if (event.target.closest(".w-editing-sessions") && asked !== savings) {
        event.stopImmediatePropagation();
      }
    },
    { capture: true },
  );
})();
