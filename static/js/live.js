// Shows changes of the room as they happen. Without it the page is as it was when it was opened.
(function () {
  "use strict";
  var parts = document.querySelectorAll("[data-live]");
  var streams = [];

  function open() {
    if (!window.EventSource || streams.length || document.hidden) { return; }
    var addresses = {};
    for (var i = 0; i < parts.length; i += 1) { addresses[parts[i].getAttribute("data-live")] = true; }
    Object.keys(addresses).forEach(function (address) {
      var stream = new EventSource(address);
      streams.push(stream);
      for (var j = 0; j < parts.length; j += 1) {
        if (parts[j].getAttribute("data-live") === address) { follow(stream, parts[j]); }
      }
    });
  }

  // A part shows its region; one without a region only says that something changed, for htmx to fetch.
  function follow(stream, part) {
    var region = part.getAttribute("data-region");
    stream.addEventListener(region || part.getAttribute("data-rings"), function (event) {
      if (region) { part.innerHTML = event.data; } else { part.dispatchEvent(new CustomEvent("rung")); }
      tick();
    });
  }

  function close() {
    streams.forEach(function (stream) { stream.close(); });
    streams = [];
  }

  // How long the present part still has, from the server's times.
  function tick() {
    var clocks = document.querySelectorAll("[data-until]");
    for (var i = 0; i < clocks.length; i += 1) {
      var left = Math.round((new Date(clocks[i].getAttribute("data-until")) - new Date()) / 60000);
      var words = left >= 0 ? ", còn " + left + " phút" : ", quá " + -left + " phút";
      if (clocks[i].textContent !== words) { clocks[i].textContent = words; }
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
