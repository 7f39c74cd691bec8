// Keys for whoever judges many pairs: s, d, m choose; the arrow keys still do. Everything works without.
document.addEventListener("keydown", (event) => {
  const at = event.target;
  const types = at.matches("textarea, select") || (at.matches("input") && at.type !== "radio");
  if (types || event.ctrlKey || event.metaKey || event.altKey) return;
  const chosen = document.querySelector(`input[data-key="${CSS.escape(event.key)}"]`);
  if (!chosen) return;
  event.preventDefault();
  chosen.click();
  chosen.focus();
});
