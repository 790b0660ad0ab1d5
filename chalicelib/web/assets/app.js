// Everything works without this; it only makes it nicer. No inline scripts: the policy forbids them.
import { Button, ErrorSummary, NotificationBanner, SkipLink, createAll } from "./govuk-frontend.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [Button, ErrorSummary, NotificationBanner, SkipLink]) {
  createAll(component);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
