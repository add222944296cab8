// The review works without this: each answer is a form. With it the next question comes by itself, and single keys answer.
(function () {
  "use strict";

  var busy = false;

  function root() { return document.querySelector("[data-review]"); }

  function typing(target) {
    return target instanceof Element && target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]") !== null;
  }

  // The page at an address takes the place of this one; what was typed in a field is gone with it.
  function come(address, remember) {
    return fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok || !(answer.headers.get("content-type") || "").includes("text/html")) { window.location.assign(address); return; }
      return answer.text().then(function (text) {
        var found = new DOMParser().parseFromString(text, "text/html");
        var next = found.querySelector("[data-review]"), here = root();
        if (!next || !here) { window.location.assign(address); return; }
        var spoken = document.createElement("p"), progress = next.querySelector(".progress");
        here.replaceWith(document.adoptNode(next));
        if (remember) { window.history.replaceState(null, "", answer.url || address); }
        var question = document.getElementById("question");
        window.scrollTo(0, 0);
        if (question) { question.focus({ preventScroll: true }); }
        if (progress && question) { spoken.className = "unseen"; spoken.setAttribute("role", "status"); spoken.textContent = progress.textContent; root().append(spoken); }
      });
    });
  }

  function complain(words) {
    var old = document.querySelector(".wrong"), told = document.createElement("p"), place = document.querySelector(".answering") || root();
    if (old) { old.remove(); }
    told.className = "wrong";
    told.setAttribute("role", "alert");
    told.textContent = words;
    place.prepend(told);
  }

  function send(form, button) {
    if (busy) { return; }
    var data = new URLSearchParams(new FormData(form));
    if (button && button.name) { data.append(button.name, button.value); }
    busy = true;
    root().classList.add("busy");
    fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" }, credentials: "same-origin" })
      .then(function (answer) {
        return answer.json().then(function (said) {
          if (!answer.ok) { throw new Error(said.title + ". " + said.detail); }
          return come(said.to, true);
        });
      })
      .catch(function (problem) { complain(problem.message || "This did not arrive; try again."); })
      .finally(function () { busy = false; if (root()) { root().classList.remove("busy"); } });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-answer")) { return; }
    event.preventDefault();
    send(form, event.submitter);
  });

  function press(key) {
    var field = document.querySelector('[data-focus="' + key + '"]');
    if (field) { field.focus(); return true; }
    var found = Array.from(document.querySelectorAll("[data-key]")).find(function (one) { return one.dataset.key === key && !one.disabled; });
    if (!found) { return false; }
    if (found.tagName === "SUMMARY") {
      var details = found.parentElement;
      details.open = !details.open;
      if (details.open) { details.scrollIntoView({ block: "nearest" }); }
      var first = details.open ? details.querySelector("select, input:not([type=hidden])") : null;
      if (first) { first.focus(); } else { found.focus(); }
      return true;
    }
    found.form.requestSubmit(found);
    return true;
  }

  document.addEventListener("keydown", function (event) {
    if (!root() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    if (event.key === "Escape") {
      if (typing(event.target)) { event.target.blur(); return; }
      document.querySelectorAll(".keys[open], .correct[open]").forEach(function (one) { one.open = false; });
      return;
    }
    if (typing(event.target) || event.repeat || event.key.length !== 1) { return; }
    if (press(event.key.toLowerCase())) { event.preventDefault(); }
  });

  function ready() {
    document.querySelectorAll("[data-all]").forEach(function (button) { button.hidden = false; });
  }
  document.addEventListener("click", function (event) {
    var button = event.target instanceof Element ? event.target.closest("[data-all]") : null;
    if (!button) { return; }
    var boxes = Array.from(document.querySelectorAll('[data-bulk] input[name="take"]'));
    var all = boxes.every(function (box) { return box.checked; });
    boxes.forEach(function (box) { box.checked = !all; });
  });
  ready();
})();
