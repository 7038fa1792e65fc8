// The page in one file: its program is packed in the page. Its workers run the same one, from the same text,
// with all that they need inside: where the page has no origin, they may not fetch what the page has.
const unpacked = async (letters) => {
    const packed = await fetch(`data:application/octet-stream;base64,${letters}`);
    const stream = packed.body.pipeThrough(new DecompressionStream("deflate"));
    return WebAssembly.compileStreaming(new Response(stream, { headers: { "content-type": "application/wasm" } }));
};
const page = globalThis.document;
if (page && !globalThis.DecompressionStream) {
    page.getElementById("app-fallback").className = "stuck";
    page.getElementById("app-apart").hidden = false;
    return;
}
const packed = globalThis.packed ?? ["packed-first", "packed-later"].map((id) => {
    const element = page.getElementById(id);
    element.remove();
    return element.textContent;
});
if (page) {
    const program = page.getElementById("program").textContent;
    const worker = new Blob([`globalThis.packed = ${JSON.stringify(packed)};\n`, program], { type: "text/javascript" });
    page.querySelector("meta[name=ackground-worker]").content = URL.createObjectURL(worker);
}
const [first, second] = await Promise.all(packed.map(unpacked));
later.module = second;
await __wbg_init({ module_or_path: first });
