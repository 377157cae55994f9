/* Keeps what is typed as a draft: <form data-autosave="address">. Without this script the form works as it is.
   The words come from the page (#saved), in the reader's language. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-autosave]");
  if (!form || !window.fetch || !window.FormData) return;
  var box = document.getElementById("saved");
  var timer = 0, sending = false, again = false, leaving = false, failed = false;
  var last = snapshot();

  function snapshot() {
    var pairs = [];
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") pairs.push([name, value]);
    });
    return new URLSearchParams(pairs).toString();
  }

  function body(fields) {
    var token = form.querySelector("[name=csrfmiddlewaretoken]");
    return new URLSearchParams(fields + "&autosave=1&csrfmiddlewaretoken=" + encodeURIComponent(token ? token.value : ""));
  }

  function show(state, time) {
    if (!box) return;
    box.querySelectorAll("[data-state]").forEach(function (part) { part.hidden = part.dataset.state !== state; });
    var clock = box.querySelector('[data-state="saved"] time');
    if (time && clock) clock.textContent = time;
  }

  function fail(state) {
    failed = true;
    show(state);
    wait(15000);
  }

  function wait(pause) {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, pause);
  }

  function save() {
    window.clearTimeout(timer);
    var now = snapshot();
    if (leaving || now === last) return;
    if (sending) { again = true; return; }
    sending = true;
    window.fetch(form.dataset.autosave, { method: "POST", body: body(now), credentials: "same-origin", redirect: "manual",
      headers: { Accept: "application/json" } }).then(function (answer) {
      sending = false;
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return fail("signed-out");
      if (answer.status === 409) { last = now; failed = false; return show("conflict"); }
      if (!answer.ok) return fail("cut");
      return answer.json().then(function (data) {
        last = now; failed = false;
        show("saved", data.saved_at);
        if (again) { again = false; wait(1000); }
      });
    }).catch(function () { sending = false; fail("cut"); });
  }

  form.addEventListener("input", function () { wait(3000); });
  form.addEventListener("change", function () { wait(1500); });
  form.addEventListener("submit", function () { leaving = true; window.clearTimeout(timer); });
  window.addEventListener("online", save);
  window.addEventListener("pageshow", function () { leaving = false; });
  window.addEventListener("pagehide", function () {
    var now = snapshot();
    if (!leaving && now !== last && navigator.sendBeacon) navigator.sendBeacon(form.dataset.autosave, body(now));
  });
  window.addEventListener("beforeunload", function (event) {
    if (!leaving && failed && snapshot() !== last) event.preventDefault();
  });
})();
