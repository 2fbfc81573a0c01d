// Small comforts; every page works without them.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("has-js");

  function each(scope, selector, act) {
    var found = scope.querySelectorAll(selector);
    for (var i = 0; i < found.length; i += 1) { act(found[i]); }
  }

  // Typing that was not sent: the browser itself asks before the page goes away.
  var unsent = new Set();
  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (form && form.method === "post" && !form.hasAttribute("data-no-warning")) { unsent.add(form); }
  });
  document.addEventListener("submit", function (event) { unsent.delete(event.target); });
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.target.closest ? event.target.closest("form") : null;
    if (form && event.detail && event.detail.successful) { unsent.delete(form); }
  });
  window.addEventListener("beforeunload", function (event) {
    unsent.forEach(function (form) { if (!document.contains(form)) { unsent.delete(form); } });
    if (unsent.size) { event.preventDefault(); event.returnValue = ""; }
  });

  // A page that says what is wrong takes the address of the form it answers: coming Back to it, or loading it again,
  // is then a plain visit, and the browser does not ask to send the form once more. What it holds is not sent yet.
  function answer() {
    var visit = window.performance.getEntriesByType("navigation")[0];
    if (!visit || visit.responseStatus !== 422) { return; }
    if (document.referrer.indexOf(location.origin + "/") === 0) {
      window.history.replaceState(window.history.state, "", document.referrer);
    }
    each(document, "form[method=post] .is-invalid, form[method=post] [aria-invalid=true]", function (field) {
      unsent.add(field.form);
    });
  }

  // A second tap on a slow network must not send twice.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.hasAttribute("hx-post") || form.method !== "post") { return; }
    if (form.hasAttribute("data-sent")) { event.preventDefault(); return; }
    form.setAttribute("data-sent", "");
    window.setTimeout(function () { form.removeAttribute("data-sent"); }, 8000);
  });
  window.addEventListener("pageshow", function () {
    each(document, "form[data-sent]", function (form) { form.removeAttribute("data-sent"); });
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("[data-print], [data-copy-target]") : null;
    if (!button) { return; }
    if (button.hasAttribute("data-print")) { window.print(); return; }
    copy(document.querySelector(button.getAttribute("data-copy-target")), button);
  });

  function copy(source, button) {
    if (!source) { return; }
    var text = "value" in source ? source.value : source.textContent.trim();
    var said = function () { say(button, button.getAttribute("data-copied")); };
    if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(text).then(said); return; }
    var area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.className = "visually-hidden";
    document.body.appendChild(area);
    area.select();
    if (document.execCommand("copy")) { said(); }
    area.remove();
    button.focus();
  }

  function say(button, words) {
    if (!words) { return; }
    var place = button.parentNode.querySelector("[data-copy-said]");
    if (!place) {
      place = document.createElement("span");
      place.setAttribute("role", "status");
      place.setAttribute("data-copy-said", "");
      place.className = "state state-done";
      button.insertAdjacentElement("afterend", place);
    }
    place.textContent = words;
  }

  // "Hoàn tác" counts down in words and then leaves.
  function countDown(place) {
    var left = parseInt(place.getAttribute("data-undo-seconds"), 10);
    var shown = place.querySelector("[data-undo-left]");
    var timer = window.setInterval(function () {
      left -= 1;
      if (shown) { shown.textContent = String(left); }
      if (left <= 0) { window.clearInterval(timer); place.remove(); }
    }, 1000);
  }

  function wake(scope) {
    each(scope, "[data-undo-seconds]", countDown);
    each(scope, ".error-summary", function (summary) { summary.focus(); });
  }

  // Esc, or a tap elsewhere, closes what opened over the page.
  document.addEventListener("click", function (event) {
    each(document, "details[data-closes][open]", function (details) {
      if (!details.contains(event.target)) { details.open = false; }
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    each(document, "details[data-closes][open]", function (details) {
      details.open = false;
      details.querySelector("summary").focus();
    });
  });

  document.addEventListener("DOMContentLoaded", function () { answer(); wake(document); });
  document.addEventListener("htmx:afterSwap", function (event) { wake(event.detail.target || document); });
}());
