// Hours kept on the phone until the site has them. No page here: the worker of the browser uses it too.
// Every entry carries the key the site will know it by (sent twice, it is one) and its owner: on a shared
// phone, what one noted never leaves under the session of another.

const NAME = "ct-hours";
const AT_ONCE = 20;
const talk = globalThis.BroadcastChannel ? new BroadcastChannel(NAME) : null;

export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// --- the store: "entries" by key, and "kept" (whose phone it is now, and the choices of that person)

let opening;
function store() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("entries", { keyPath: "key" });
      asked.result.createObjectStore("kept");
    };
    asked.onsuccess = () => {
      // Another tab empties the store: let it.
      asked.result.onversionchange = () => { asked.result.close(); opening = undefined; };
      resolve(asked.result);
    };
    asked.onerror = () => { opening = undefined; reject(asked.error); };
  });
  return opening;
}

async function ask(name, mode, act) {
  const base = await store();
  return new Promise((resolve, reject) => {
    const work = base.transaction(name, mode);
    const asked = act(work.objectStore(name));
    work.oncomplete = () => resolve(asked?.result);
    work.onabort = work.onerror = () => reject(work.error);
  });
}

export const every = () => ask("entries", "readonly", (entries) => entries.getAll());
export const kept = (name) => ask("kept", "readonly", (found) => found.get(name));
export const keep = (name, value) => ask("kept", "readwrite", (found) => { found.put(value, name); });

const changed = (done = {}) => talk?.postMessage(done);

export async function add(...list) {
  await ask("entries", "readwrite", (entries) => { list.forEach((one) => entries.put(one)); });
  changed();
}

export async function remove(...keys) {
  await ask("entries", "readwrite", (entries) => { keys.forEach((key) => entries.delete(key)); });
  changed();
}

export const of = async (owner) =>
  (await every()).filter((one) => one.owner === owner).sort((a, b) => a.saved_at - b.saved_at);

// Somebody is in: the choices of whoever was there before leave the phone; what they did not send waits.
export async function belongsTo(owner) {
  if ((await kept("owner")) === owner) return;
  await ask("kept", "readwrite", (found) => { found.clear(); found.put(owner, "owner"); });
}

// Signing out: nothing of that person stays. What another has not sent is theirs, and waits for them.
export async function forget(owner) {
  await ask("kept", "readwrite", (found) => { found.clear(); });
  const left = await every();
  await remove(...left.filter((one) => one.owner === owner).map((one) => one.key));
  if (left.some((one) => one.owner !== owner)) return;
  const base = await store();
  base.close();
  opening = undefined;
  await new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(NAME);
    asked.onsuccess = asked.onerror = asked.onblocked = resolve;
  });
}

// --- sending

const options = { credentials: "same-origin", redirect: "manual", cache: "no-store" };

// Whose session this is, and its token: {owner, token}, or {state} when nobody can send.
async function session(address) {
  const answer = await fetch(address, options);
  if (answer.type === "opaqueredirect") return { state: "signed_out" };
  if (answer.status === 403) return { state: "other" };
  return answer.ok ? answer.json() : { state: "failed" };
}

const today = () => {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
};

async function post(address, who, entries) {
  const answer = await fetch(address, {
    ...options,
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": who.token },
    body: JSON.stringify({
      owner: who.owner,
      now: Date.now(),
      today: today(),
      entries: entries.map(({ key, day, minutes, work, starts_at }) => ({ key, day, minutes, work, starts_at })),
    }),
  });
  if (answer.type === "opaqueredirect") return { state: "signed_out" };
  if (answer.status === 403) return { state: "token" };
  if (answer.status === 409) return { state: "other" };
  return answer.ok ? answer.json() : { state: "failed" };
}

async function settle(sent, answer, done) {
  const told = new Map(answer.entries.map((one) => [one.key, one]));
  const gone = [];
  for (const entry of sent) {
    const one = told.get(entry.key);
    if (!one) continue;
    if (one.verdict === "refused") await ask("entries", "readwrite", (all) => { all.put({ ...entry, sentence: one.sentence }); });
    else { gone.push(entry.key); done.noted.push(one.sentence); }
  }
  await ask("entries", "readwrite", (all) => { gone.forEach((key) => all.delete(key)); });
  if (gone.length) await keep("noted_at", Date.now());
  done.refused += sent.length - gone.length;
  done.warnings.push(...answer.warnings);
  done.clock = answer.clock || done.clock;
}

async function send(address, given) {
  const done = { state: "sent", noted: [], warnings: [], refused: 0, clock: "" };
  const waiting = (await every()).filter((one) => !one.sentence).sort((a, b) => a.saved_at - b.saved_at);
  if (!waiting.length) return { ...done, state: "empty" };
  let who = given?.token ? given : await session(address);
  for (let again = 0; !who.state && again < 2; again += 1) {
    const mine = waiting.filter((one) => one.owner === who.owner);
    if (!mine.length) return { ...done, state: "other" };
    let answer;
    while (mine.length) {
      const some = mine.slice(0, AT_ONCE);
      answer = await post(address, who, some);
      if (answer.state) break;
      await settle(some, answer, done);
      mine.splice(0, some.length);
    }
    if (answer.state !== "token") return { ...done, state: answer.state ?? "sent" };
    who = await session(address);
  }
  return { ...done, state: who.state ?? "failed" };
}

// Sends what waits, one tab at a time. `given`: {owner, token} where a page knows them already.
export async function flush(address, given) {
  const attempt = () => send(address, given).catch((error) => {
    if (error instanceof TypeError) return { state: "offline", noted: [], warnings: [], refused: 0, clock: "" };
    throw error;
  });
  const done = await (globalThis.navigator?.locks ? navigator.locks.request(NAME, attempt) : attempt());
  if (done.noted.length || done.refused) changed(done);
  return done;
}

export const onChange = (told) => talk?.addEventListener("message", (event) => told(event.data));
