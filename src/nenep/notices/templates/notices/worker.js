// Shows one sentence when a push comes, and opens the inbox. Keeps no page and no words: the push itself is empty.
"use strict";

self.addEventListener("push", function (event) {
  event.waitUntil(self.registration.showNotification("Nền nếp", {
    body: "Có thông báo mới trong Nền nếp",
    tag: "nenep",
    lang: "vi"
  }));
});

self.addEventListener("notificationclick", function (event) {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("{% url 'notices:list' %}"));
});
