// The map can be read without this: it lets the picture be zoomed and moved, by buttons, keys, wheel (with Ctrl) and dragging.
(function () {
  "use strict";
  var map = document.querySelector(".map-frame svg.map");
  if (!map) { return; }
  var whole = map.viewBox.baseVal;
  var full = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  var now = { x: full.x, y: full.y, width: full.width, height: full.height };
  var MOST = 16;
  var grown = Math.min(1.5, Math.max(1, 0.8 * full.width / map.clientWidth)); // on a telephone names are drawn larger, to be read

  function show() {
    now.width = Math.min(full.width, Math.max(full.width / MOST, now.width));
    now.height = now.width * full.height / full.width;
    now.x = Math.min(full.width - now.width, Math.max(0, now.x));
    now.y = Math.min(full.height - now.height, Math.max(0, now.y));
    map.setAttribute("viewBox", [now.x, now.y, now.width, now.height].join(" "));
    var scale = now.width / full.width * grown; // marks and names keep their size
    marks.forEach(function (mark) { mark.node.setAttribute("transform", "translate(" + mark.x + " " + mark.y + ") scale(" + scale + ")"); });
    names.forEach(function (name) {
      name.node.setAttribute("transform", "translate(" + name.x + " " + name.y + ") scale(" + scale + ") translate(" + -name.x + " " + -name.y + ")");
    });
  }

  function at(factor, x, y) {
    var before = now.width;
    now.width *= factor;
    now.width = Math.min(full.width, Math.max(full.width / MOST, now.width));
    now.x = x - (x - now.x) * now.width / before;
    now.y = y - (y - now.y) * now.width / before;
    show();
  }

  function middle(factor) { at(factor, now.x + now.width / 2, now.y + now.height / 2); }

  function place(event) {
    var box = map.getBoundingClientRect();
    return { x: now.x + (event.clientX - box.left) / box.width * now.width, y: now.y + (event.clientY - box.top) / box.height * now.height };
  }

  var marks = Array.prototype.map.call(map.querySelectorAll("g[data-x]"), function (node) {
    return { node: node, x: Number(node.dataset.x), y: Number(node.dataset.y) };
  });
  var names = Array.prototype.map.call(map.querySelectorAll("text[data-x]"), function (node) {
    return { node: node, x: Number(node.dataset.x), y: Number(node.dataset.y) };
  });

  var ways = { "in": function () { middle(0.6); }, out: function () { middle(1 / 0.6); }, whole: function () { now = Object.assign({}, full); show(); } };
  document.querySelectorAll("[data-zoom]").forEach(function (button) { button.addEventListener("click", ways[button.dataset.zoom]); });

  var frame = map.closest(".map-frame");
  if (grown > 1) { show(); }
  frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2; // on a narrow screen the middle is seen first
  frame.addEventListener("keydown", function (event) {
    var step = now.width / 8;
    var keys = {
      "+": ways["in"], "=": ways["in"], "-": ways.out, "0": ways.whole,
      ArrowLeft: function () { now.x -= step; show(); }, ArrowRight: function () { now.x += step; show(); },
      ArrowUp: function () { now.y -= step; show(); }, ArrowDown: function () { now.y += step; show(); }
    };
    var moves = event.key.indexOf("Arrow") === 0;
    if (event.target !== frame || event.ctrlKey || event.altKey || event.metaKey || !keys[event.key]) { return; }
    if (moves && now.width === full.width) { return; } // the whole picture: the arrows scroll the page
    event.preventDefault();
    keys[event.key]();
  });
  map.addEventListener("wheel", function (event) {
    if (!event.ctrlKey) { return; } // without Ctrl the wheel scrolls the page
    event.preventDefault();
    var point = place(event);
    at(event.deltaY < 0 ? 0.8 : 1.25, point.x, point.y);
  }, { passive: false });

  var held = null;
  var moved = false;
  map.addEventListener("pointerdown", function (event) {
    if (now.width === full.width || event.button !== 0) { return; }
    held = { x: event.clientX, y: event.clientY };
    moved = false;
  });
  window.addEventListener("pointermove", function (event) {
    if (!held) { return; }
    var box = map.getBoundingClientRect();
    var x = event.clientX - held.x, y = event.clientY - held.y;
    if (!moved && Math.abs(x) + Math.abs(y) < 5) { return; }
    moved = true;
    map.classList.add("held");
    now.x -= x / box.width * now.width;
    now.y -= y / box.height * now.height;
    held = { x: event.clientX, y: event.clientY };
    show();
  });
  window.addEventListener("pointerup", function () { held = null; map.classList.remove("held"); });
  map.addEventListener("click", function (event) { if (moved) { event.preventDefault(); moved = false; } }, true);
  map.addEventListener("dragstart", function (event) { event.preventDefault(); });
})();
