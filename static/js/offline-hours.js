// Mes heures with or without a network: what is noted is first kept on the phone, then sent. Without this
// script, or where the browser keeps nothing, the form is sent as a form.
import { sayOnButtons } from "./hours.js";
import * as outbox from "./outbox.js";

const root = document.querySelector("[data-ct-outbox]");
const { send, page, worker } = root.dataset;
const isShell = !root.dataset.owner;
let owner = isShell ? undefined : Number(root.dataset.owner);
let state = "";
let retry;

const part = (name, from = root) => from.querySelector(`[data-ct-${name}]`);
const localDay = (days = 0) => {
  const now = new Date();
  now.setDate(now.getDate() - days);
  return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
};

// --- words

const NBSP = "\u00a0";

function duration(minutes) {
  const hours = Math.floor(minutes / 60), rest = minutes % 60;
  if (!hours) return `${rest}${NBSP}min`;
  return rest ? `${hours}${NBSP}h${NBSP}${String(rest).padStart(2, "0")}` : `${hours}${NBSP}h`;
}

// "2 h 45", "2h45", "2:45", "2,5", "45 min": whole minutes, or null. The site reads the same.
function minutesOf(text) {
  const found = text.trim().match(/^(?:(\d{1,3})\s*[h:]\s*(\d{1,2})?|(\d{1,3}(?:[.,]\d{1,2})?)\s*h?|(\d{1,4})\s*(?:min|mn|m))$/i);
  if (!found) return null;
  if (found[1] !== undefined) {
    const rest = Number(found[2] ?? 0);
    return rest < 60 ? Number(found[1]) * 60 + rest : null;
  }
  if (found[4] !== undefined) return Number(found[4]);
  const minutes = Number(found[3].replace(",", ".")) * 60;
  return Math.abs(minutes - Math.round(minutes)) < 1e-6 ? Math.round(minutes) : null;
}

// Minutes since midnight of "09:30", or null.
const startOf = (text) => (text ? Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5)) : null);

