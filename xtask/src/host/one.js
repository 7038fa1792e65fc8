// The page in one file: its program is packed in the page. Its workers run the same one, from the same text,
// with all that they need inside: where the page has no origin, they may not fetch what the page has.
const unpacked = async (letters, type) => {
    const packed = await fetch(`data:application/octet-stream;base64,${letters}`);
    const stream = packed.body.pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream, { headers: { "content-type": type } });
};
const compiled = (letters) => WebAssembly.compileStreaming(unpacked(letters, "application/wasm"));
const page = globalThis.document;
if (page && !globalThis.DecompressionStream) {
    page.getElementById("app-fallback").className = "stuck";
    page.getElementById("app-apart").hidden = false;
    return;
}
const inside = (id) => {
    const element = page.getElementById(id);
    element.remove();
    return element.textContent;
};
const program = globalThis.packedProgram ?? ["packed-first", "packed-later"].map(inside);
const parts = Promise.all(program.map(compiled));
if (page) {
    const own = [`globalThis.packedProgram = ${JSON.stringify(program)};\n`, page.getElementById("program").textContent];
    const worker = new Blob(own, { type: "text/javascript" });
    page.querySelector("meta[name=ackground-worker]").content = URL.createObjectURL(worker);
    const styles = new CSSStyleSheet();
    styles.replaceSync(await (await unpacked(inside("packed-styles"), "text/css")).text());
    page.adoptedStyleSheets = [styles];
}
const [first, second] = await parts;
later.module = second;
await __wbg_init({ module_or_path: first });
