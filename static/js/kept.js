// What is typed into a marked form (data-kept) stays in this browser until the server has it: for the account that typed
// it, for a day at most, and unreadable without signing in to that account again (docs/decisions.md).
(function () {
  "use strict";
  var PREFIX = "nenep.typed.", DAY = 24 * 3600 * 1000, AGAIN = 10000;
  // Without a secure connection nothing can be made unreadable: then it lasts only as long as this tab.
  var subtle = window.isSecureContext && window.crypto && window.crypto.subtle;
  var waiting = [];

  function store() {
    try { return subtle ? window.localStorage : window.sessionStorage; } catch (refused) { return null; }
  }

  function each(found, act) { Array.prototype.slice.call(found).forEach(act); }
  function nameOf(form) { return PREFIX + form.getAttribute("data-keeper") + "." + form.getAttribute("data-kept"); }
  function texts(form) { return form.querySelectorAll("textarea, input[type=text]"); }
  function plain(text) { return text.replace(/\r\n/g, "\n"); }

  function typed(form) {
    var fields = {};
    each(texts(form), function (field) { if (field.name) { fields[field.name] = plain(field.value); } });
    return fields;
  }

  function keyOf(form) {
    var digits = form.getAttribute("data-keeper-key").match(/../g);
    var bytes = new Uint8Array(digits.map(function (pair) { return parseInt(pair, 16); }));
    return subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  function sealed(form, text) {
    if (!subtle) { return Promise.resolve(text); }
    var start = window.crypto.getRandomValues(new Uint8Array(12));
    return keyOf(form).then(function (key) {
      return subtle.encrypt({ name: "AES-GCM", iv: start }, key, new TextEncoder().encode(text));
    }).then(function (cipher) {
      var all = Array.from(start).concat(Array.from(new Uint8Array(cipher)));
      return window.btoa(all.map(function (byte) { return String.fromCharCode(byte); }).join(""));
    });
  }

  function opened(form, body) {
    if (!subtle) { return Promise.resolve(body); }
    var all = Uint8Array.from(window.atob(body), function (letter) { return letter.charCodeAt(0); });
    return keyOf(form).then(function (key) {
      return subtle.decrypt({ name: "AES-GCM", iv: all.slice(0, 12) }, key, all.slice(12));
    }).then(function (text) { return new TextDecoder().decode(text); });
  }

  // One sealing at a time; what is typed meanwhile is sealed next.
  function keep(form) {
    var place = store();
    if (!place) { return; }
    if (form.isBeingKept) { form.isKeptAgain = true; return; }
    form.isBeingKept = true;
    var revision = form.elements.revision ? form.elements.revision.value : "";
    sealed(form, JSON.stringify({ revision: revision, fields: typed(form) })).then(function (body) {
      if (!form.isAcknowledged) { place.setItem(nameOf(form), JSON.stringify({ at: Date.now(), body: body })); }
    }).catch(function () { /* full or refused: typing goes on as without this script */ }).then(function () {
      form.isBeingKept = false;
      if (form.isKeptAgain) { form.isKeptAgain = false; keep(form); }
    });
  }

  function forget(form) {
    form.isAcknowledged = true;
    if (store()) { store().removeItem(nameOf(form)); }
  }

  function tidy(all) {
    [window.localStorage, window.sessionStorage].forEach(function (place) {
      Object.keys(place).forEach(function (name) {
        if (name.indexOf(PREFIX) !== 0) { return; }
        var at = 0;
        try { at = JSON.parse(place.getItem(name)).at; } catch (broken) { /* goes */ }
        if (all || !(Date.now() - at < DAY)) { place.removeItem(name); }
      });
    });
  }

  function two(number) { return (number < 10 ? "0" : "") + number; }
  function moment(at) {
    var then = new Date(at);
    return two(then.getHours()) + ":" + two(then.getMinutes()) + " ngày " + two(then.getDate()) + "/" + two(then.getMonth() + 1);
  }

  // A form that comes onto the page: what was typed into it and never reached the server comes back, for all to see.
  function wake(form) {
    if (form.isAwake || !store()) { return; }
    form.isAwake = true;
    var kept = store().getItem(nameOf(form));
    if (!kept) { return; }
    kept = JSON.parse(kept);
    opened(form, kept.body).then(function (text) {
      var entry = JSON.parse(text), served = typed(form), differs = false;
      each(texts(form), function (field) {
        if (field.name in entry.fields && entry.fields[field.name] !== served[field.name]) { differs = true; }
      });
      if (differs) { restore(form, entry, served, kept.at); }
      else if (!document.querySelector("[role=alert], .error-summary")) { store().removeItem(nameOf(form)); }
    }).catch(function () { store().removeItem(nameOf(form)); });
  }

  function fill(form, fields, revision) {
    each(texts(form), function (field) { if (field.name in fields) { field.value = fields[field.name]; } });
    if (form.elements.revision) { form.elements.revision.value = revision; }
  }

  function restore(form, entry, served, at) {
    var revision = form.elements.revision ? form.elements.revision.value : "";
    fill(form, entry.fields, entry.revision); // with the revision it was typed on: a newer text of others is not lost
    var note = document.createElement("div"), words = document.createElement("p"), drop = document.createElement("button");
    note.className = "note kept-note";
    note.setAttribute("role", "status");
    words.textContent = "Đã khôi phục chữ chưa lưu lúc " + moment(at) + ". Đồng chí xem lại rồi lưu.";
    drop.type = "button";
    drop.className = "btn btn-small";
    drop.textContent = "Bỏ";
    drop.setAttribute("aria-label", "Bỏ chữ vừa khôi phục");
    drop.addEventListener("click", function () {
      fill(form, served, revision);
      store().removeItem(nameOf(form));
      note.remove();
    });
    note.appendChild(words);
    note.appendChild(drop);
    form.insertBefore(note, form.firstChild);
  }

  function say(form, sentence) {
    var place = form.querySelector(".kept-said");
    if (!place) {
      place = document.createElement("p");
      place.className = "field-error kept-said";
      place.setAttribute("role", "status");
      var beside = form.lastTyped && form.contains(form.lastTyped) ? form.lastTyped : texts(form)[0];
      if (beside) { beside.insertAdjacentElement("afterend", place); } else { form.appendChild(place); }
    }
    if (place.textContent !== sentence) { place.textContent = sentence; }
  }

  function unsay(place) { each(place.querySelectorAll(".kept-said"), function (said) { said.remove(); }); }

  function notSent(form, again) {
    keep(form);
    say(form, "Chưa gửi được vì mất mạng. Chữ đã gõ còn giữ trên máy này; có mạng lại thì phần mềm tự gửi.");
    sendLater(form, again);
  }

  // A tap, which has no typing to keep: the choice of a row is sent again by itself, a button is pressed again.
  function notHeard(place) {
    if (place.matches("form")) {
      say(place, "Chưa gửi được vì mất mạng. Có mạng lại, đồng chí bấm lần nữa.");
    } else {
      say(place, "Chưa gửi được vì mất mạng. Có mạng lại thì phần mềm tự gửi.");
      sendLater(place, function () { window.htmx.trigger(place, "change"); });
    }
  }

  function sendLater(form, again) {
    waiting = waiting.filter(function (one) { return one.form !== form; });
    waiting.push({ form: form, again: again });
    window.setTimeout(sendWaiting, AGAIN);
  }

  function sendWaiting() {
    var now = waiting;
    waiting = [];
    now.forEach(function (one) { if (document.contains(one.form)) { one.again(); } });
  }

  function send(form, button) {
    var sent = JSON.stringify(typed(form)), data = new FormData(form);
    var address = form.getAttribute("action") || window.location.href;
    if (button && button.name) { data.append(button.name, button.value); }
    form.isSending = true;
    window.fetch(address, { method: "POST", body: data, headers: { "X-Kept": "1" } }).then(function (answer) {
      form.isSending = false;
      var onward = answer.headers.get("X-Kept-Onward");
      if (answer.status === 204 && onward) {
        if (JSON.stringify(typed(form)) === sent) { forget(form); }
        leave(onward);
      } else if (answer.status === 401) {
        askToSignIn(form);
      } else if (answer.status === 413) {
        tooLong(form);
      } else if (answer.status >= 500) {
        notSent(form, function () { send(form, button); });
      } else {
        sendPlainly(form, button); // not saved: the page that says why is shown
      }
    }, function () {
      form.isSending = false;
      notSent(form, function () { send(form, button); });
    });
  }

  function leave(address) {
    var there = new URL(address, window.location.href), here = window.location;
    if (there.pathname + there.search === here.pathname + here.search) {
      window.location.hash = there.hash;
      window.location.reload();
    } else { window.location.assign(there); }
  }

  function sendPlainly(form, button) {
    if (button && button.name) {
      var field = document.createElement("input");
      field.type = "hidden";
      field.name = button.name;
      field.value = button.value;
      form.appendChild(field);
    }
    HTMLFormElement.prototype.submit.call(form);
  }

  function tooLong(form) {
    say(form, "Chưa lưu được vì phần chữ gửi lên dài quá. Đồng chí rút ngắn rồi lưu lại; văn bản dài thì đính kèm bằng tệp.");
  }

  function askToSignIn(form) {
    keep(form);
    say(form, "Đồng chí cần đăng nhập lại. Chữ đã gõ còn giữ trên máy này. ");
    var link = document.createElement("a");
    link.href = "/accounts/login/?next=" + encodeURIComponent(window.location.pathname + window.location.search);
    link.textContent = "Đăng nhập rồi trở lại đây";
    form.querySelector(".kept-said").appendChild(link);
  }

  function keptForm(target) { return target && target.closest ? target.closest("form[data-kept]") : null; }

  document.addEventListener("input", function (event) {
    var form = keptForm(event.target);
    if (!form || !event.target.matches("textarea, input[type=text]")) { return; }
    form.lastTyped = event.target;
    form.isAcknowledged = false;
    keep(form);
  });
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (/\/accounts\/logout\/$/.test(form.getAttribute("action") || "")) { tidy(true); return; }
    if (!form.hasAttribute("data-kept") || form.hasAttribute("hx-post") || !window.fetch) { return; }
    event.preventDefault();
    if (!form.isSending) { send(form, event.submitter); }
  }, true);
  // The page of another address answers when somebody must prove first who they are, or comes too late: nothing was saved.
  function isElsewhere(detail) {
    return !!detail.xhr.responseURL && new URL(detail.xhr.responseURL).pathname !== detail.pathInfo.requestPath;
  }

  document.addEventListener("htmx:beforeSwap", function (event) {
    if (keptForm(event.detail.requestConfig.elt) && isElsewhere(event.detail)) { event.detail.shouldSwap = false; }
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    // The form itself is gone when the answer took its place; the request still names it.
    var request = event.detail.requestConfig, from = (request || event.detail).elt, answer = event.detail.xhr;
    var form = keptForm(from);
    if (!answer) { return; }
    if (!form) {
      var isTap = request && request.verb === "post" && !from.closest("[data-quiet]");
      if (isTap && (answer.status === 0 || answer.status >= 500)) { notHeard(from); } else if (isTap) { unsay(from); }
      return;
    }
    if (answer.status === 0 || answer.status >= 500) {
      notSent(form, function () { window.htmx.trigger(form, "submit"); });
    } else if (answer.getResponseHeader("HX-Redirect") || answer.status === 422) {
      return; // the browser goes there itself; what is wrong stands at the field
    } else if (answer.status === 413) {
      tooLong(form);
    } else if (answer.status >= 400 || isElsewhere(event.detail)) {
      sendPlainly(form, request.triggeringEvent && request.triggeringEvent.submitter); // the whole page says why
    } else {
      forget(form);
    }
  });
  window.addEventListener("online", sendWaiting);

  function wakeAll() { each(document.querySelectorAll("form[data-kept]"), wake); }
  try { tidy(false); } catch (refused) { /* no storage in this browser */ }
  document.addEventListener("DOMContentLoaded", wakeAll);
  document.addEventListener("htmx:afterSwap", wakeAll);
}());
