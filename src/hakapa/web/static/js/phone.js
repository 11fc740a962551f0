// A phone in a lab: follows the room, and keeps what is answered and written until it is saved.
// Without it the same pages work by themselves, one after the other.
import { Outbox, named } from "./outbox.js";

const CRITERIA = { stance: ["stance"], agreement: ["agreement"], benefit_ease: ["benefit", "ease"], dots: ["dots"] };
const DESKS = { write: "writing", weigh: "weighing" };
const PATIENCE = 3_000; // for the first statements to come, before the page is opened anew

const byId = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const clone = (id) => byId(id).content.cloneNode(true);

const main = byId("main");
const { room, write, follows } = main.dataset;
const follow = follows === "yes"; // in a lab without meetings nothing is followed
const items = new Map(); // the statements
let known = false; // whether they have come
// The statement that is answered once more.
let again = document.querySelector("#ballot [data-again]:not([hidden])") ? Number(byId("ballot").dataset.shows) : null;
let pressed = null; // the button, for browsers whose forms do not tell

const token = main.querySelector("[name=csrfmiddlewaretoken]")?.value;
const outbox = new Outbox({ room, write, token, tell, seat: document.body.dataset.seat, intake: "/live/rost" });
outbox.change(({ given }) => {
  for (const [id, value] of Object.entries(JSON.parse(main.dataset.given))) given[id] ??= [value, 0];
});

let touched = outbox.waiting() > 0; // whether there is anything to tell about

const phase = () => document.querySelector(".phase").dataset;
const deskOfRoom = () => DESKS[phase().doing] ?? "listening";
const dotsOn = (statement) => ({ ballot: "dots", statement, phase: Number(phase().phase) });
const settling = ({ id }) => `${CRITERIA[phase().ballot].slice(-1)}:${id}`;
const showing = () => byId("ballot").dataset;

// ---- what is saved ----

function tell({ said, notes, errors }) {
  const waiting = outbox.waiting();
  const state = said || (waiting ? "waiting" : "saved");
  const sign = byId("saved");
  if (waiting || said || touched) {
    const words = `${sign.dataset[state]}${state === "waiting" ? ` ${waiting}` : ""}`;
    if (sign.textContent !== words) sign.textContent = words;
    sign.dataset.state = state;
  }
  if (notes) byId("notes").innerHTML = notes;
  if (errors) {
    byId("wrong").textContent = Object.values(errors).flat().join(" ");
    restoreDrafts();
  }
  const { waits } = byId("pending").dataset;
  const lines = outbox.read().notes.map(({ text }) => {
    const line = document.createElement("li");
    line.textContent = `${text} (${waits})`;
    return line;
  });
  byId("pending").replaceChildren(...lines);
  if (known) draw();
}

// ---- writing ----

function uuid() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-a$4-$5");
}

function sendWords(form) {
  const { csrfmiddlewaretoken, ...note } = Object.fromEntries(new FormData(form));
  form.elements.key.value = uuid();
  form.elements.text.value = "";
  byId("wrong").textContent = "";
  outbox.note(note);
  if (follow) open(phase().doing === "weigh" ? "weighing" : "writing");
}

function restoreDrafts() {
  const { drafts } = outbox.read();
  for (const { elements } of all("form[data-write]")) {
    elements.text.value ||= drafts[elements.phase.value] ?? "";
  }
}

// Ask for what the phase asks for, unless somebody is in the middle of a sentence.
function ask(form) {
  if (form.elements.text.value.trim()) return;
  const kinds = phase().kinds.split(" ");
  form.elements.phase.value = phase().phase;
  form.querySelector(".kinds").hidden = kinds.length === 1;
  for (const radio of all("[name=kind]", form)) {
    radio.closest("label").hidden = !kinds.includes(radio.value);
    radio.checked = radio.value === kinds[0];
  }
}

// ---- weighing ----

