// Shows changes of the room as they happen. Without it the page is as it was when it was opened.
(function () {
  "use strict";
  var streams = [];

  // Parts may come and go while their stream stays: they are looked up at each event, by the path of the stream.
  function parts() { return Array.prototype.slice.call(document.querySelectorAll("[data-live]")); }
  function path(part) { return part.getAttribute("data-live").split("?")[0]; }
  function word(part) { return part.getAttribute("data-region") || part.getAttribute("data-rings"); }

  function open() {
    if (!window.EventSource || streams.length || document.hidden) { return; }
    var opened = {};
    parts().forEach(function (part) {
      var stream = opened[path(part)];
      if (!stream) {
        stream = opened[path(part)] = { source: new EventSource(part.getAttribute("data-live")), words: {} };
        streams.push(stream.source);
      }
      if (!stream.words[word(part)]) {
        stream.words[word(part)] = true;
        stream.source.addEventListener(word(part), function (event) { show(path(part), word(part), event.data); });
      }
    });
  }

  // A part shows its region; one without a region only says that something changed, for htmx to fetch.
  function show(where, name, data) {
    parts().forEach(function (part) {
      if (path(part) !== where || word(part) !== name) { return; }
      var was = part.shown === undefined ? part.getAttribute("data-was") : part.shown;
      if (was === data) { return; }
      part.shown = data;
      if (part.getAttribute("data-region")) {
        part.innerHTML = data;
      } else {
        part.dispatchEvent(new CustomEvent("rung"));
      }
    });
    tick();
  }

  function close() {
    streams.forEach(function (stream) { stream.close(); });
    streams = [];
  }

  // What somebody has opened stays open when the part around it is drawn anew.
  var kept = [];
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (!event.detail.target.matches("[data-rings]")) { return; }
    kept = Array.prototype.map.call(event.detail.target.querySelectorAll("details[id][open]"), function (part) { return part.id; });
  });
  document.addEventListener("htmx:afterSwap", function () {
    kept.forEach(function (id) { var part = document.getElementById(id); if (part) { part.open = true; } });
    kept = [];
    tick();
  });

  // How long the present part still has and how long somebody has spoken, from the server's times.
  function tick() {
    write("data-until", function (past) { return past <= 0 ? ", còn " + -past + " phút" : ", quá " + past + " phút"; }, Math.round);
    write("data-since", function (past) { return ", đã " + Math.max(0, past) + " phút"; }, Math.floor);
  }

  function write(name, words, whole) {
    var clocks = document.querySelectorAll("[" + name + "]");
    for (var i = 0; i < clocks.length; i += 1) {
      var said = words(whole((new Date() - new Date(clocks[i].getAttribute(name))) / 60000));
      if (clocks[i].textContent !== said) { clocks[i].textContent = said; }
    }
  }

  // A hidden page keeps no connection; when it is looked at again it begins with the present state.
  document.addEventListener("visibilitychange", function () { if (document.hidden) { close(); } else { open(); } });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  open();
  tick();
  window.setInterval(tick, 10000);
}());
