// Keeps the page as the room is. The page says where to listen: <body data-stream="...">.
//
// What arrives is told to other scripts as an event on document:
//   hakapa:room   {from, to, now, fragments, items}   items: number -> what it is, or null when gone
//   hakapa:line   {isWhole}                           whether contact is lost
// A page that cannot listen asks for itself anew instead, every 15 seconds.

const address = document.body.dataset.stream;
const line = document.getElementById("connection");
const SILENCE = 40_000; // the server says something every 15 seconds
const RELOAD_EVERY = 15_000;
const MOST_TRIES = 6;

let source = null;
let told = null; // the number of the newest message
let heardAt = Date.now();
let tries = 0;
let isLost = false;
const known = new Set(); // the items that the page has been told of
const waiting = new Map(); // parts that wait until somebody has stopped typing in them

function isWriting() {
  const at = document.activeElement;
  return at !== null && (at.isContentEditable || at.matches("textarea, select, input:not([type=submit], [type=button])"));
}

// Parts are drawn once for all who see them; what proves that a form is this page's is put in here.
function sign(part) {
  const proof = document.body.dataset.csrf;
  for (const form of proof ? part.querySelectorAll("form[method=post]") : []) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "csrfmiddlewaretoken", value: proof });
    form.prepend(field);
  }
}

function show(id, html) {
  const old = document.getElementById(id);
  if (!old) return;
  if (old.contains(document.activeElement) && isWriting()) {
    waiting.set(id, html);
    return;
  }
  waiting.delete(id);
  const sheet = document.createElement("template");
  sheet.innerHTML = html.trim();
  const fresh = sheet.content.firstElementChild;
  if (!fresh) return;
  sign(fresh);
  if (old.isEqualNode(fresh)) return;
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  const opened = [...old.querySelectorAll("details[open][id]")].map((details) => details.id);
  old.replaceWith(fresh);
  for (const details of opened) document.getElementById(details)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  window.htmx?.process(fresh);
}

function forgetWhatIsGone(message) {
  for (const key of known) if (!(key in message.items)) message.items[key] = null;
  known.clear();
}

function receive(event) {
  const message = JSON.parse(event.data);
  told = message.to;
  if (message.whole) forgetWhatIsGone(message);
  for (const [key, item] of Object.entries(message.items)) {
    if (item === null) known.delete(key);
    else known.add(key);
  }
  for (const [id, html] of Object.entries(message.fragments)) show(id, html);
  document.dispatchEvent(new CustomEvent("hakapa:room", { detail: message }));
}

function setLost(lost) {
  if (lost === isLost) return;
  isLost = lost;
  if (line) line.textContent = lost ? line.dataset.lost : "";
  document.body.toggleAttribute("data-lost", lost);
  document.dispatchEvent(new CustomEvent("hakapa:line", { detail: { isWhole: !lost } }));
}

function hear(act) {
  return (event) => {
    heardAt = Date.now();
    tries = 0;
    setLost(false);
    act?.(event);
  };
}

function open() {
  source?.close();
  heardAt = Date.now();
  source = new EventSource(told === null ? address : `${address}&sedan=${told}`);
  source.addEventListener("open", hear());
  source.addEventListener("pulse", hear());
  source.addEventListener("room", hear(receive));
  source.addEventListener("error", () => {
    setLost(true);
    // Otherwise the browser tries again by itself.
    if (source.readyState === EventSource.CLOSED) tryAgain();
  });
}

function tryAgain() {
  tries += 1;
  if (tries > MOST_TRIES) reloadNowAndThen();
  else setTimeout(open, Math.min(1000 * 2 ** tries, 15_000) * (0.5 + Math.random() / 2));
}

function reloadNowAndThen() {
  setTimeout(() => {
    if (isWriting()) reloadNowAndThen();
    else location.reload();
  }, RELOAD_EVERY);
}

function lookForSilence() {
  if (source.readyState !== EventSource.CLOSED && Date.now() - heardAt > SILENCE) {
    setLost(true);
    open();
  }
}

if (address && "EventSource" in window) {
  open();
  setInterval(lookForSilence, 5000);
  document.addEventListener("visibilitychange", () => document.hidden || lookForSilence());
  window.addEventListener("online", () => isLost && open());
  document.addEventListener("focusout", () => setTimeout(() => {
    for (const [id, html] of [...waiting]) show(id, html);
  }));
} else if (address) {
  reloadNowAndThen();
}