function weighed() {
  const kinds = phase().weighs.split(" ");
  const every = [...items.values()];
  const named = every.filter(({ kind }) => kinds.includes(kind));
  const own = Number(room.split("-")[1]) * 2 + 1; // an order of one's own, so that all are seen
  const place = ({ id, first }) => (first ? -1 : phase().ballot === "dots" ? 0 : (id * own) % 1009);
  return (named.length ? named : every).sort((a, b) => place(a) - place(b) || a.id - b.id);
}

function fill(part, item) {
  const text = part.querySelector("[data-text]");
  text.textContent = item.text;
  text.lang = item.language;
  part.querySelector("[data-about]").textContent = item.about;
  part.querySelector("[name=statement]").value = item.id;
  return part;
}

// Put something else on the ballot; what is there already stays, so that no thumb misses.
function lay(shows, make) {
  const { ballot } = phase();
  const now = showing();
  if (now.shows === shows && now.ballot === ballot) return false;
  const isFirst = now.shows === undefined;
  Object.assign(now, { shows, ballot });
  byId("ballot").replaceChildren(make());
  return !isFirst;
}

function draw() {
  if (main.dataset.open !== "weighing") return;
  const statements = weighed();
  const { given } = outbox.read();
  if (phase().voting === "closed") lay("closed", () => clone("ballot-closed"));
  else if (!statements.length) lay("none", () => clone("ballot-none"));
  else if (phase().ballot === "dots") drawDots(statements, given);
  else drawStatement(statements, given);
  document.querySelector("[data-undo]").hidden = phase().ballot === "dots" || !before(statements);
}

function drawStatement(statements, given) {
  const open = statements.filter((item) => !given[settling(item)]);
  const shown = statements.find(({ id }) => id === again) ?? open.find(({ id }) => `${id}` === showing().shows) ?? open[0];
  const answered = statements.length - open.length;
  progress(byId("progress").dataset.view, answered, statements.length);
  const isNew = lay(shown ? `${shown.id}` : "done", () => (shown ? fill(clone(`ballot-${phase().ballot}`), shown) : clone("ballot-done")));
  if (shown) showGiven(shown, given);
  const heading = byId("ballot").querySelector("h2");
  heading.tabIndex = -1;
  if (isNew) heading.focus();
}

function showGiven(item, given) {
  const ballot = byId("ballot");
  ballot.querySelector("[data-again]").hidden = !given[settling(item)];
  for (const name of CRITERIA[phase().ballot]) {
    const answer = given[`${name}:${item.id}`];
    for (const way of all(`button[name=${name === "stance" ? "value" : name}]`, ballot)) {
      way.setAttribute("aria-pressed", `${Boolean(answer) && way.value === `${answer[0]}`}`);
    }
    const radio = answer && ballot.querySelector(`[type=radio][name=${name}][value="${answer[0]}"]`);
    if (radio) radio.checked = true;
  }
}

function drawDots(statements, given) {
  const dots = ({ id }) => given[named(dotsOn(id))]?.[0] ?? 0;
  const left = phase().dots - statements.reduce((sum, item) => sum + dots(item), 0);
  progress(byId("progress").dataset.left, left, phase().dots);
  lay(statements.map(({ id }) => id).join(), () => {
    const list = document.createElement("ul");
    list.className = "dot-list";
    list.append(...statements.map((item) => fill(clone("ballot-dots"), item)));
    return list;
  });
  all(".dot-row").forEach((row, place) => {
    const number = dots(statements[place]);
    row.querySelector("[data-number]").textContent = number;
    row.querySelector("[data-step='1']").setAttribute("aria-disabled", `${left < 1}`);
    row.querySelector("[data-step='-1']").setAttribute("aria-disabled", `${number < 1}`);
  });
}

function progress(words, value, of) {
  const part = byId("progress");
  part.querySelector("p").textContent = `${words} ${value} ${part.dataset.of} ${of}`;
  Object.assign(part.querySelector("progress"), { max: of, value });
}

// The statement that was answered before the shown one, or else last.
function before(statements) {
  const { given } = outbox.read();
  const at = (item) => given[settling(item)]?.[1] ?? -1;
  const shown = statements.find(({ id }) => `${id}` === showing().shows);
  const limit = shown && at(shown) >= 0 ? at(shown) : Infinity;
  return statements.filter((item) => item !== shown && at(item) >= 0 && at(item) < limit).sort((a, b) => at(b) - at(a))[0];
}

