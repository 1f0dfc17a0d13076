// RTNeural's recurrent layers behind a C interface, for benchmarks/FastRnn.Benchmarks/Peers/RtNeural.
//
// RTNeural's fast models have their sizes at compile time (ModelT), so the sizes below are all there are.
// Built by install.sh with -O3 -march=native -ffast-math if RTNEURAL_INCLUDE says where RTNeural is.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

#include <RTNeural/RTNeural.h>

#ifndef FASTRNN_RTNEURAL_VERSION
#define FASTRNN_RTNEURAL_VERSION "of unknown version"
#endif

namespace {

enum cell_kind { lstm = 1, gru = 2 };  // As CellKind in C#.

constexpr int lanes = 16;

// Any model: one sample in, the hidden state out; the state is carried on.
struct run {
    virtual ~run() = default;

    // RTNeural multiplies the lanes behind the last unit with what lies behind its matrices. Those lanes are zeros if they begin as zeros, but zero times
    // a NaN that happens to lie there spoils every output. -fno-lifetime-dse keeps g++ from leaving these zeros out.
    static constexpr std::size_t behind = 8192;
    static void *operator new(std::size_t bytes, std::align_val_t alignment) {
        return std::memset(::operator new(bytes + behind, alignment), 0, bytes + behind);
    }
    static void *operator new(std::size_t bytes) { return std::memset(::operator new(bytes + behind), 0, bytes + behind); }
    static void operator delete(void *at, std::align_val_t alignment) { ::operator delete(at, alignment); }
    static void operator delete(void *at) { ::operator delete(at); }
    virtual double measure(int iterations) = 0;
    std::vector<float> y;
};

using matrix = std::vector<std::vector<float>>;

// PyTorch's [rows, columns] to RTNeural's [columns][rows]. The GRU's gates r, z, n become z, r, n.
matrix transposed(const float *values, int rows, int columns, int cell) {
    matrix result(columns, std::vector<float>(rows));
    const int gate = rows / 3;
    for (int row = 0; row < rows; row++) {
        const int to = cell == lstm || row >= 2 * gate ? row : (row + gate) % (2 * gate);
        for (int column = 0; column < columns; column++) result[column][to] = values[std::size_t(row) * columns + column];
    }
    return result;
}

template <class layer_t, int cell, int input, int hidden>
struct model_run final : run {
    static constexpr int stride = (input + lanes - 1) / lanes * lanes;
    RTNeural::ModelT<float, input, hidden, layer_t> model;
    std::vector<float, xsimd::aligned_allocator<float, 64>> x;  // RTNeural loads whole vectors.
    int steps;

    model_run(const float *const *weights, const float *values, int step_count) : x(std::size_t(step_count) * stride), steps(step_count) {
        constexpr int rows = (cell == lstm ? 4 : 3) * hidden;
        for (int t = 0; t < steps; t++) std::copy_n(values + std::size_t(t) * input, input, x.begin() + std::size_t(t) * stride);
        auto &layer = model.template get<0>();
        layer.setWVals(transposed(weights[0], rows, input, cell));
        layer.setUVals(transposed(weights[1], rows, hidden, cell));
        const auto bias_ih = transposed(weights[2], rows, 1, cell)[0], bias_hh = transposed(weights[3], rows, 1, cell)[0];
        if constexpr (cell == lstm) {
            std::vector<float> bias(bias_ih);
            for (int i = 0; i < rows; i++) bias[i] += bias_hh[i];
            layer.setBVals(bias);
        } else {
            layer.setBVals({bias_ih, bias_hh});
        }
        model.reset();
        y.resize(std::size_t(steps) * hidden);
    }

    double measure(int iterations) override {
        const auto begin = std::chrono::steady_clock::now();
        for (int i = 0; i < iterations; i++) {
            // The outputs are taken out of the model in the last iteration alone, which favours RTNeural.
            const bool taken = i == iterations - 1;
            for (int t = 0; t < steps; t++) {
                model.forward(&x[std::size_t(t) * stride]);
                if (taken) std::copy_n(model.getOutputs(), hidden, &y[std::size_t(t) * hidden]);
            }
        }
        return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count();
    }
};

using maker = std::unique_ptr<run> (*)(const float *const *weights, const float *x, int steps);

template <class layer_t, int cell, int input, int hidden>
std::unique_ptr<run> make(const float *const *weights, const float *x, int steps) {
    return std::make_unique<model_run<layer_t, cell, input, hidden>>(weights, x, steps);
}

struct size {
    int cell, input, hidden;
    maker create;
};

template <int input, int hidden>
constexpr size of_lstm() { return {lstm, input, hidden, make<RTNeural::LSTMLayerT<float, input, hidden>, lstm, input, hidden>}; }

template <int input, int hidden>
constexpr size of_gru() { return {gru, input, hidden, make<RTNeural::GRULayerT<float, input, hidden>, gru, input, hidden>}; }

constexpr size sizes[] = {
    of_lstm<1, 8>(), of_lstm<1, 16>(), of_lstm<1, 20>(), of_lstm<1, 24>(), of_lstm<1, 32>(), of_lstm<1, 40>(), of_lstm<1, 64>(),
    of_lstm<64, 128>(),
    of_gru<1, 8>(), of_gru<1, 16>(), of_gru<1, 24>(), of_gru<1, 32>(), of_gru<1, 40>(), of_gru<1, 64>(), of_gru<40, 154>(),
};

maker find(int cell, int input, int hidden) {
    const auto found = std::find_if(std::begin(sizes), std::end(sizes),
                                    [&](const size &s) { return s.cell == cell && s.input == input && s.hidden == hidden; });
    return found == std::end(sizes) ? nullptr : found->create;
}

}  // namespace

extern "C" {

const char *fastrnn_rtneural_version() { return FASTRNN_RTNEURAL_VERSION; }

int fastrnn_rtneural_has(int cell, int input, int hidden) { return find(cell, input, hidden) != nullptr; }

// weights: weight_ih, weight_hh, bias_ih, bias_hh as PyTorch lays them out. Null if the size was not compiled.
void *fastrnn_rtneural_create(int cell, int input, int hidden, int steps, const float *const *weights, const float *x) {
    const maker create = find(cell, input, hidden);
    return create == nullptr ? nullptr : create(weights, x, steps).release();
}

double fastrnn_rtneural_measure(void *handle, int iterations) { return static_cast<run *>(handle)->measure(iterations); }

void fastrnn_rtneural_read(void *handle, float *y) {
    const run &r = *static_cast<run *>(handle);
    std::copy(r.y.begin(), r.y.end(), y);
}

void fastrnn_rtneural_destroy(void *handle) { delete static_cast<run *>(handle); }

}  // extern "C"
