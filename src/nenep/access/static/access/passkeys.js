// Joins the one passkey button of a page to allauth's script, without anything inline.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var button = document.getElementById("passkey-button");
  if (!button || !window.allauth || !window.allauth.webauthn) { return; }
  var act = window.allauth.webauthn.forms[button.getAttribute("data-passkey")];
  var ids = {
    login: button.id,
    add: button.id,
    authenticate: button.id,
    credential: button.getAttribute("data-passkey-credential"),
    passwordless: button.getAttribute("data-passkey-passwordless")
  };
  if (document.getElementById("passkey-data")) { ids.data = "passkey-data"; }
  if (!window.PublicKeyCredential) { fail(); return; }
  act({ ids: ids });

  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    fail();
  });

  function fail() {
    var words = document.querySelector("[data-passkey-failed]");
    if (words) { words.hidden = false; }
  }
});
