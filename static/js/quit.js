// Signing out from a desk: a browser that keeps somebody's hours noted without a network goes by the page
// that says what is not sent yet, and empties it (leave.js). Any other signs out at once.
import * as outbox from "./outbox.js";

const form = document.querySelector("[data-ct-quit]");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  let owner;
  try {
    owner = await outbox.kept("owner");
  } catch {
    owner = undefined; // no store here: nothing is kept
  }
  if (owner === undefined) form.submit();
  else window.location.assign(form.dataset.leave);
});
