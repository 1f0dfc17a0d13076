#!/usr/bin/env bash
# @opendaw/nam-wasm 1.2.0: models of Neural Amp Modeler (here an LSTM) on blocks of more than 128 samples
#
# One would guess: process(id, input, output) plays the whole input, at least after setMaxBufferSize, which is said to be there for larger
#   blocks and whose number getMaxBufferSize gives back.
# What happens: 128 samples of each call are played, before and after setMaxBufferSize. The rest of the output is left as it was (in place: the
#   dry signal), and the rest of the input never reaches the network, whose state goes on as if there had been none: of the next call the
#   first samples are wrong, too. Nothing is said.
# Who meets it: who renders a file in Node.js or in a worker, in blocks of 512 or as a whole, and compares it with another player's.
#   A browser's audio thread hands over 128 samples and does not meet it.
# What helps: blocks of at most 128 samples (subarray), as the last line shows.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"

echo '{"private": true, "type": "module"}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts @opendaw/nam-wasm@1.2.0

cat >blocks.js <<'JS'
import {readFileSync} from 'node:fs';
import {createNamModule, NamWasmModule} from '@opendaw/nam-wasm';

// An LSTM of two units: one matrix [i f g o; x h] by rows, biases, first h and c, the head.
const hidden = 2;
let seed = 5;
const weights = Array.from({length: 4 * hidden * (hidden + 1) + 4 * hidden + 3 * hidden + 1}, () => Math.fround((seed = seed * 16807 % 2147483647) / 2147483647 * 2 - 1));
for (let k = 0; k < hidden; k++) weights[4 * hidden * (hidden + 1) + hidden + k] = 5;   // the forget gates are open: a memory of a hundred samples
const file = JSON.stringify({version: '0.5.4', architecture: 'LSTM', sample_rate: 48000, config: {input_size: 1, hidden_size: hidden, num_layers: 1}, weights});

// Its equations in double, from the state that 48,000 zeros leave behind.
function equations(input) {
    const rest = [...weights], take = count => rest.splice(0, count), sigmoid = v => 1 / (1 + Math.exp(-v));
    const rows = Array.from({length: 4 * hidden}, () => take(hidden + 1)), bias = take(4 * hidden);
    let [h, c, head, headBias] = [take(hidden), take(hidden), take(hidden), rest[0]];
    const step = x => {
        const sum = rows.map((row, r) => row.reduce((s, v, k) => s + v * (k ? h[k - 1] : x), bias[r]));
        c = c.map((v, k) => sigmoid(sum[hidden + k]) * v + sigmoid(sum[k]) * Math.tanh(sum[2 * hidden + k]));
        h = c.map((v, k) => sigmoid(sum[3 * hidden + k]) * Math.tanh(v));
        return h.reduce((s, v, k) => s + v * head[k], headBias);
    };
    for (let t = 0; t < 48000; t++) step(0);
    return input.map(step);
}

const nam = NamWasmModule.fromModule(await createNamModule({wasmBinary: readFileSync('node_modules/@opendaw/nam-wasm/dist/nam.wasm')}));
nam.setSampleRate(48000);
const input = Float32Array.from({length: 768}, (_, t) => Math.sin(t * 0.05) * 0.2 + (t >> 7) % 2), right = equations([...input]);

function play(block) {
    const [id, output] = [nam.createInstance(), new Float32Array(input.length)];
    if (!nam.loadModel(id, file)) throw new Error('not loaded');
    for (let at = 0; at < input.length; at += block) nam.process(id, input.subarray(at, at + block), output.subarray(at, at + block));
    nam.destroyInstance(id);
    return output;
}

const far = (output, from, to) => Math.max(...right.slice(from, to).map((v, t) => Math.abs(v - output[from + t])));
let recorded = true;
function show(what, output, played) {
    const silent = output.filter(v => v === 0).length;
    console.log(`${what}: ${silent} of 768 samples left as they were; furthest in samples 0 to 127 ${far(output, 0, 128).toFixed(4)}, 256 to 383 ${far(output, 256, 384).toFixed(4)}`);
    recorded &&= silent === 768 - played && far(output, 0, 128) < 5e-3 && far(output, 256, 384) > 0.02 === played < 768;
}

show('blocks of 256', play(256), 384);
nam.setMaxBufferSize(256);
show(`blocks of 256 after setMaxBufferSize(256), getMaxBufferSize ${nam.getMaxBufferSize()}`, play(256), 384);
show('the whole at once', play(768), 128);
show('blocks of 128', play(128), 768);
console.log(recorded ? 'as recorded' : 'no longer what was recorded');
process.exit(recorded ? 0 : 1);
JS
node blocks.js 2>&1 | grep -v '^\[NAM'
