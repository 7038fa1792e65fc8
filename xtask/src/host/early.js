// What the start needs is asked for while the page is still being read, unless a poster stands in its
// place until someone wants more. In words that old browsers know.
(function () {
  var asked = window.URLSearchParams && new URLSearchParams(location.search);
  if (!asked || (asked.has("embed") && asked.has("poster"))) return;
  function soon(rel, href, as) {
    var link = document.createElement("link");
    link.rel = rel;
    if (as) link.as = as;
    link.crossOrigin = "anonymous";
    link.href = href;
    document.head.appendChild(link);
  }
  soon("modulepreload", "./APP.js");
  soon("preload", "./APP_bg.wasm", "fetch");
})();
