// Tells the site, once, that this page was read: its number, and the language the reader came from. No cookie, no
// storage, nothing about the reader; and nothing at all where the browser asks not to be followed.
(function () {
  "use strict";

  const READING_MS = 1000;
  const { page, address } = document.currentScript.dataset;
  if (!navigator.sendBeacon || navigator.doNotTrack === "1" || navigator.globalPrivacyControl) return;

  const languageOf = (url) => url.pathname.split("/")[1];
  let timer = 0;

  // Who came from a Korean list to this page in English reads Korean; the site knows whether there is a Korean one.
  function cameFrom() {
    const before = document.referrer ? new URL(document.referrer) : null;
    const isOurs = before && before.origin === location.origin;
    return isOurs && languageOf(before) !== languageOf(location) ? languageOf(before) : "";
  }

  function tell() {
    document.removeEventListener("visibilitychange", look);
    navigator.sendBeacon(address, new URLSearchParams({ page: page, from: cameFrom() }));
  }

  // A tab in the background and a page that the browser fetched in advance are hidden; they count once they are looked at.
  function look() {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(tell, READING_MS);
  }

  document.addEventListener("visibilitychange", look);
  look();
})();
