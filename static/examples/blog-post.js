// What this page does with its figure: it loads experiments into it, plays it, and says what comes of them.
const figure = document.querySelector("ackground-figure");
const output = document.querySelector("output");

for (const button of document.querySelectorAll("[data-load]")) {
  button.addEventListener("click", () => figure.load(button.dataset.load));
}
document.querySelector("[data-play]").addEventListener("click", () => figure.play());

figure.addEventListener("outcome", () => {
  const lanes = figure.outcome.lanes.map(({ name, actual, expected, ends }) => {
    const twice = ends.filter((end) => end === "duplicated").length;
    const amount = actual.toLocaleString("en");
    return `${name}: ${amount} of ${expected.toLocaleString("en")}${twice > 0 ? `, ${twice} paid twice` : ""}`;
  });
  output.textContent = lanes.join(" · ");
});
figure.addEventListener("error", (event) => {
  output.textContent = event.detail.message;
});
