using FastRnn.CompilerServices;
using FastRnn.Tests.Kernels;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

public sealed unsafe class OptimizerTests
{
    private const int Count = 160;
    private const int Steps = 12;

    public static TheoryData<string> Names => ["sgd", "momentum", "nesterov", "adam", "adamw"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_agree_with_the_formulas_in_double(string name)
    {
        var optimizer = Create(name);
        var parameters = Train(optimizer, SimdWidths.Available[^1], Count);
        var expected = Expected(name);
        for (var i = 0; i < Count; i++)
            Assert.Equal(expected[i], parameters[i], 2e-6);
    }

    [Theory]
    [InlineData("adam", 0.45043253898620605, -0.2071262151002884)]
    [InlineData("adamw", 0.448036253452301, -0.2059711217880249)]
    [InlineData("momentum", 0.17691843211650848, -0.025629304349422455)]
    [InlineData("nesterov", 0.05749344825744629, 0.020840149372816086)]
    public void Five_steps_give_the_numbers_of_pytorch(string name, double first, double second)
    {
        // torch.optim 1.13 from p = [0.5, -0.25] with the gradients [0.1 i, -0.3 / i], i = 1 to 5, and the same settings.
        var optimizer = Create(name);
        float* buffers = stackalloc float[64];
        new Span<float>(buffers, 64).Clear();
        buffers[0] = 0.5f;
        buffers[1] = -0.25f;
        var call = new OptimizerCall
        {
            Parameters = buffers,
            Gradients = buffers + 16,
            State0 = buffers + 32,
            State1 = buffers + 48,
            GradientScale = 1
        };
        for (call.Step = 1; call.Step <= 5; call.Step++)
        {
            buffers[16] = 0.1f * call.Step;
            buffers[17] = -0.3f / call.Step;
            optimizer.Update(SimdWidth.Bits128, call, 0, 16);
        }

        Assert.Equal(first, buffers[0], 3e-7);
        Assert.Equal(second, buffers[1], 3e-7);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_width_and_split_gives_the_same_bits(string name)
    {
        var expected = Train(Create(name), SimdWidth.Bits128, Count);
        foreach (var width in new[] { SimdWidth.Bits128, SimdWidth.Bits256, SimdWidth.Bits512 })
        {
            foreach (var part in new[] { 16, 48, Count })
                Assert.Equal(expected, Train(Create(name), width, part));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Zeros_stay_zeros(string name)
    {
        var optimizer = Create(name);
        var zeros = GC.AllocateArray<float>(16, pinned: true);
        var gradients = GC.AllocateArray<float>(16, pinned: true);
        fixed (float* p = zeros, g = gradients)
        {
            float* m = stackalloc float[16], v = stackalloc float[16];
            for (var step = 1; step < 5; step++)
            {
                optimizer.Update(
                    SimdWidth.Bits512,
                    new OptimizerCall
                    {
                        Parameters = p,
                        Gradients = g,
                        State0 = optimizer.StateSlots > 0 ? m : null,
                        State1 = v,
                        Step = step,
                        GradientScale = 1
                    },
                    0,
                    16);
            }
        }

        Assert.All(zeros, z => Assert.Equal(0f, z));
    }

    [Fact]
    public void Moments_decay_to_zero_and_not_into_denormals()
    {
        float* buffers = stackalloc float[64];
        new Span<float>(buffers, 64).Clear();
        new Span<float>(buffers + 16, 16).Fill(1e-10f);
        var adam = new Adam(1e-3f, 0.5f, 0.5f);
        var call = new OptimizerCall
        {
            Parameters = buffers,
            Gradients = buffers + 16,
            State0 = buffers + 32,
            State1 = buffers + 48,
            GradientScale = 1
        };
        for (call.Step = 1; call.Step < 200; call.Step++)
        {
            adam.Update(SimdWidth.Bits128, call, 0, 16);
            new Span<float>(buffers + 16, 16).Clear();
            Assert.True(buffers[32] == 0 || buffers[32] >= Activation.FlushLimit);
            Assert.True(buffers[48] == 0 || float.IsNormal(buffers[48]));
        }

        Assert.Equal(0, buffers[32]);
        Assert.Equal(0, buffers[48]);
    }

    [Theory]
    [InlineData(1e-15f, 1)]
    [InlineData(1e-17f, 1)]
    [InlineData(1e-19f, 0)]
    [InlineData(1e-25f, 0)]
    public void Tiny_gradients_move_by_the_learning_rate_or_not_at_all(float gradient, int rates)
    {
        // Adam's step does not depend on the size of a gradient, as long as it is far above epsilon. A first moment whose second moment was
        // too small to be kept would be divided by epsilon alone.
        float* buffers = stackalloc float[64];
        foreach (var width in SimdWidths.Available)
        {
            new Span<float>(buffers, 64).Clear();
            var adam = new Adam(1e-3f, epsilon: 1e-24f);
            for (var step = 1; step <= 300; step++)
            {
                new Span<float>(buffers + 16, 16).Fill(gradient);
                adam.Update(width, Call(buffers, step), 0, 16);
                Assert.Equal(-1e-3 * rates * step, buffers[0], 1e-6 * step);
            }

            // Gradients that end: both moments decay, none faster than its quotient allows.
            for (var (step, before) = (301, buffers[0]); step < 4000; step++, before = buffers[0])
            {
                new Span<float>(buffers + 16, 16).Clear();
                adam.Update(width, Call(buffers, step), 0, 16);
                Assert.InRange(buffers[0], before - 1.1e-3f, before);
            }
        }
    }

    [Fact]
    public void A_gradient_whose_square_is_no_normal_number_counts_as_0()
    {
        // (1 - beta2) g^2 reaches 1.18e-38 where g is 3.43e-18.
        float* buffers = stackalloc float[64];
        foreach (var width in SimdWidths.Available)
        {
            foreach (var (gradient, counts) in ((float, bool)[])[(3.3e-18f, false), (3.5e-18f, true)])
            {
                new Span<float>(buffers, 64).Clear();
                new Span<float>(buffers + 16, 16).Fill(gradient);
                new Span<float>(buffers + 48, 16).Fill(1e-37f);
                new Adam(1e-3f, 0.9f, 0.999f).Update(width, Call(buffers, step: 1), 0, 16);
                Assert.Equal(counts ? 0.1 * gradient : 0, buffers[32], 1e-24);
                Assert.Equal((0.999 * 1e-37) + (counts ? 0.001 * gradient * gradient : 0), buffers[48], 1e-42);
            }
        }
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("nesterov")]
    [InlineData("adamw")]
    public void Parameters_decay_to_zero_and_not_into_denormals(string name)
    {
        float* buffers = stackalloc float[64];
        new Span<float>(buffers, 64).Clear();
        new Span<float>(buffers, 16).Fill(1e-28f);
        Optimizer optimizer = name == "adamw" ? new AdamW(0.5f, weightDecay: 0.1f)
            : new Sgd(0.05f, name == "sgd" ? 0 : 0.5f, weightDecay: 1, nesterov: name == "nesterov");
        for (var step = 1; step <= 500; step++)
        {
            optimizer.Update(SimdWidth.Bits128, Call(buffers, step), 0, 16);
            Assert.True(buffers[0] == 0 || Math.Abs(buffers[0]) >= Activation.FlushLimit);
        }

        Assert.Equal(0, buffers[0]);
    }

    [Fact]
    public void Numbers_outside_their_ranges_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1, momentum: 1));
        Assert.Throws<ArgumentException>(() => new Sgd(1, nesterov: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(beta1: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(epsilon: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(weightDecay: -1));
        var sgd = new Sgd(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => sgd.LearningRate = float.PositiveInfinity);
        sgd.LearningRate = 0.5f;
        Assert.Equal(0.5f, sgd.LearningRate);
        Assert.Throws<ArgumentOutOfRangeException>(() => sgd.Momentum = 0.5f);
        var momentum = new Sgd(1, 0.5f) { Momentum = 0.75f };
        Assert.Equal(0.75f, momentum.Momentum);
        Assert.Throws<ArgumentOutOfRangeException>(() => momentum.Momentum = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam().Beta2 = 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW().WeightDecay = float.NaN);
    }

    private static OptimizerCall Call(float* buffers, int step) => new()
    {
        Parameters = buffers,
        Gradients = buffers + 16,
        State0 = buffers + 32,
        State1 = buffers + 48,
        Step = step,
        GradientScale = 1,
    };

    private static Optimizer Create(string name) => name switch
    {
        "sgd" => new Sgd(0.1f, weightDecay: 0.01f),
        "momentum" => new Sgd(0.1f, 0.9f, 0.01f),
        "nesterov" => new Sgd(0.1f, 0.9f, 0.01f, nesterov: true),
        "adam" => new Adam(0.01f, 0.8f, 0.95f),
        _ => new AdamW(0.01f, 0.8f, 0.95f, weightDecay: 0.1f),
    };

    private static float[] Train(Optimizer optimizer, SimdWidth width, int part)
    {
        var parameters = SequenceFixture.RandomArray(Count, 1);
        var state0 = GC.AllocateArray<float>(Count, pinned: true);
        var state1 = GC.AllocateArray<float>(Count, pinned: true);
        for (var step = 1; step <= Steps; step++)
        {
            fixed (float* p = parameters, g = SequenceFixture.RandomArray(Count, 100 + step), m = state0, v = state1)
            {
                var call = new OptimizerCall
                {
                    Parameters = p,
                    Gradients = g,
                    State0 = optimizer.StateSlots > 0 ? m : null,
                    State1 = optimizer.StateSlots > 1 ? v : null,
                    Step = step,
                    GradientScale = 0.5f,
                };
                for (var i = 0; i < Count; i += part)
                    optimizer.Update(width, call, i, Math.Min(i + part, Count));
            }
        }

        return parameters;
    }

    private static double[] Expected(string name)
    {
        var p = SequenceFixture.RandomArray(Count, 1).Select(x => (double)x).ToArray();
        var m = new double[Count];
        var v = new double[Count];
        for (var step = 1; step <= Steps; step++)
        {
            var gradients = SequenceFixture.RandomArray(Count, 100 + step);
            for (var i = 0; i < Count; i++)
            {
                var g = 0.5 * gradients[i];
                if (name is "adam" or "adamw")
                {
                    if (name == "adamw")
                        p[i] *= 1 - 0.01 * 0.1;
                    m[i] = 0.8 * m[i] + 0.2 * g;
                    v[i] = 0.95 * v[i] + 0.05 * g * g;
                    p[i] -= 0.01 / (1 - Math.Pow(0.8, step)) * m[i] / (Math.Sqrt(v[i]) / Math.Sqrt(1 - Math.Pow(0.95, step)) + 1e-8);
                    continue;
                }

                g += 0.01 * p[i];
                m[i] = 0.9 * m[i] + g;
                p[i] -= 0.1 * (name == "sgd" ? g : name == "momentum" ? m[i] : g + 0.9 * m[i]);
            }
        }

        return p;
    }
}
