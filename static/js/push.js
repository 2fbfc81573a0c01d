// "Bật báo trên máy này": asks the browser, then sends the form with the address where it wants to be told.
(function () {
  "use strict";
  var form = document.querySelector("form[data-push-key]");
  if (!form) { return; }
  var said = form.querySelector("[data-push-said]");
  var can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

  function bytes(key) {
    var text = window.atob(key.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(text, function (sign) { return sign.charCodeAt(0); });
  }

  function subscribe(registration) {
    return registration.pushManager.getSubscription().then(function (old) {
      // A subscription made with another key would be refused by its service.
      return old ? old.unsubscribe() : null;
    }).then(function () {
      return registration.pushManager.subscribe({
        userVisibleOnly: true, applicationServerKey: bytes(form.getAttribute("data-push-key"))
      });
    });
  }

  if (!can) { said.hidden = false; form.querySelector("button").hidden = true; return; }
  form.addEventListener("submit", function (event) {
    if (form.elements.endpoint.value) { return; }
    event.preventDefault();
    Notification.requestPermission().then(function (answer) {
      // Without permission the empty form is sent, and the page says what to do.
      if (answer !== "granted") { return null; }
      return navigator.serviceWorker.register(form.getAttribute("data-push-worker"), { scope: "/" }).then(function () {
        return navigator.serviceWorker.ready;
      }).then(subscribe);
    }).then(function (subscription) {
      form.elements.endpoint.value = subscription ? subscription.endpoint : "";
      form.submit();
    }).catch(function () { said.hidden = false; });
  });
})();
