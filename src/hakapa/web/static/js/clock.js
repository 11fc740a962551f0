// Counts down what says when it ends: <time data-ends="milliseconds since 1970">, by the server's
// clock, which every message from the room carries. A paused clock says no end and stands still.

const EVERY = 250;
let ahead = 0; // how far the server's clock is ahead of this one

document.addEventListener("hakapa:room", (event) => {
  ahead = event.detail.now * 1000 - Date.now();
  tick(); // what was swapped in has no face yet
});

function written(left) {
  const seconds = Math.floor(Math.abs(left) / 1000);
  const two = (number) => String(number).padStart(2, "0");
  return `${left < 0 ? "−" : ""}${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

function tick() {
  for (const clock of document.querySelectorAll("[data-ends]")) {
    const left = Number(clock.dataset.ends) - Date.now() - ahead;
    const face = clock.querySelector(".clock-face") ?? clock;
    const text = written(left);
    if (face.textContent !== text) face.textContent = text;
    clock.toggleAttribute("data-late", left < 0);
  }
}

tick();
setInterval(tick, EVERY);
