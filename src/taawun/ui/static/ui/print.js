/* The print button of a paper; without this script the page says how to print. */
(function () {
  "use strict";
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  document.querySelectorAll("[data-no-script]").forEach(function (hint) { hint.hidden = true; });
})();
