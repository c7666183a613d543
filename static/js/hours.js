// Says on the button what will be noted: "Noter 3 h 30, fleurs". Without it the button says "Noter".
function say(form) {
  const button = form.querySelector("[data-ct-hours-say]");
  const verb = form.dataset.ctHours || button.textContent;
  const word = (name) => {
    const input = form.querySelector(`[name=${name}]:checked`);
    if (!input) return "";
    if (input.value === "other") return form.querySelector("[name=other]").value.trim();
    return form.querySelector(`label[for="${input.id}"]`).textContent.trim();
  };
  const update = () => {
    const time = word("minutes");
    button.textContent = time ? `${verb} ${[time, word("work").toLowerCase()].filter(Boolean).join(", ")}` : verb;
  };
  form.addEventListener("input", update);
  form.addEventListener("ct-changed", update);
  update();
}

export function sayOnButtons(root) {
  for (const form of root.querySelectorAll("[data-ct-hours]")) say(form);
}
sayOnButtons(document);
