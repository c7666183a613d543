// Signing out: the phone forgets the person. What was not sent yet is said first, and can be sent first.
import * as outbox from "./outbox.js";

const form = document.querySelector("[data-ct-leave]");
const part = (name) => document.querySelector(`[data-ct-${name}]`);

async function leave(owner) {
  await outbox.forget(owner);
  form.submit();
}

function warn(count) {
  part("left").textContent = count === 1 ? part("one").innerHTML : `${part("many").innerHTML} ${count}.`;
  const box = part("leaving");
  box.hidden = false;
  form.hidden = true;
  box.focus();
}

async function start() {
  await outbox.every();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const owner = await outbox.kept("owner");
    const left = owner === undefined ? [] : await outbox.of(owner);
    if (left.length) warn(left.length);
    else await leave(owner);
  });
  part("leave-anyway").addEventListener("click", async () => leave(await outbox.kept("owner")));
  part("stay").addEventListener("click", () => {
    part("leaving").hidden = true;
    form.hidden = false;
    form.querySelector("button").focus();
  });
  part("send-first").addEventListener("click", async () => {
    await outbox.flush(form.dataset.send);
    const owner = await outbox.kept("owner");
    const left = await outbox.of(owner);
    if (!left.length) return leave(owner);
    warn(left.length);
    part("not-sent").hidden = false;
  });
}
start();