function answer(form, button) {
  const told = new FormData(form);
  if (button?.name) told.set(button.name, button.value);
  const statement = Number(told.get("statement"));
  const { ballot } = form.dataset;
  if (ballot === "dots") {
    if (button.getAttribute("aria-disabled") === "true") return;
    const what = dotsOn(statement);
    const [now] = outbox.read().given[named(what)] ?? [0];
    outbox.answer(what, now + Number(button.dataset.step));
  } else {
    for (const name of CRITERIA[ballot]) {
      const value = told.has("confused") ? 0 : told.get(name === "stance" ? "value" : name);
      outbox.answer({ ballot: name, statement }, Number(value));
    }
    again = null;
  }
  if (known) draw();
  else setTimeout(() => known || outbox.waiting() || location.reload(), PATIENCE);
}

// ---- following the room ----

function open(desk) {
  const { doing } = phase();
  for (const name of ["listening", "writing", "weighing"]) byId(name).hidden = name !== desk;
  main.dataset.open = desk;
  for (const link of all(".phone-foot [data-go]")) link.hidden = doing === "wait" || doing === "over" || link.dataset.go === desk;
  byId("look-up").hidden = doing === "wait";
  byId("gone-on").hidden = desk !== "writing" || doing === "write" || doing === "over";
  document.querySelector("[data-undo]").hidden = true;
  if (desk === "writing") ask(document.querySelector("#writing form[data-write]"));
  draw();
}

let leaving; // the clock that runs until the last page is opened
let seen = JSON.stringify({ ...document.querySelector(".phase")?.dataset });

// Go where the room goes, but never away from somebody who is writing.
function goOn() {
  const now = JSON.stringify({ ...phase() });
  if (now === seen) return;
  seen = now;
  clearTimeout(leaving);
  const { doing } = phase();
  if (doing === "over") end();
  else if (isWriting()) byId("gone-on").hidden = doing === "write";
  else open(deskOfRoom());
}

function isWriting() {
  return main.dataset.open === "writing" && document.querySelector("#writing [name=text]").value.trim() !== "";
}

// The lab is over: the phone says so at once, and opens its last page some time within the seconds
// that the site says, so that a whole hall does not ask for a page at the same moment.
function end() {
  const spread = 1000 * Number(phase().spread);
  if (isWriting()) {
    open("writing");
  } else {
    open("over");
    const heading = document.querySelector(".phase h1");
    heading.tabIndex = -1;
    heading.focus();
  }
  const leave = () => {
    if (isWriting() || outbox.waiting()) leaving = setTimeout(leave, spread);
    else location.reload();
  };
  leaving = setTimeout(leave, Math.random() * spread);
}

document.addEventListener("hakapa:room", ({ detail }) => {
  for (const [id, item] of Object.entries(detail.items)) {
    if (item) items.set(Number(id), item);
    else items.delete(Number(id));
  }
  known = true;
  if (follow) goOn();
  draw();
});

// ---- hands ----

document.addEventListener("click", (event) => {
  pressed = event.target.closest("button");
  const link = event.target.closest("a");
  if (!link || !follow) return;
  if (link.dataset.go) {
    event.preventDefault();
    open(link.dataset.go === "room" ? deskOfRoom() : link.dataset.go);
  } else if ("undo" in link.dataset && known) {
    event.preventDefault();
    again = before(weighed())?.id;
    draw();
  }
});

document.addEventListener("submit", (event) => {
  const { dataset, elements } = event.target;
  if ("write" in dataset && elements.text.value.trim()) {
    event.preventDefault();
    touched = true;
    sendWords(event.target);
  } else if (dataset.ballot) {
    event.preventDefault();
    touched = true;
    answer(event.target, event.submitter ?? pressed);
  }
});

document.addEventListener("input", ({ target }) => {
  if (target.name !== "text") return;
  outbox.change(({ drafts }) => {
    drafts[target.form.elements.phase.value] = target.value;
  });
});

restoreDrafts();
outbox.hurry();
