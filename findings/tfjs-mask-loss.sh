#!/usr/bin/env bash
# @tensorflow/tfjs-layers 4.22.0: masks of padded sequences (embedding with maskZero, or a masking layer)
#
# One would guess: as in Keras, whose layers and names these are, a mask goes with the outputs to the loss, so that
#   padding counts nothing.
# What happens: the mask reaches the LSTM, which holds its state over the padding, and ends there. Loss and gradient
#   count every padded step: whatever stands in the targets there is learned, and the number of padded steps scales the
#   rest. Nothing is said. sampleWeight, the way around it elsewhere, is refused by fit().
# Who meets it: everyone who trains on sequences of several lengths, or brings a Keras model and its data along.
# What helps: a loss of one's own that sees from the targets which steps are padding.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"

echo '{"private": true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs-{core,layers,backend-cpu}@4.22.0

cat >mask.js <<'JS'
const tf = require('@tensorflow/tfjs-core');
require('@tensorflow/tfjs-backend-cpu');
const {layers, sequential, model} = require('@tensorflow/tfjs-layers');

// Two real steps and two of padding; the read-out starts at 0, so that every output is 0.
const tokens = tf.tensor2d([[1, 2, 0, 0]]);
const targets = padding => tf.tensor3d([[[1], [1], [padding], [padding]]]);

function build() {
    const net = sequential();
    net.add(layers.embedding({inputDim: 3, outputDim: 2, maskZero: true, inputLength: 4, embeddingsInitializer: 'ones'}));
    net.add(layers.lstm({units: 2, returnSequences: true, kernelInitializer: 'ones', recurrentInitializer: 'ones'}));
    net.add(layers.dense({units: 1, kernelInitializer: 'zeros'}));
    net.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
    return net;
}

async function main() {
    await tf.setBackend('cpu');
    let same = true;
    const net = build();

    const hidden = await model({inputs: net.inputs, outputs: net.layers[1].output}).predict(tokens).array();
    const h = hidden[0].map(step => step[0]);
    console.log('hidden state, steps 1 to 4 (held over the padding):', h.map(v => v.toFixed(4)).join(' '));
    same &&= h[0] !== h[1] && h[1] === h[2] && h[2] === h[3];

    for (const [padding, loss, bias] of [[0, 0.5, 0.01], [10, 50.5, 0.11]]) {
        const trained = build();
        const before = (await trained.evaluate(tokens, targets(padding)).data())[0];
        await trained.fit(tokens, targets(padding), {epochs: 1, verbose: 0});
        const after = (await trained.layers[2].getWeights()[1].data())[0];
        console.log(`targets of padding ${padding}: loss ${before.toFixed(3)} (real steps alone: 1), bias after a step ${after.toFixed(3)}`);
        same &&= Math.abs(before - loss) < 1e-4 && Math.abs(after - bias) < 1e-4;
    }

    let refused = 'accepted';
    await net.fit(tokens, targets(0), {epochs: 1, verbose: 0, sampleWeight: tf.tensor2d([[1, 1, 0, 0]])}).catch(e => refused = e.message);
    console.log('sampleWeight:', refused);
    return same && refused !== 'accepted';
}

main().then(same => { console.log(same ? 'as recorded' : 'no longer what was recorded'); process.exit(same ? 0 : 1); });
JS
node mask.js 2>&1 | grep -v -e '^=*$' -e 'Hi, looks like'
