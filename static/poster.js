// What stands in the place of a figure until someone wants more: a picture that is a button. Nothing else is
// loaded before. The page's start waits for it (`?embed&poster…`); see xtask/src/host/start.js.

const INLINE = /^data:image\/svg\+xml[,;]/;
// The readable links of experiments are paths of pictures that the site may hold.
const READABLE = /^[a-z0-9][\w+=,.~-]*(\/[\w+=,.~-]+)*$/i;

/** The address of the picture, if one may be shown: on this site, or in the address itself. */
function pictureOf(asked, link) {
  if (asked === "") {
    if (link === "") return "./posters/first.svg";
    return READABLE.test(link) && !link.includes("..") ? `./posters/${link}.svg` : undefined;
  }
  if (INLINE.test(asked)) return asked;
  try {
    const address = new URL(asked, document.baseURI);
    return address.origin === location.origin && /^https?:|^file:/.test(address.protocol) ? address.href : undefined;
  } catch {
    return undefined;
  }
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** What the picture says of itself, where it can be read. */
async function titleOf(address) {
  try {
    const text = INLINE.test(address)
      ? decodeURIComponent(address.slice(address.indexOf(",") + 1))
      : await (await fetch(address)).text();
    // Its title alone: the page's policy minds the styles of a whole picture.
    const [, title] = /<title[^>]*>([^<]*)<\/title>/.exec(text);
    return new DOMParser().parseFromString(`<title>${title}</title>`, "text/xml").documentElement.textContent.trim();
  } catch {
    return undefined;
  }
}

/** Takes the focus into the figure once it is drawn, without moving the page around it. */
function enter(frames) {
  const figure = document.querySelector("main.embed:not(.embed-poster)");
  const first = figure?.querySelector(".play") ?? figure?.querySelector("a");
  if (first) first.focus({ preventScroll: true });
  else if (frames > 0) requestAnimationFrame(() => enter(frames - 1));
}

/** The styles of figures, which wait with the rest of the page elsewhere. */
async function styled() {
  const links = Array.from(document.querySelectorAll("link[data-later][disabled]"));
  const own = links.find((link) => /\/embed-\w+\.css$/.test(link.href));
  if (!own) return;
  await new Promise((done) => {
    own.onload = own.onerror = done;
    own.disabled = false;
  });
}

/** Shows the poster, and is over when the figure is to be loaded. */
export async function wait() {
  const dressed = styled();
  const asked = new URLSearchParams(location.search).get("poster") ?? "";
  const [link] = location.hash.slice(1).split("&");
  const address = pictureOf(asked, link.includes("=") && !link.includes("/") ? "" : link);
  const picture = new Image();
  picture.alt = "";
  let shown = false;
  if (address !== undefined) {
    picture.src = address;
    shown = await picture.decode().then(() => true, () => false);
  }
  const title = (shown && await titleOf(address)) || "A run, message by message";
  document.title = `${title} · Ackground`;

  const label = element("span", { className: "poster-start" }, "Start");
  const button = element("button", { type: "button", className: "poster-button" });
  button.setAttribute("aria-label", `Start: ${title}`);
  button.dataset.test = "poster";
  button.append(shown ? picture : element("strong", {}, title), label);
  const page = location.href.split(/[?#]/)[0] + location.hash;
  const open = element("a", { className: "embed-open", href: page, target: "_blank", rel: "noopener" }, "Open in Ackground");
  const foot = element("footer", { className: "embed-foot" }, open);
  const heading = element("h1", { className: "quiet" }, title);
  const poster = element("main", { className: "embed embed-poster" }, heading, button, foot);
  if (!shown) poster.classList.add("embed-quiet");

  await dressed;
  const fallback = document.getElementById("app-fallback");
  if (fallback) fallback.hidden = true;
  document.getElementById("app").replaceChildren(poster);
  const size = new ResizeObserver(() => {
    if (parent !== window && poster.isConnected) {
      parent.postMessage({ ackground: 1, type: "size", height: Math.ceil(poster.getBoundingClientRect().height) }, "*");
    }
  });
  size.observe(poster);

  await new Promise((start) => button.addEventListener("click", start, { once: true }));
  // The figure takes the poster's place; until then it says what is going on, and what goes wrong is seen.
  label.textContent = "Starting…";
  button.setAttribute("aria-busy", "true");
  if (fallback) {
    fallback.hidden = false;
    fallback.style.animationDelay = "4s";
  }
  addEventListener("ackground-started", () => {
    size.disconnect();
    enter(120);
  }, { once: true });
}
