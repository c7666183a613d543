{% autoescape off %}// The worker of /mes-heures/: opens an anonymous page without a network, and sends what was kept.
// It keeps static files and that one page, fetched without cookies. No page of a person ever.
import { flush } from "{{ outbox }}";

const CACHE = "ct-hours-{{ version }}";
const SHELL = "{% url 'projects:offline_hours' %}";
const SEND = "{% url 'projects:sync' %}";
const KEPT = new Set([{% for address in kept %}
  "{{ address }}",{% endfor %}
]);
// A bar of network that leads nowhere: after that long, the kept page opens.
const PATIENCE = 10000;

addEventListener("install", (event) => {
  const requests = [...KEPT].map((address) => new Request(address));
  requests.push(new Request(SHELL, { credentials: "omit", cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("ct-hours-") && name !== CACHE;
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => clients.claim()),
  );
});

async function opened(request) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([fetch(request).catch(() => undefined), late]);
  return answer ?? (await caches.match(SHELL)) ?? Response.error();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const address = new URL(request.url);
  if (request.mode === "navigate") event.respondWith(opened(request));
  else if (address.origin === location.origin && KEPT.has(address.pathname))
    event.respondWith(caches.match(address.pathname).then((found) => found ?? fetch(request)));
});

// Where the browser has it: the network is back, even with the page closed.
addEventListener("sync", (event) => {
  if (event.tag !== "ct-hours") return;
  event.waitUntil(flush(SEND).then((done) => {
    if (done.state === "offline") throw new Error("still offline");
  }));
});
{% endautoescape %}
