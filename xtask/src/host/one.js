// The page in one file: its program is packed in the page. Its workers run the same one, from the same text,
// with all that they need inside: where the page has no origin, they may not fetch what the page has.

const unpack = (letters) => {
    const packed = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).arrayBuffer();
};
const page = globalThis.document;
const [first, second, styles] = globalThis.packedPage ?? page.getElementById("packed").textContent.split(" ");
const parts = Promise.all([first, second].map(async (part) => WebAssembly.compile(await unpack(part))));
if (page) {
    const own = [`globalThis.packedPage = ${JSON.stringify([first, second])};\n`, page.getElementById("program").textContent];
    const worker = new Blob(own, { type: "text/javascript" });
    page.querySelector("meta[name=ackground-worker]").content = URL.createObjectURL(worker);
    page.getElementById("packed").remove();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(new TextDecoder().decode(await unpack(styles)));
    page.adoptedStyleSheets = [sheet];
}
const [module_or_path, module] = await parts;
later.module = module;
await __wbg_init({ module_or_path });
