// What is kept on the phone, shown: a row an entry, cloned from the page's own <template>.

const NBSP = "\u00a0";

export function duration(minutes) {
  const hours = Math.floor(minutes / 60), rest = minutes % 60;
  if (!hours) return `${rest}${NBSP}min`;
  return rest ? `${hours}${NBSP}h${NBSP}${String(rest).padStart(2, "0")}` : `${hours}${NBSP}h`;
}

// "2 h 45", "2h45", "2:45", "2,5", "45 min": whole minutes, or null. The site reads the same.
export function minutesOf(text) {
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
export const startOf = (text) => (text ? Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5)) : null);

const dayWords = new Intl.DateTimeFormat("fr-FR", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
export const dayName = (day) => {
  const words = dayWords.format(new Date(`${day}T12:00:00Z`));
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function row(template, entry) {
  const item = template.content.firstElementChild.cloneNode(true);
  const part = (name) => item.querySelector(`[data-ct-${name}]`);
  item.dataset.key = entry.key;
  const said = `${dayName(entry.day)} : ${duration(entry.minutes)}`;
  part("what").textContent = said;
  part("work").textContent = entry.label;
  part("waits").hidden = Boolean(entry.sentence);
  part("refused").hidden = part("mend").hidden = !entry.sentence;
  part("why").textContent = entry.sentence ?? "";
  part("of").textContent = ` : ${said}`;
  part("day").value = entry.day;
  part("time").value = duration(entry.minutes);
  for (const [number, label] of part("mend").querySelectorAll("label").entries()) {
    const field = label.parentElement.querySelector("input");
    label.htmlFor = field.id = `${entry.key}-${number}`;
  }
  return item;
}

// `root` is [data-ct-outbox]; an open correction is left alone while somebody types in it.
export function show(root, entries) {
  const list = root.querySelector("[data-ct-list]");
  const typing = list.contains(document.activeElement) && document.activeElement.closest("[data-key]");
  const rows = entries.map((entry) =>
    typing && typing.dataset.key === entry.key && entry.sentence ? typing : row(root.querySelector("[data-ct-row]"), entry));
  list.replaceChildren(...rows);
  root.querySelector("[data-ct-count]").textContent = entries.length;
  root.querySelector("[data-ct-pending]").hidden = !entries.length;
}

// The days of the strip that hold something not sent yet.
export function markDays(root, entries) {
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
export function tell(root, tone, sentences) {
  const place = root.querySelector("[data-ct-said]");
  for (const sentence of sentences) {
    const note = root.querySelector(`[data-ct-say=${tone}]`).content.firstElementChild.cloneNode(true);
    note.querySelector("p").textContent = sentence;
    place.append(note);
  }
}
