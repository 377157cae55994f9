/* Renews the parts of a job's page that change ([data-live]) while the job runs ([data-renew]).
   A part in which somebody is reading by keyboard is left alone. Without this script the page renews itself whole. */
(function () {
  "use strict";
  if (!window.fetch || !window.DOMParser) return;
  var pause = 2000;

  function wait() {
    if (document.querySelector("[data-renew]")) window.setTimeout(look, pause);
  }

  function put(fresh) {
    document.querySelectorAll("[data-live]").forEach(function (part) {
      var other = fresh.getElementById(part.id);
      if (!other || part.innerHTML === other.innerHTML) return;
      if (other.hasAttribute("data-renew") && part.contains(document.activeElement)) return;
      var said = part.querySelector("[role=status]"), says = other.querySelector("[role=status]");
      if (said && says && other.hasAttribute("data-renew")) {
        renew(part, other, said, says);
        return;
      }
      part.replaceWith(document.importNode(other, true));
    });
  }

  /* The sentence that is read aloud stays the same element, or its change would not be heard. */
  function renew(part, other, said, says) {
    if (said.textContent !== says.textContent) said.textContent = says.textContent;
    var bar = part.querySelector("progress"), now = other.querySelector("progress");
    if (bar && now && now.hasAttribute("value")) { bar.max = now.max; bar.value = now.value; }
    var facts = part.querySelector("dl"), counted = other.querySelector("dl");
    if (facts && counted) facts.replaceWith(document.importNode(counted, true));
  }

  function look() {
    if (document.hidden) { wait(); return; }
    window.fetch(window.location.href, { credentials: "same-origin", redirect: "manual" }).then(function (answer) {
      if (!answer.ok) throw new Error("cut");
      return answer.text();
    }).then(function (text) {
      put(new DOMParser().parseFromString(text, "text/html"));
    }).catch(function () { pause = 15000; }).then(function () {
      pause = Math.min(Math.max(pause, 2000) * 1.2, 15000);
      wait();
    });
  }

  wait();
})();
