// Compares a file with a known sha-256 in the browser: the file never leaves the phone.
// <div hidden data-ct-compare="hex"> input[type=file] + [data-ct-answer] with data-same, data-other, data-unread.

const hex = (buffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function compare(section, file) {
  const answer = section.querySelector("[data-ct-answer]");
  let words = answer.dataset.unread;
  let tone = "warn";
  try {
    const found = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const same = found === section.dataset.ctCompare;
    words = same ? answer.dataset.same : answer.dataset.other;
    tone = same ? "ok" : "bad";
  } catch {
    // Unreadable file: the sentence says so.
  }
  answer.textContent = words;
  answer.className = `ct-note ct-note-${tone} fw-bold mt-2`;
}

// Digests exist only on https and localhost; elsewhere the printed fingerprint remains.
if (globalThis.crypto?.subtle) {
  for (const section of document.querySelectorAll("[data-ct-compare]")) {
    const input = section.querySelector("input[type=file]");
    section.hidden = false;
    input.addEventListener("change", () => input.files[0] && compare(section, input.files[0]));
  }
}
