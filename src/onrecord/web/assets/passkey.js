// Hands what the server asks for to the browser's own passkeys, and the answer back in the form.
// Without this file, or without a browser that has passkeys, codes from an app go on working.
const form = document.querySelector("form[data-passkey]");
const said = form.querySelector("[data-passkey-said]");
const adding = form.dataset.passkey === "add";
const { publicKey } = JSON.parse(form.dataset.options);

async function asked() {
  return adding
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

form.addEventListener("submit", async (event) => {
  if (form.elements.answer.value) {
    return;
  }
  event.preventDefault();
  try {
    const made = await asked();
    form.elements.answer.value = JSON.stringify(made.toJSON());
    form.submit();
  } catch {
    said.textContent = "The browser did not do it. Try again, or use a code.";
  }
});
