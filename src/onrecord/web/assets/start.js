// Everything works without this file. It moves the focus to an error summary,
// folds the menu on a narrow screen, and stops a button being pressed twice.
import { initAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
