// Reads the page aloud: <button hidden data-ct-listen data-stop="Arrêter"> shows itself when the
// browser has a French voice. One sentence-like block at a time: phones cut long speeches short.

const BLOCKS = "h1,h2,h3,h4,p,li,dt,dd,th,td,caption,summary,figcaption,blockquote,label,legend,a.btn,button";
const SKIPPED = "details:not([open])>:not(summary),script,style,svg,[hidden],[aria-hidden=true],[data-ct-silent],nav,form input,select,textarea";

// "249,52 €" is said "249 euros 52", "43 h 30" "43 heures 30".
export function spoken(text) {
  const digits = (part) => part.replace(/[\s\u00a0\u202f]/g, "");
  return text
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/−\s*(?=\d)/g, "moins ")
    .replace(/(\d[\d ]*),00\s*€/g, (_, whole) => `${digits(whole)} euros`)
    .replace(/(\d[\d ]*),(\d\d)\s*€/g, (_, whole, cents) => `${digits(whole)} euros ${cents}`)
    .replace(/(\d[\d ]*)\s*€/g, (_, whole) => `${digits(whole)} euros`)
    .replace(/(\d)\s*h\s*(\d\d)\b/g, "$1 heures $2")
    .replace(/(\d)\s*h\b/g, "$1 heures")
    .replace(/(\d)\s*min\b/g, "$1 minutes")
    .replace(/n°\s*/gi, "numéro ")
    .replace(/(\d)\s*%/g, "$1 pour cent")
    .replace(/\b1er\b/g, "premier")
    .replace(/\s+/g, " ")
    .trim();
}

const isSeen = (node) => !node.closest(SKIPPED) && node.getClientRects().length > 0;

// What a reader meets, in order: the nearest block of each piece of text, each block once.
export function sentences(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  let last = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || !isSeen(node.parentElement)) continue;
    const block = node.parentElement.closest(BLOCKS) ?? root;
    if (block === last) found[found.length - 1] += ` ${node.data}`;
    else found.push(node.data);
    last = block;
  }
  return found.map(spoken).filter((words) => /[\p{L}\d]/u.test(words));
}

const speech = globalThis.speechSynthesis;
const french = () => speech.getVoices().find((voice) => voice.lang.toLowerCase().startsWith("fr"));

function start(button) {
  const label = button.querySelector("[data-ct-listen-label]");
  const words = { start: label.textContent, stop: button.dataset.stop };
  let reading = false;
  const show = (now) => {
    reading = now;
    button.classList.toggle("ct-on", now);
    label.textContent = now ? words.stop : words.start;
  };
  const read = () => {
    const queue = sentences(document.querySelector("main"));
    queue.forEach((text, rank) => {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = "fr-FR";
      utterance.voice = french();
      utterance.rate = 0.95;
      if (rank === queue.length - 1) utterance.onend = () => show(false);
      utterance.onerror = () => show(false);
      speech.speak(utterance);
    });
    show(queue.length > 0);
  };
  button.addEventListener("click", () => {
    const wasReading = reading;
    speech.cancel();
    if (wasReading) show(false);
    else read();
  });
  addEventListener("pagehide", () => speech.cancel());
  button.hidden = false;
}

if (speech && globalThis.SpeechSynthesisUtterance) {
  for (const button of document.querySelectorAll("[data-ct-listen]")) {
    const ready = () => button.hidden && french() && start(button);
    // Voices come late on Android.
    ready();
    speech.addEventListener?.("voiceschanged", ready);
  }
}
