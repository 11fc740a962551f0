// The lab leader's keyboard: a key presses the button that says it. Nothing is done here that a
// button does not do, and no key is listened to while somebody writes or when they are turned off.

const KEPT = "hakapa:keys";
const choice = document.getElementById("keys-on");

function isOn() {
  return localStorage.getItem(KEPT) !== "off";
}

function show() {
  choice.checked = isOn();
  document.body.toggleAttribute("data-keys", isOn());
}

function takesKeys(element, key) {
  if (element.isContentEditable || element.matches("input, textarea, select")) return true;
  return key === " " && element.matches("a, button, summary"); // space presses what is in focus
}

function named(key) {
  return key === " " ? "space" : key.toLowerCase();
}

document.addEventListener("keydown", (event) => {
  if (!isOn() || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  if (takesKeys(document.activeElement, event.key)) return;
  const button = document.querySelector(`[data-key~="${CSS.escape(named(event.key))}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

choice.addEventListener("change", () => {
  localStorage.setItem(KEPT, choice.checked ? "on" : "off");
  show();
});

// What could not be done is explained by the page as it is now.
document.addEventListener("htmx:response:error", () => location.reload());

show();