const dayWords = new Intl.DateTimeFormat("fr-FR", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
const dayName = (day) => {
  const words = dayWords.format(new Date(`${day}T12:00:00Z`));
  return words.charAt(0).toUpperCase() + words.slice(1);
};

// A row an entry, cloned from the page's own <template>.
function row(template, entry) {
  const item = template.content.firstElementChild.cloneNode(true);
  const part = (name) => item.querySelector(`[data-ct-${name}]`);
  item.dataset.key = entry.key;
  const said = `${dayName(entry.day)}${NBSP}: ${duration(entry.minutes)}`;
  part("what").textContent = said;
  part("work").textContent = entry.label;
  part("waits").hidden = Boolean(entry.sentence);
  part("refused").hidden = part("mend").hidden = !entry.sentence;
  part("why").textContent = entry.sentence ?? "";
  part("of").textContent = `${NBSP}: ${said}`;
  part("day").value = entry.day;
  part("time").value = duration(entry.minutes);
  for (const [number, label] of part("mend").querySelectorAll("label").entries()) {
    const field = label.parentElement.querySelector("input");
    label.htmlFor = field.id = `${entry.key}-${number}`;
  }
  return item;
}

// `root` is [data-ct-outbox]; an open correction is left alone while somebody types in it.
function show(root, entries) {
  const list = root.querySelector("[data-ct-list]");
  const typing = list.contains(document.activeElement) && document.activeElement.closest("[data-key]");
  const rows = entries.map((entry) =>
    typing && typing.dataset.key === entry.key && entry.sentence ? typing : row(root.querySelector("[data-ct-row]"), entry));
  list.replaceChildren(...rows);
  root.querySelector("[data-ct-count]").textContent = entries.length;
  root.querySelector("[data-ct-pending]").hidden = !entries.length;
}

// The days of the strip that hold something not sent yet.
function markDays(root, entries) {
  const sign = root.querySelector("[data-ct-off]");
  for (const cell of document.querySelectorAll(".ct-week a")) {
    cell.querySelector("[data-ct-kept]")?.remove();
    cell.classList.remove("off");
    const day = new URL(cell.href).searchParams.get("jour");
    if (!entries.some((one) => one.day === day)) continue;
    cell.classList.add("off");
    cell.append(sign.content.firstElementChild.cloneNode(true));
  }
}

// Sentences of the site, each in a note of its tone: ok, warn.
function tell(root, tone, sentences) {
  const place = root.querySelector("[data-ct-said]");
  for (const sentence of sentences) {
    const note = root.querySelector(`[data-ct-say=${tone}]`).content.firstElementChild.cloneNode(true);
    note.querySelector("p").textContent = sentence;
    place.append(note);
  }
}

// --- showing

async function render() {
  const entries = owner === undefined ? [] : await outbox.of(owner);
  show(root, entries);
  markDays(root, entries);
  const waiting = entries.some((one) => !one.sentence);
  const offline = !navigator.onLine || state === "offline";
  for (const name of ["signed_out", "other", "failed"]) part(name).hidden = offline || !waiting || state !== name;
  part("offline").hidden = !offline;
  part("send").hidden = !waiting || offline || state === "signed_out" || state === "other";
  root.hidden = false;
  clearTimeout(retry);
  if (waiting && navigator.onLine && ["offline", "failed"].includes(state)) retry = setTimeout(flush, 30000);
}

// The day and its week again, made by the site: one renderer for what is noted.
async function refresh() {
  const live = document.querySelector("[data-ct-live]");
  if (!live) return;
  const answer = await fetch(location.pathname === new URL(page, location).pathname ? location.href : page, {
    headers: { "HX-Request": "true" }, credentials: "same-origin", redirect: "manual", cache: "no-store",
  }).catch(() => undefined);
  if (!answer?.ok) return;
  const held = live.contains(document.activeElement);
  live.replaceChildren(document.createRange().createContextualFragment(await answer.text()));
  sayOnButtons(live);
  remember();
  if (held) part("said").focus();
}

// Of this tab, of another, or of the worker: the same words.
async function told(done) {
  if (done.noted?.length || done.refused) part("said").replaceChildren();
  tell(root, "ok", done.noted ?? []);
  tell(root, "warn", [...new Set([...(done.warnings ?? []), done.clock].filter(Boolean))]);
  if (done.noted?.length) await refresh();
  await render();
  if (isShell) part("back").hidden = !done.noted?.length;
}

async function flush() {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  const done = await outbox.flush(send, isShell ? undefined : { owner, token });
  state = done.state;
  await told(done);
}

// --- noting

function refuse(form, name) {
  const place = part("wrong", form);
  place.textContent = place.dataset[name];
  place.classList.add("d-block");
  place.focus();
}

// What the form says, or null (and it says why).
function typed(form) {
  const chosen = form.querySelector("[name=minutes]:checked")?.value;
  const other = form.querySelector("[name=other]").value;
  const work = form.querySelector("[name=work]:checked");
  const minutes = chosen && chosen !== "other" ? Number(chosen) : minutesOf(other);
  if (minutes === null) return void refuse(form, other.trim() ? "unread" : "missing");
  if (!work) return void refuse(form, "work");
  const label = form.querySelector(`label[for="${work.id}"]`).textContent.trim();
  return [{
    day: form.querySelector("[name=day]").value || localDay(),
    minutes, work: work.value, label, starts_at: startOf(form.querySelector("[name=starts_at]")?.value),
  }];
}

const again = (form) => [...form.querySelectorAll("[data-minutes]")].map(({ dataset }) => ({
  day: form.querySelector("[name=day]").value || localDay(),
  minutes: Number(dataset.minutes), work: dataset.work, label: dataset.label, starts_at: null,
}));

// A second tap finds an empty form, and notes nothing twice.
function empty(form) {
  if (form.matches("[data-ct-again]")) form.hidden = true;
  for (const input of form.querySelectorAll("[name=minutes]")) input.checked = false;
  for (const input of form.querySelectorAll("[name=other],[name=starts_at]")) input.value = "";
  const key = form.querySelector("[name=client_uuid]");
  if (key) key.value = outbox.uuid();
  form.dispatchEvent(new Event("ct-changed"));
}

async function note(form) {
  const wrong = part("wrong", form);
  wrong?.classList.remove("d-block");
  const lines = form.matches("[data-ct-again]") ? again(form) : typed(form);
  if (!lines) return;
  empty(form);
  const now = Date.now();
  await outbox.add(...lines.map((line, rank) => ({ ...line, key: outbox.uuid(), owner, saved_at: now + rank, sentence: "" })));
  await render();
  await flush();
  // Where the browser can: sent when the network is back, even if the page is closed by then.
  if (!["offline", "failed"].includes(state)) return;
  const held = await navigator.serviceWorker?.getRegistration();
  held?.sync?.register("ct-hours").catch(() => {});
}

async function mend(item) {
  const [was] = (await outbox.of(owner)).filter((one) => one.key === item.dataset.key);
  const minutes = minutesOf(part("time", item).value), day = part("day", item).value;
  if (!was || !day) return;
  if (minutes === null) {
    part("why", item).textContent = part("mend", item).dataset.unread;
    return;
  }
  // A new key: the old one may belong to other hours.
  await outbox.add({ ...was, key: outbox.uuid(), minutes, day, sentence: "" });
  await outbox.remove(was.key);
  part("said").focus();
  await flush();
}

async function drop(item) {
  await outbox.remove(item.dataset.key);
  await render();
  part("said").focus();
}

// --- what the person usually does, for the day without a network

function remember() {
  const works = [...document.querySelectorAll("[data-ct-note] [name=work]")].map((input) => {
    const label = document.querySelector(`label[for="${input.id}"]`);
    return { value: input.value, label: label.textContent.trim(), icon: label.querySelector("use").getAttribute("href").split("#")[1] };
  });
  const last = [...document.querySelectorAll("[data-ct-last] [data-minutes]")].map(({ dataset }) => ({ ...dataset }));
  if (works.length) outbox.keep("choices", { works, last });
}

function tile(choice) {
  const made = part("tile").content.firstElementChild.cloneNode(true);
  const input = made.querySelector("input"), label = made.querySelector("label"), use = made.querySelector("use");
  input.value = choice.value;
  label.htmlFor = input.id = `work-${choice.value}`;
  label.append(choice.label);
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${choice.icon}`));
  return made;
}

async function fillShell() {
  owner = await outbox.kept("owner");
  const choices = await outbox.kept("choices");
  part("nobody").hidden = owner !== undefined;
  const forms = document.querySelector("[data-ct-shell]");
  forms.hidden = owner === undefined;
  for (const field of forms.querySelectorAll("[name=day]")) {
    field.value = localDay();
    if (field.type === "date") field.max = localDay();
  }
  if (!choices) return;
  const works = forms.querySelector(".ct-work");
  const others = choices.works.filter((one) => !works.querySelector(`[value="${one.value}"]`));
  works.prepend(...others.map(tile));
  const last = choices.last ?? [];
  const usual = works.querySelector(`[value="${last[0]?.work}"]`);
  if (usual) usual.checked = true;
  const repeat = forms.querySelector("[data-ct-again]");
  repeat.hidden = !last.length;
  repeat.querySelector("ul").replaceChildren(...last.map((one) => {
    const item = document.createElement("li");
    Object.assign(item.dataset, one);
    item.textContent = `${duration(Number(one.minutes))}, ${one.label}`;
    return item;
  }));
  part("sum", repeat).textContent = duration(last.reduce((sum, one) => sum + Number(one.minutes), 0));
  sayOnButtons(forms);
}

// --- wiring

function listen() {
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-ct-note],[data-ct-again]");
    if (!form) return;
    event.preventDefault();
    note(form);
  });
  root.addEventListener("click", (event) => {
    const item = event.target.closest("[data-key]");
    if (event.target.closest("[data-ct-send]")) flush();
    else if (item && event.target.closest("[data-ct-remove]")) drop(item);
    else if (item && event.target.closest("[data-ct-resend]")) mend(item);
  });
  addEventListener("online", () => { state = ""; flush(); });
  addEventListener("offline", render);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
  outbox.onChange((done) => told(done ?? {}));
}

function install() {
  if (!worker || !navigator.serviceWorker) return;
  const register = () => navigator.serviceWorker.register(worker, { type: "module", updateViaCache: "all" }).catch(() => {});
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
  const offer = part("install", document);
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer.hidden = false;
    offer.querySelector("button").onclick = () => { offer.hidden = true; event.prompt(); };
  });
}

async function start() {
  // A browser that keeps nothing (a private window, long ago): the form stays a form.
  await outbox.every();
  if (isShell) await fillShell();
  else { await outbox.belongsTo(owner); remember(); }
  listen();
  install();
  await render();
  await flush();
  // The worker sent while this page was on its way: what it shows is older than that.
  if (!isShell && (await outbox.kept("noted_at")) > performance.timeOrigin) await refresh();
  root.dataset.ready = "";
}
start();
