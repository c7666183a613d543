// Says on the button what will be noted: "Noter 3 h 30, fleurs". Without it the button says "Noter".
for (const form of document.querySelectorAll("[data-ct-hours]")) {
  const say = form.querySelector("[data-ct-hours-say]");
  const verb = form.dataset.ctHours || say.textContent;
  const word = (name) => {
    const input = form.querySelector(`[name=${name}]:checked`);
    if (!input) return "";
    if (input.value === "other") return form.querySelector("[name=other]").value.trim();
    return form.querySelector(`label[for="${input.id}"]`).textContent.trim();
  };
  const update = () => {
    const time = word("minutes");
    say.textContent = time ? `${verb} ${[time, word("work").toLowerCase()].filter(Boolean).join(", ")}` : verb;
  };
  form.addEventListener("input", update);
  update();
}
