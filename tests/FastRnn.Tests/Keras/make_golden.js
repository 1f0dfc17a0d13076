// Writes golden/tfjs_mask.safetensors: outputs and last states of an LSTM of tfjs-layers behind a mask, in single precision, random weights.
// Weights stand under PyTorch's names and in its shapes, x [B, T, I] has -9 at masked steps, y is [B, T, H], h and c are [B, H].
// Usage, with @tensorflow/tfjs-layers, tfjs-core and tfjs-backend-cpu where node finds them (NODE_PATH): node make_golden.js [FOLDER]
"use strict";
const fs = require("fs");
const path = require("path");
const tf = require("@tensorflow/tfjs-core");
const layers = require("@tensorflow/tfjs-layers").layers;
const model = require("@tensorflow/tfjs-layers").model;
const input = require("@tensorflow/tfjs-layers").input;
require("@tensorflow/tfjs-backend-cpu");

// 1 is a step, 0 a masked one: in the middle, at the beginning, nowhere, everywhere, at both ends.
const steps = ["110011", "001011", "111111", "000000", "010100"];
const [B, T, I, H, masked] = [steps.length, steps[0].length, 3, 5, -9];

// A generator of its own, so that every machine makes the same.
let state = 1;
function number() {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.fround(2 * (state / 4294967296) - 1);
}

function numbers(count) {
    return Float32Array.from({ length: count }, number);
}

function transposed(values, rows, columns) {
    return Float32Array.from({ length: values.length }, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]);
}

function write(file, tensors, metadata) {
    const header = { __metadata__: metadata };
    let at = 0;
    for (const [name, [values, shape]] of Object.entries(tensors)) {
        header[name] = { dtype: "F32", shape, data_offsets: [at, at + values.byteLength] };
        at += values.byteLength;
    }
    let head = JSON.stringify(header);
    head += " ".repeat((8 - (head.length % 8)) % 8);
    const length = Buffer.alloc(8);
    length.writeUInt32LE(head.length);
    const data = Object.values(tensors).map(([values]) => Buffer.from(values.buffer, values.byteOffset, values.byteLength));
    fs.writeFileSync(file, Buffer.concat([length, Buffer.from(head), ...data]));
}

async function main() {
    await tf.setBackend("cpu");
    const x = numbers(B * T * I).map((value, i) => (steps[Math.floor(i / (T * I))][Math.floor(i / I) % T] === "1" ? value : masked));
    const [W, U, b] = [numbers(I * 4 * H), numbers(H * 4 * H), numbers(4 * H)];
    const start = input({ shape: [T, I] });
    const lstm = layers.lstm({
        units: H, returnSequences: true, returnState: true, recurrentActivation: "sigmoid", recurrentInitializer: "zeros",
    });
    const network = model({ inputs: start, outputs: lstm.apply(layers.masking({ maskValue: masked }).apply(start)) });

    // Gates i f c o, as PyTorch's i f g o, but by columns.
    lstm.setWeights([tf.tensor2d(W, [I, 4 * H]), tf.tensor2d(U, [H, 4 * H]), tf.tensor1d(b)]);
    const [y, h, c] = network.predict(tf.tensor3d(x, [B, T, I])).map((tensor) => Float32Array.from(tensor.dataSync()));
    write(path.join(process.argv[2] || path.join(__dirname, "golden"), "tfjs_mask.safetensors"), {
        weight_ih_l0: [transposed(W, I, 4 * H), [4 * H, I]],
        weight_hh_l0: [transposed(U, H, 4 * H), [4 * H, H]],
        bias_ih_l0: [b, [4 * H]],
        "input.x": [x, [B, T, I]],
        "output.y": [y, [B, T, H]],
        "output.h": [h, [B, H]],
        "output.c": [c, [B, H]],
    }, { tool: "tfjs-layers 4.22.0" });
}

main();
