// What one interaction costs, measured in the page: `act(step)` once per frame, and what came of it.
window.pace = {
    // A fixed piece of work, so that machines can be compared: the median of its times.
    calibrate() {
        const times = [];
        for (let round = 0; round < 9; round++) {
            const began = performance.now();
            let hash = 1;
            for (let i = 0; i < 3_000_000; i++) hash = Math.imul(hash ^ i, 16777619);
            window.calibrated = hash;
            times.push(performance.now() - began);
        }
        return times.sort((a, b) => a - b)[4];
    },
    async drive(frames, act) {
        const frame = () => new Promise(requestAnimationFrame);
        const task = () => new Promise((resume) => {
            const channel = new MessageChannel();
            channel.port1.onmessage = resume;
            channel.port2.postMessage(null);
        });
        const long = [];
        const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration)));
        observer.observe({ type: "longtask" });
        const work = [], gaps = [];
        let last = await frame();
        const began = last;
        for (let step = 0; step < frames; step++) {
            const start = performance.now();
            act(step);
            // Yew draws in a microtask; the browser then lays out, here and not at its leisure.
            await Promise.resolve();
            await task();
            document.body.getBoundingClientRect();
            work.push(performance.now() - start);
            const now = await frame();
            gaps.push(now - last);
            last = now;
        }
        await new Promise((resume) => setTimeout(resume, 100));
        observer.disconnect();
        const at = (list, part) => list.sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))];
        return {
            median: at(work, 0.5), p95: at(work, 0.95), longest: at(work, 1),
            frames: 1000 * frames / (last - began), gap: at(gaps, 1),
            tasks: long.length, task: Math.max(0, ...long),
        };
    },
    set(input, value) {
        const prototype = Object.getPrototypeOf(input);
        Object.getOwnPropertyDescriptor(prototype, "value").set.call(input, value);
        input.dispatchEvent(new Event("input", { bubbles: true }));
    },
    range(css) {
        const input = document.querySelector(css);
        const [low, high] = [Number(input.min || 0), Number(input.max || 100)];
        return (part) => pace.set(input, String(Math.round(low + (high - low) * part)));
    },
    key(key) {
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    },
    to(action) {
        window.paced = undefined;
        action().then((result) => { window.paced = result; }, (error) => { window.paced = { error: String(error) }; });
    },
};
