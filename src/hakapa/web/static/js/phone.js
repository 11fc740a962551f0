// A phone in a lab: follows the room, and keeps what is answered and written until it is saved.
// Without it the same pages work by themselves, one after the other.
import { Outbox } from "./outbox.js";

const CRITERIA = { stance: ["stance"], agreement: ["agreement"], benefit_ease: ["benefit", "ease"], dots: ["dots"] };
const DESKS = { write: "writing", weigh: "weighing" };
const PATIENCE = 3_000; // for the first statements to come, before the page is opened anew

const main = document.getElementById("main");
const byId = (id) => document.getElementById(id);
const { room, write, follows } = main.dataset;
const follow = follows === "yes";
const items = new Map();
let known = false; // whether the statements have come
let again = null; // the statement that is answered once more
let pressed = null;
let touched = false; // whether there is anything to tell about

const token = main.querySelector("[name=csrfmiddlewaretoken]")?.value;
const outbox = new Outbox({ room, write, token, tell, seat: document.body.dataset.seat, intake: "/live/rost" });
outbox.change(({ given }) => {
  for (const [id, value] of Object.entries(JSON.parse(main.dataset.given))) given[id] ??= [value, 0];
});

const phase = () => document.querySelector(".phase")?.dataset ?? {};
const criteria = () => CRITERIA[phase().ballot] ?? CRITERIA.stance;
const settles = (id) => `${criteria().at?.(-1) ?? criteria()[criteria().length - 1]}:${id}`;
const clone = (id) => byId(id).content.cloneNode(true);

// ---- what is saved ----

function tell({ said, notes, errors }) {
  const sign = byId("saved");
  const waiting = outbox.waiting();
  const state = said || (waiting ? "waiting" : "saved");
  if (waiting || said || touched) {
    const words = state === "waiting" ? `${sign.dataset.waiting} ${waiting}` : sign.dataset[state];
    if (sign.textContent !== words) sign.textContent = words;
    sign.dataset.state = state === "refused" ? "failed" : state;
  }
  if (notes) byId("notes").innerHTML = notes;
  if (errors) {
    byId("wrong").textContent = Object.values(errors).flat().join(" ");
    restoreDrafts();
  }
  showNotes();
  if (known) draw();
}

function showNotes() {
  byId("pending")?.replaceChildren(
    ...outbox.read().notes.map(({ text }) => {
      const line = document.createElement("li");
      line.className = "promise";
      line.textContent = `${text} (${byId("pending").dataset.waits})`;
      return line;
    }),
  );
}

// ---- writing ----

function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function sendWords(form) {
  const { csrfmiddlewaretoken, ...note } = Object.fromEntries(new FormData(form));
  form.elements.key.value = uuid();
  form.elements.text.value = "";
  byId("wrong").textContent = "";
  outbox.note(note);
  if (follow) {
    ask(form);
    if (main.dataset.open === "writing") open(DESKS[phase().doing] ?? "listening");
  }
}

function restoreDrafts() {
  const { drafts } = outbox.read();
  for (const form of document.querySelectorAll("form[data-write]")) {
    const { text, phase: about } = form.elements;
    text.value ||= drafts[about.value] ?? "";
  }
}

// Ask for what the phase asks for, unless somebody is in the middle of a sentence.
function ask(form = document.querySelector("#writing [data-write]")) {
  if (form.elements.text.value.trim()) return;
  const kinds = phase().kinds.split(" ");
  form.elements.phase.value = phase().phase;
  form.querySelector(".kinds").hidden = kinds.length === 1;
  for (const radio of form.querySelectorAll("[name=kind]")) {
    radio.closest("label").hidden = !kinds.includes(radio.value);
    radio.checked = radio.value === kinds[0];
  }
}

// ---- weighing ----

function weighed() {
  const kinds = (phase().weighs ?? "").split(" ");
  const named = [...items.values()].filter(({ kind }) => kinds.includes(kind));
  const mine = Number(room.split("-")[1]) * 2 + 1; // an order of one's own, so that all are seen
  const place = ({ id, first }) => (first ? -1 : (id * mine) % 1009);
  return (named.length ? named : [...items.values()]).sort((a, b) => place(a) - place(b) || a.id - b.id);
}

function fill(part, item) {
  const text = part.querySelector("[data-text]");
  text.textContent = item.text;
  text.lang = item.language;
  part.querySelector("[data-about]").textContent = item.about;
  part.querySelector("[name=statement]").value = item.id;
  return part;
}

function draw() {
  if (main.dataset.open !== "weighing") return;
  const statements = weighed();
  if (phase().ballot === "dots") drawDots(statements);
  else drawStatement(statements);
}

function drawStatement(statements) {
  const { given } = outbox.read();
  const open = statements.filter(({ id }) => !given[settles(id)]);
  const ballot = byId("ballot");
  const shown = statements.find(({ id }) => id === again) ?? open.find(({ id }) => String(id) === ballot.dataset.shows) ?? open[0];
  const name = shown ? String(shown.id) : statements.length ? "done" : "none";
  progress(`${byId("progress").dataset.view} · ${statements.length - open.length}`, statements.length - open.length, statements.length);
  main.parentNode.querySelector("[data-undo]").hidden = !before(statements, shown);
  if (ballot.dataset.shows === name && ballot.dataset.ballot === phase().ballot) return;
  const first = ballot.dataset.shows === undefined;
  ballot.dataset.shows = name;
  ballot.dataset.ballot = phase().ballot;
  ballot.replaceChildren(shown ? fill(clone(`ballot-${phase().ballot}`), shown) : clone(`ballot-${name}`));
  if (shown) showGiven(ballot, shown, given);
  const heading = ballot.querySelector("h2");
  heading.tabIndex = -1;
  if (!first) heading.focus();
}

