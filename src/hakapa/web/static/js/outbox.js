// What this phone has answered and written, kept until the site has said "saved".
//
// Everything lies in localStorage under the seat, so that it survives a reload, a lost network
// and sleep. An answer has a sequence and a note a key: sent twice, they are saved once.

const MOST = 50; // answers in one sending
const LONGEST_WAIT = 30_000;
const IMPATIENCE = 15_000;

// What an answer is kept under: dots are of a phase, everything else of the statement alone.
export function named({ ballot, statement, phase }) {
  return phase ? `${ballot}:${statement}:${phase}` : `${ballot}:${statement}`;
}

export class Outbox {
  constructor({ room, seat, intake, write, token, tell }) {
    Object.assign(this, { room: `hakapa:${room}`, seat, intake, write, token, tell });
    this.memory = "{}"; // for a browser that keeps nothing
    this.forgetOthers();
    this.wait = 0;
    addEventListener("online", () => this.hurry());
    addEventListener("pageshow", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
  }

  // What was answered in another seat is forgotten when all of it is saved.
  forgetOthers() {
    try {
      for (const name of Object.keys(localStorage)) {
        if (!name.startsWith("hakapa:") || name === this.room) continue;
        const { answers, notes } = JSON.parse(localStorage.getItem(name));
        if (!Object.keys(answers).length && !notes.length) localStorage.removeItem(name);
      }
    } catch {
      // a browser that keeps nothing has nothing to forget
    }
  }

  read() {
    let kept = this.memory;
    try {
      kept = localStorage.getItem(this.room) || kept;
    } catch {
      // the memory will do until the page is closed
    }
    return { last: 0, answers: {}, given: {}, notes: [], drafts: {}, ...JSON.parse(kept) };
  }

  change(how) {
    const state = this.read();
    how(state);
    this.memory = JSON.stringify(state);
    try {
      localStorage.setItem(this.room, this.memory);
    } catch {
      // see above
    }
  }

  waiting() {
    const { answers, notes } = this.read();
    return Object.keys(answers).length + notes.length;
  }

  // Keep an answer: to what, {ballot, statement} and for dots the phase, and its value.
  answer(what, value) {
    this.change((state) => {
      const id = named(what);
      state.last = Math.max(Date.now(), state.last + 1);
      state.answers[id] = { ...what, value, sequence: state.last };
      state.given[id] = [value, state.last];
    });
    this.hurry();
  }

  note(note) {
    this.change((state) => {
      state.notes.push(note);
      delete state.drafts[note.phase];
    });
    this.hurry();
  }

  hurry() {
    clearTimeout(this.timer);
    setTimeout(() => this.tell({}), 400); // what is saved sooner never seems to wait
    this.wait = 0;
    this.flush();
  }

  async flush() {
    if (this.busy) return;
    this.busy = true;
    let said = "";
    try {
      while (this.waiting()) said = (await this.send()) || said;
    } catch (error) {
      if (error.message === "403") await this.renew().catch(() => {});
      said = error.message === "409" ? "refused" : said; // the lab is not going on, but may be taken up again
      this.wait = Math.min(LONGEST_WAIT, Math.max(500, this.wait * 2));
      this.timer = setTimeout(() => this.flush(), this.wait * (0.5 + Math.random()));
    }
    this.busy = false;
    this.tell({ said });
  }

  // Somebody has signed in beside: forms carry another mark since then. Or the seat has moved to
  // another phone: then the site shows another page, and so does this phone.
  async renew() {
    const answer = await fetch(location.href);
    if (answer.redirected) location.reload();
    const page = await answer.text();
    this.token = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(page)?.[1] ?? this.token;
  }

  // Send some answers, or else the oldest note; an error means that it is tried again later.
  async send() {
    const { answers, notes } = this.read();
    const some = Object.values(answers).slice(0, MOST);
    return some.length ? this.sendAnswers(some) : this.sendNote(notes[0]);
  }

  async sendAnswers(answers) {
    const { status, body } = await this.post(this.intake, JSON.stringify({ answers }), {
      "Content-Type": "application/json",
      "X-Seat": this.seat,
    });
    const refused = status === 200 ? body.refused : answers;
    const settled = status === 200 ? [...body.saved, ...refused] : answers;
    this.change((state) => {
      for (const answer of settled) {
        const id = named(answer);
        if (state.answers[id]?.sequence === answer.sequence) delete state.answers[id];
      }
      for (const answer of refused) {
        const id = named(answer);
        if (state.given[id]?.[1] === answer.sequence) delete state.given[id];
      }
    });
    return refused.length ? "refused" : "";
  }

  async sendNote(note) {
    const form = new URLSearchParams({ ...note, csrfmiddlewaretoken: this.token });
    const { status, body } = await this.post(this.write, form, { Accept: "application/json" });
    this.change((state) => {
      state.notes = state.notes.filter(({ key }) => key !== note.key);
      if (status !== 200) state.drafts[note.phase] = note.text; // back where it was written
    });
    this.tell(body);
    return status === 200 ? "" : "refused";
  }

  // 400 and 413 will be the same next time; everything else may have changed by then.
  async post(place, body, headers) {
    const patience = new AbortController();
    const bell = setTimeout(() => patience.abort(), IMPATIENCE);
    try {
      const { signal } = patience;
      const answer = await fetch(place, { method: "POST", body, headers, signal });
      const { status } = answer;
      if (status !== 200 && status !== 400 && status !== 413) throw new Error(String(status));
      return { status, body: await answer.json().catch(() => ({})) };
    } finally {
      clearTimeout(bell);
    }
  }
}
