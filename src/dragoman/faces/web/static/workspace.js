// Every page works without this: it lights up what belongs together on a report, and lets the slider show its day at once.
(function () {
  "use strict";
  document.documentElement.classList.add("js");

  // On a narrow screen the menu is wider than the page: the page that is open comes into view.
  var here = document.querySelector("nav [aria-current]");
  if (here && here.offsetLeft + here.offsetWidth > window.innerWidth) { here.closest("ul").scrollLeft = here.offsetLeft - 40; }

  // The slider: says the day while it is moved, and goes there when it is let go.
  var slider = document.getElementById("day");
  if (slider) {
    var days = slider.dataset.days.split(" ");
    var shown = document.getElementById("day-shown");
    var told = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    var start = slider.value;
    slider.addEventListener("input", function () {
      var words = told.format(new Date(days[Number(slider.value)] + "T00:00:00Z")).replace(",", "");
      shown.textContent = words;
      slider.setAttribute("aria-valuetext", words);
    });
    var gone = false; // Enter sends the form by itself: one day is asked for once
    slider.form.addEventListener("submit", function () { gone = true; });
    window.addEventListener("pageshow", function () { gone = false; });
    var go = function () { if (slider.value !== start && !gone) { gone = true; slider.form.submit(); } };
    slider.addEventListener("pointerup", go);
    slider.addEventListener("keyup", function (event) { if (event.key === "Enter") { go(); } });
    slider.addEventListener("blur", go);
  }

  // A report: pointing at a place in the text or an entry of the record lights up both.
  if (!document.querySelector(".text")) { return; }
  var lit = [];
  var pinned = null;
  var places = new Map();
  var entries = new Map();

  function collect(map, selector) {
    document.querySelectorAll(selector).forEach(function (element) {
      var ref = element.dataset.refs;
      if (!map.has(ref)) { map.set(ref, []); }
      map.get(ref).push(element);
    });
  }

  function light(element) {
    lit.forEach(function (one) { one.classList.remove("lit"); });
    lit = [];
    if (!element) { return; }
    var ref = element.dataset.refs;
    lit = (places.get(ref) || []).concat(entries.get(ref) || []);
    lit.forEach(function (one) { one.classList.add("lit"); });
  }

  function marked(event) {
    return event.target instanceof Element ? event.target.closest("[data-refs]") : null;
  }

  function show(element) {
    var inText = element.closest(".text") !== null;
    var other = (inText ? entries : places).get(element.dataset.refs);
    if (other) { other[0].scrollIntoView({ block: "center" }); }
  }

  collect(places, ".text [data-refs]");
  collect(entries, ".record [data-refs]");
  ["mouseover", "focusin"].forEach(function (name) {
    document.addEventListener(name, function (event) { light(marked(event) || pinned); });
  });
  document.addEventListener("click", function (event) {
    if (String(window.getSelection())) { return; }
    pinned = marked(event);
    light(pinned);
    var link = event.target.closest("a, summary");
    if (pinned && link && link.closest(".text")) { event.preventDefault(); show(pinned); }
    if (pinned && !link) { show(pinned); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { pinned = null; light(null); }
  });
})();
