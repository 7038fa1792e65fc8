/* Ackground: <ackground-figure>, an experiment as a figure of your page. No dependencies; as a classic script
   or as a module. What it says to the frame and hears from it is protocol version 1, see docs/embedding.md.

   <script src="https://…/ackground-embed.js" defer></script>
   <ackground-figure experiment="payment/at-least-once/drop-ack-1" title="…"><a href="…">The figure</a></ackground-figure> */
(function () {
  "use strict";
  if (!window.customElements || customElements.get("ackground-figure")) return;

  var script = document.currentScript || document.querySelector('script[src*="ackground-embed.js"]');
  var HOME = script && script.src ? new URL("./", script.src).href : "";
  /* How long a frame may take until it says that it is there, in milliseconds. */
  var PATIENCE = 20000;
  /* What a figure of each kind takes at first, in pixels, so that the text below stays where it is. */
  var ROOM = { diagram: 820, flow: 860, verdicts: 460, measure: 700 };
  var TALLEST = 20000;
  var OWN = ["controls", "view", "theme", "at", "autoplay"];
  var frames = new Map();

  addEventListener("message", function (event) {
    var figure = frames.get(event.source), data = event.data;
    if (!figure || event.origin !== figure._origin) return;
    if (data && typeof data === "object" && data.ackground === 1 && typeof data.type === "string") figure._hear(data);
  });

  function number(value) { return typeof value === "number" && isFinite(value); }

  /* The colours under an element: as its color-scheme says, else as light as what it stands on. */
  function themeAt(element) {
    var schemes = getComputedStyle(element).colorScheme.split(" ");
    var dark = schemes.indexOf("dark") >= 0, light = schemes.indexOf("light") >= 0;
    if (dark !== light) return dark ? "dark" : "light";
    if (dark) return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    for (var at = element; at; at = at.parentElement || (at.getRootNode().host || null)) {
      var colour = getComputedStyle(at).backgroundColor, parts = (colour.match(/[\d.]+/g) || []).map(Number);
      if (colour.indexOf("rgb") !== 0 || parts[3] < 0.5) continue;
      return 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2] < 128 ? "dark" : "light";
    }
    return "light";
  }

  class AckgroundFigure extends HTMLElement {
    static get observedAttributes() {
      return ["src", "experiment", "poster", "title"].concat(OWN);
    }

    constructor() {
      super();
      var root = this.attachShadow({ mode: "open" });
      /* Styles are set one by one: a strict policy of the host forbids style sheets in the text. */
      this._box = document.createElement("div");
      this._said = document.createElement("p");
      this._said.hidden = true;
      this._slot = document.createElement("slot");
      root.append(this._box, this._said, this._slot);
      this._asked = [];
      this._outcome = null;
      this._link = null;
    }

    connectedCallback() {
      if (!this.style.display) this.style.display = "block";
      var figure = this;
      this._retheme = function () { requestAnimationFrame(function () { figure._tellTheme(); }); };
      this._media = matchMedia("(prefers-color-scheme: dark)");
      this._media.addEventListener("change", this._retheme);
      this._watch = new MutationObserver(this._retheme);
      [document.documentElement, document.body].forEach(function (node) {
        if (node) figure._watch.observe(node, { attributes: true });
      });
      addEventListener("transitionend", this._retheme);
      this._build();
    }

    disconnectedCallback() {
      this._media.removeEventListener("change", this._retheme);
      removeEventListener("transitionend", this._retheme);
      this._watch.disconnect();
      this._clear();
    }

    attributeChangedCallback(name, before, after) {
      if (!this._box.firstChild || before === after) return;
      if (name === "title") this._name();
      else if (!this._frame) this._build();
      else if (name === "theme") this._tellTheme();
      else if (name === "experiment") this.load(after || "");
      else if (name === "at") {
        var ms = /^\d+(\.\d+)?ms$/.test(after || "") ? parseFloat(after) : NaN;
        if (!isNaN(ms)) this.seek(ms);
      } else this._build();
    }

    /* What is shown: the link as it is now, and what the run of each lane comes to. */
    get experiment() { return this._link === null ? this.getAttribute("experiment") || "" : this._link; }
    set experiment(value) { this.load(value); }
    get outcome() { return this._outcome; }

    /* Shows another experiment: what follows # in an address, an address, or the experiment as an object. */
    load(experiment) { this._ask({ type: "load", experiment: experiment }); }
    play() { this._ask({ type: "play" }); }
    pause() { this._ask({ type: "pause" }); }
    seek(ms) { this._ask({ type: "seek", ms: Number(ms) }); }

    /* The address of the frame, or of the whole page. */
    _address(embedded) {
      var url = new URL(this.getAttribute("src") || HOME, document.baseURI);
      var experiment = this.getAttribute("experiment") || "";
      var query = ["embed"];
      for (var i = 0; i < OWN.length; i++) {
        var value = this.getAttribute(OWN[i]);
        if (OWN[i] === "theme") value = this._theme();
        if (value !== null) query.push(OWN[i] + (value === "" ? "" : "=" + encodeURIComponent(value)));
      }
      url.search = embedded ? "?" + query.join("&") : "";
      if (experiment && experiment[0] !== "{") url.hash = experiment.slice(experiment.lastIndexOf("#") + 1);
      return url;
    }

    _theme() {
      var theme = this.getAttribute("theme");
      return theme === "light" || theme === "dark" ? theme : themeAt(this);
    }

    _tellTheme() {
      var theme = this._theme();
      if (!this._frame || theme === this._shown) return;
      this._shown = theme;
      this._frame.style.colorScheme = theme;
      this._ask({ type: "theme", theme: theme });
    }

    _name() {
      var title = this.getAttribute("title") || this._title || "A figure of Ackground";
      if (this._frame) this._frame.title = title;
      if (this._start) this._start.setAttribute("aria-label", "Start: " + title);
    }

    _clear() {
      clearTimeout(this._late);
      if (this._near) this._near.disconnect();
      frames.delete(this._window);
      this._frame = this._start = this._near = null;
      this._greeted = false;
      this._box.textContent = "";
    }

    /* The poster, or room for the frame until it is near the window. */
    _build() {
      if (!this.isConnected) return;
      this._clear();
      this._said.hidden = true;
      this._slot.hidden = true;
      if (!this.getAttribute("src") && !HOME) return this._fail("It is not known where Ackground is: the figure needs a src.");
      if (this.hasAttribute("poster")) return this._poster();
      var figure = this, room = document.createElement("div");
      room.style.cssText = "min-height:" + (ROOM[this.getAttribute("view")] || ROOM.diagram) + "px";
      this._box.append(room);
      this._near = new IntersectionObserver(function (entries) {
        if (entries.some(function (entry) { return entry.isIntersecting; })) figure._embed();
      }, { rootMargin: "800px 0px" });
      this._near.observe(this);
    }

    _poster() {
      var figure = this, image = new Image(), button = document.createElement("button");
      var label = document.createElement("span");
      var asked = this.getAttribute("poster"), url = this._address(false);
      var link = url.hash.slice(1).split("&")[0];
      if (!link || /^[a-z]+=/.test(link)) link = "first";
      image.src = asked || new URL("./posters/" + link + ".svg", url).href;
      image.alt = "";
      image.style.cssText = "display:block;width:100%;height:auto;color-scheme:" + this._theme();
      image.onerror = function () {
        image.remove();
        button.style.minHeight = "140px";
        button.prepend(figure.getAttribute("title") || "A figure of Ackground");
      };
      label.textContent = "Start";
      label.style.cssText = "position:absolute;right:12px;top:12px;padding:5px 20px;border-radius:99px;font:600 15px/1.4 system-ui,sans-serif;box-shadow:0 2px 10px rgb(0 0 0/.3);" +
        (this._theme() === "dark" ? "background:#f1ede6;color:#191714" : "background:#211f1c;color:#fffefb");
      button.type = "button";
      button.style.cssText = "position:relative;display:block;width:100%;margin:0;padding:0;border:1px solid rgb(128 120 108/.4);border-radius:12px;background:transparent;color:inherit;font:inherit;text-align:center;overflow:hidden;cursor:pointer";
      button.append(image, label);
      button.onclick = function () {
        label.textContent = "Starting…";
        figure._embed(true);
      };
      this._start = button;
      this._box.append(button);
      this._name();
    }

    _embed(focus) {
      var figure = this, frame = document.createElement("iframe"), url = this._address(true);
      var poster = this._start;
      if (this._near) this._near.disconnect();
      if (this._frame) return;
      var height = poster ? Math.max(poster.offsetHeight, 200) : this._box.offsetHeight;
      this._origin = url.protocol === "file:" ? "null" : url.origin;
      this._shown = this._theme();
      frame.src = url.href;
      frame.style.cssText = "display:block;width:100%;border:0;border-radius:12px;background:transparent;height:" + height + "px;color-scheme:" + this._shown;
      this._frame = frame;
      this._focus = focus;
      this._name();
      this._box.replaceChildren(frame);
      this._start = null;
      /* Kept: a frame that is taken away has none any more. */
      this._window = frame.contentWindow;
      frames.set(this._window, this);
      var experiment = this.getAttribute("experiment") || "";
      if (experiment[0] === "{") {
        try { this._asked.unshift({ type: "load", experiment: JSON.parse(experiment) }); }
        catch (error) { this._tell("error", { message: "The experiment of this figure is not JSON: " + error.message }); }
      }
      this._late = setTimeout(function () {
        figure._fail("This figure did not load.");
      }, PATIENCE);
    }

    _fail(sentence) {
      this._said.textContent = sentence;
      this._said.hidden = false;
      this._slot.hidden = false;
      if (this._frame) this._frame.style.display = "none";
      this._tell("error", { message: sentence });
    }

    /* Says something to the frame: now if it listens, else as soon as it does. */
    _ask(message) {
      if (!this._greeted) {
        this._asked = this._asked.filter(function (other) { return other.type !== message.type; }).concat(message);
        if (this._start && message.type !== "theme" && message.type !== "pause") this._start.click();
        return;
      }
      message.ackground = 1;
      this._frame.contentWindow.postMessage(message, this._origin === "null" ? "*" : this._origin);
    }

    _tell(type, detail) {
      this.dispatchEvent(new CustomEvent(type, { detail: detail }));
    }

    /* What the frame says; what has another shape than it should have is passed over. */
    _hear(data) {
      if (data.type === "size" && number(data.height)) {
        this._frame.style.height = Math.min(Math.max(Math.ceil(data.height), 60), TALLEST) + "px";
      } else if (data.type === "ready" && typeof data.title === "string") {
        this._ready(data);
      } else if (data.type === "change" && number(data.at_ms) && number(data.end_ms)) {
        this._tell("change", { at_ms: data.at_ms, end_ms: data.end_ms, playing: data.playing === true });
      } else if (data.type === "outcome" && typeof data.experiment === "string" && Array.isArray(data.lanes)) {
        this._link = data.experiment;
        this._outcome = { experiment: data.experiment, title: String(data.title), lanes: data.lanes.slice(0, 4) };
        this._tell("outcome", this._outcome);
      } else if (data.type === "ended") {
        this._tell("ended", null);
      } else if (data.type === "error" && typeof data.message === "string") {
        this._tell("error", { message: data.message.slice(0, 2000) });
      }
    }

    _ready(data) {
      clearTimeout(this._late);
      this._said.hidden = true;
      this._slot.hidden = true;
      this._frame.style.display = "block";
      this._title = data.title;
      this._name();
      if (data.greeted !== true) {
        this._greeted = true;
        this._ask({ type: "hello" });
        this._asked.splice(0).forEach(this._ask, this);
        if (this._focus) this._frame.focus();
        this._focus = false;
      } else {
        this._tell("ready", { version: String(data.version), title: data.title });
      }
    }
  }

  customElements.define("ackground-figure", AckgroundFigure);
})();