function showGiven(ballot, { id }, given) {
  ballot.querySelector("[data-again]").hidden = !given[settles(id)];
  for (const name of criteria()) {
    const value = String(given[`${name}:${id}`]?.[0]);
    for (const way of ballot.querySelectorAll(`[name=${name === "stance" ? "value" : name}]`)) {
      if (way.type === "radio") way.checked = way.value === value;
      else way.setAttribute("aria-pressed", String(way.value === value));
    }
  }
}

function drawDots(statements) {
  const { given } = outbox.read();
  const dots = ({ id }) => given[`dots:${id}`]?.[0] ?? 0;
  const left = phase().dots - statements.reduce((sum, item) => sum + dots(item), 0);
  const ballot = byId("ballot");
  const names = statements.map(({ id }) => id).join();
  progress(`${byId("progress").dataset.left} ${left}`, left, phase().dots);
  document.querySelector("[data-undo]").hidden = true;
  if (ballot.dataset.shows !== names || ballot.dataset.ballot !== "dots") {
    const list = document.createElement("ul");
    list.className = "dot-list";
    list.setAttribute("role", "list");
    list.append(...statements.map((item) => fill(clone("ballot-dots"), item)));
    ballot.replaceChildren(statements.length ? list : clone("ballot-none"));
    Object.assign(ballot.dataset, { shows: names, ballot: "dots" });
  }
  statements.forEach((item, place) => {
    const row = ballot.querySelectorAll(".dot-row")[place];
    row.querySelector("[data-number]").textContent = dots(item);
    row.querySelector("[data-step='1']").setAttribute("aria-disabled", String(left < 1));
    row.querySelector("[data-step='-1']").setAttribute("aria-disabled", String(dots(item) < 1));
  });
}

function progress(words, value, of) {
  const part = byId("progress");
  part.querySelector("p").textContent = `${words} ${part.dataset.of} ${of}`;
  Object.assign(part.querySelector("progress"), { value, max: of || 1 });
}

// The statement that was answered before the shown one, or else last.
function before(statements, shown) {
  const { given } = outbox.read();
  const at = ({ id }) => given[settles(id)]?.[1] ?? -1;
  const limit = shown && at(shown) >= 0 ? at(shown) : Infinity;
  const earlier = statements.filter((item) => item !== shown && at(item) >= 0 && at(item) < limit);
  return earlier.sort((a, b) => at(b) - at(a))[0];
}

function answer(form, button) {
  const told = new FormData(form);
  if (button?.name) told.set(button.name, button.value);
  const statement = Number(told.get("statement"));
  const { ballot } = form.dataset;
  if (ballot === "dots") {
    if (button.getAttribute("aria-disabled") === "true") return;
    const [now] = outbox.read().given[`dots:${statement}`] ?? [0];
    outbox.answer("dots", statement, now + Number(button.dataset.step));
  } else {
    for (const name of CRITERIA[ballot]) {
      const value = told.has("confused") ? 0 : told.get(name === "stance" ? "value" : name);
      outbox.answer(name, statement, Number(value));
    }
    again = null;
  }
  if (known) draw();
  else setTimeout(() => known || outbox.waiting() || location.reload(), PATIENCE);
}

// ---- following the room ----

function open(desk) {
  for (const name of ["listening", "writing", "weighing"]) byId(name).hidden = name !== desk;
  main.dataset.open = desk;
  const waits = phase().doing === "wait";
  for (const link of document.querySelectorAll(".phone-foot [data-go]")) {
    link.hidden = waits || link.dataset.go === desk;
  }
  byId("gone-on").hidden = desk !== "writing" || phase().doing === "write";
  if (desk === "writing") ask();
  if (desk === "weighing") draw();
  else document.querySelector("[data-undo]").hidden = true;
}

let seen = JSON.stringify({ ...phase() });

function goOn() {
  const now = JSON.stringify({ ...phase() });
  if (now === seen) return;
  seen = now;
  again = null;
  const writes = main.dataset.open === "writing" && document.querySelector("#writing [name=text]").value.trim();
  if (writes || (phase().doing === "over" && outbox.waiting())) byId("gone-on").hidden = phase().doing === "write";
  else if (phase().doing === "over") setTimeout(() => location.reload(), Math.random() * 4_000);
  else open(DESKS[phase().doing] ?? "listening");
}

document.addEventListener("hakapa:room", ({ detail }) => {
  for (const [id, item] of Object.entries(detail.items ?? {})) {
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
    open(link.dataset.go === "room" ? (DESKS[phase().doing] ?? "listening") : link.dataset.go);
  } else if ("undo" in link.dataset && known) {
    event.preventDefault();
    const statements = weighed();
    again = before(statements, statements.find(({ id }) => String(id) === byId("ballot").dataset.shows))?.id;
    draw();
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  touched = true;
  if ("write" in form.dataset && form.elements.text.value.trim()) {
    event.preventDefault();
    sendWords(form);
  } else if (form.dataset.ballot && !(form.dataset.ballot === "dots" && !follow)) {
    event.preventDefault();
    answer(form, event.submitter ?? pressed);
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
