// Lights up what belongs together: a place in the text and its entry in the record. The page works without it.
(function () {
  "use strict";
  var lit = [];
  var pinned = null;
  var places = new Map();
  var entries = new Map();

  function refs(element) {
    return element.dataset.refs.split(" ");
  }

  function collect(map, selector) {
    document.querySelectorAll(selector).forEach(function (element) {
      refs(element).forEach(function (ref) {
        if (!map.has(ref)) { map.set(ref, []); }
        map.get(ref).push(element);
      });
    });
  }

  function inText(element) {
    return element.closest(".text") !== null;
  }

  function light(element) {
    lit.forEach(function (one) { one.classList.remove("lit"); });
    lit = [];
    if (!element) { return; }
    var all = refs(element);
    lit = (places.get(all[0]) || []).slice();
    all.forEach(function (ref) { lit = lit.concat(entries.get(ref) || []); });
    lit.forEach(function (one) { one.classList.add("lit"); });
  }

  function marked(event) {
    return event.target instanceof Element ? event.target.closest("[data-refs]") : null;
  }

  function show(element) {
    var other = (inText(element) ? entries : places).get(refs(element)[0]);
    if (other) { other[0].scrollIntoView({ block: inText(element) ? "nearest" : "center" }); }
  }

  collect(places, ".text [data-refs]");
  collect(entries, ".record [data-refs]");
  document.documentElement.classList.add("js");
  ["mouseover", "focusin"].forEach(function (name) {
    document.addEventListener(name, function (event) { light(marked(event) || pinned); });
  });
  document.addEventListener("click", function (event) {
    if (String(window.getSelection())) { return; }
    pinned = marked(event);
    light(pinned);
    if (pinned && !event.target.closest("a")) { show(pinned); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { pinned = null; light(null); }
  });
})();
