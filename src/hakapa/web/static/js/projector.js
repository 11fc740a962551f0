// When the lab begins or ends the wall shows another way in, so the whole page is asked for anew.

const began = document.getElementById("head").dataset.state;

document.addEventListener("hakapa:room", () => {
  if (document.getElementById("head").dataset.state !== began) location.reload();
});
