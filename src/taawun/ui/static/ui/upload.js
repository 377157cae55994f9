/* Sends a large file ahead of its form, in pieces: <input type="file" data-uploads="address" data-kinds data-above>.
   A cut line only costs the piece on its way; after a reload the same file goes on where it stood.
   The words stand in the page (data-upload-of). Without this script, or where it gives up, the field works as it is. */
(function () {
  "use strict";
  if (window.taawunUploads || !window.fetch || !window.URLSearchParams) return;
  window.taawunUploads = true;

  function remember(key, value) {
    try {
      if (value) window.localStorage.setItem(key, value); else window.localStorage.removeItem(key);
    } catch (error) { /* a browser that keeps nothing sends from the beginning */ }
  }

  function recall(key) {
    try { return window.localStorage.getItem(key); } catch (error) { return null; }
  }

  function each(input) {
    var form = input.form, box = document.querySelector('[data-upload-of="' + input.name + '"]');
    if (!form || !box) return;
    var run = 0, busy = false, pause = 1000, wanted = null, timer = 0, retry = null;
    var note = "upload:" + window.location.pathname + ":" + input.name;

    function show(state, text, percent) {
      box.hidden = !state;
      box.querySelectorAll("[data-state]").forEach(function (part) {
        part.hidden = part.dataset.state !== state;
        if (!part.hidden) part.querySelector("bdi").textContent = text || "";
      });
      box.querySelector("[data-location]").hidden = true;
      var bar = box.querySelector("progress");
      bar.hidden = percent === undefined;
      if (percent !== undefined) bar.value = percent;
    }

    function token() { return form.querySelector("[name=csrfmiddlewaretoken]").value; }

    function keep(told) {
      var name = input.name + "_held", held = form.querySelector('[name="' + name + '"]');
      if (!held) {
        held = document.createElement("input");
        held.type = "hidden";
        held.name = name;
        form.appendChild(held);
      }
      held.value = told.token;
      input.value = "";
      end();
      remember(note, "");
      show("kept", told.name + " (" + told.size + ")");
      box.querySelector("[data-location]").hidden = !told.location_removed;
      held.dispatchEvent(new Event("change", { bubbles: true }));
      if (wanted) { var button = wanted; wanted = null; form.requestSubmit(button.form ? button : undefined); }
    }

    function end() { busy = false; retry = null; window.clearTimeout(timer); }

    function giveUp(state, text) {
      end();
      wanted = null;
      remember(note, "");
      if (state === "refused") input.value = "";
      show(state, text);
    }

    function later(again, mine) {
      retry = function () { if (mine === run && busy) { window.clearTimeout(timer); again(); } };
      timer = window.setTimeout(retry, pause);
      pause = Math.min(pause * 2, 30000);
    }

    function start(file) {
      run += 1;
      var mine = run, mark = [file.name, file.size, file.lastModified].join("|");
      busy = true;
      pause = 1000;
      var old = JSON.parse(recall(note) || "null");
      if (old && old.mark === mark) find(old.address); else open();

      function cut(again) {
        return function () {
          if (mine !== run) return;
          show("cut", file.name, undefined);
          later(again, mine);
        };
      }

      function open() {
        var fields = new URLSearchParams({ name: file.name, size: file.size, kinds: input.dataset.kinds });
        window.fetch(input.dataset.uploads, { method: "POST", body: fields, credentials: "same-origin",
          redirect: "manual", headers: { "X-CSRFToken": token() } }).then(function (answer) {
          if (mine !== run) return null;
          if (answer.status === 422) return answer.json().then(function (told) { giveUp("refused", told.error); });
          if (answer.status !== 201) return giveUp("plain", file.name);
          return answer.json().then(function (told) {
            remember(note, JSON.stringify({ mark: mark, address: told.address, name: file.name, piece: told.piece }));
            send(told.address, 0, told.piece);
          });
        }).catch(cut(open));
      }

      function find(address) {
        window.fetch(address, { method: "HEAD", credentials: "same-origin", redirect: "manual" }).then(function (answer) {
          if (mine !== run) return;
          if (!answer.ok) { open(); return; }
          send(address, Number(answer.headers.get("Upload-Offset")), (old && old.piece) || 262144);
        }).catch(cut(function () { find(address); }));
      }

      function send(address, offset, piece) {
        show("sending", file.name + " – " + Math.floor(100 * offset / file.size) + " %", 100 * offset / file.size);
        window.fetch(address, { method: "PATCH", body: file.slice(offset, offset + piece), credentials: "same-origin",
          redirect: "manual", headers: { "X-CSRFToken": token(), "Upload-Offset": String(offset),
            "Content-Type": "application/offset+octet-stream" } }).then(function (answer) {
          if (mine !== run) return null;
          if (answer.status === 422) return answer.json().then(function (told) { giveUp("refused", told.error); });
          if (answer.status === 404) { remember(note, ""); open(); return null; }
          if (answer.status === 409) return send(address, Number(answer.headers.get("Upload-Offset")), piece);
          if (answer.status === 400 || answer.status >= 500) throw new Error("cut");
          if (!answer.ok) return giveUp("plain", file.name);
          pause = 1000;
          return answer.json().then(function (told) {
            if (told.token) keep(told); else send(address, told.offset, piece);
          });
        }).catch(cut(function () { find(address); }));
      }
    }

    input.addEventListener("change", function () {
      run += 1;
      end();
      var file = input.files[0];
      show("");
      if (file && file.size > Number(input.dataset.above)) start(file);
    });
    form.addEventListener("submit", function (event) {
      if (!busy) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      wanted = event.submitter || form;
      show("wait", input.files[0] ? input.files[0].name : "");
    }, true);
    window.addEventListener("online", function () { if (retry) retry(); });
    var begun = JSON.parse(recall(note) || "null");
    if (begun) show("again", begun.name);
  }

  document.querySelectorAll("input[type=file][data-uploads]").forEach(each);
})();
