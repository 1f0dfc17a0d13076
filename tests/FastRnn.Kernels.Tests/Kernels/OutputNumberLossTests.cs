using FastRnn.Kernels;

using static FastRnn.Tests.Kernels.LossCase;

namespace FastRnn.Tests.Kernels;

/// <summary>Losses of differences, and those that read a number for each output: a weight, a limit, a quantile.</summary>
public sealed unsafe class OutputNumberLossTests
{
    public static TheoryData<int> Sizes => LossCase.Sizes;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Absolute_error_agrees_with_double(int outputs) => ErrorAgrees<AbsoluteError>(
        outputs, _ => 0, (z, y, _) => Math.Abs(z - y), (z, y, _) => Math.Sign(z - y));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Huber_error_agrees_with_double_on_both_sides_of_delta(int outputs) => ErrorAgrees<HuberError>(
        outputs,
        i => 0.25f + i % 3,
        (z, y, delta) => Math.Abs(z - y) <= delta ? (z - y) * (z - y) / 2 : delta * (Math.Abs(z - y) - delta / 2),
        (z, y, delta) => Math.Clamp(z - y, -delta, delta));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Pinball_error_agrees_with_double(int outputs) => ErrorAgrees<PinballError>(
        outputs,
        i => (1 + i % 7) / 8f,
        (z, y, q) => y > z ? q * (y - z) : (1 - q) * (z - y),
        (z, y, q) => y > z ? -q : 1 - q);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Weighted_binary_cross_entropy_agrees_with_double(int outputs)
    {
        var y = Targets(outputs, i => i % 3 == 0 ? 0 : i % 3 == 1 ? 1 : 0.25f);
        var numbers = Numbers(outputs, i => i % 4 * 0.75f);
        Check(
            outputs,
            scaleOfLogits: 10,
            (width, call) => WithNumbers(numbers, call, full => ElementLoss<WeightedBinaryCrossEntropy>.Run(width, full, Rows(y, outputs))),
            (position, z, gradient) =>
            {
                var loss = 0.0;
                for (var i = 0; i < z.Length; i++)
                {
                    var (target, weight, p) = ((double)y[position * outputs + i], (double)numbers[i], 1 / (1 + Math.Exp(-z[i])));
                    loss += weight * target * Math.Log(1 + Math.Exp(-z[i])) + (1 - target) * Math.Log(1 + Math.Exp(z[i]));
                    gradient[i] = -weight * target * (1 - p) + (1 - target) * p;
                }

                return loss;
            });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Smoothed_and_weighted_softmax_agrees_with_double(int outputs)
    {
        var targets = SequenceFixture.RandomTokens(Steps * Batch, outputs, 9);
        var numbers = Numbers(outputs, i => 0.5f + i % 5 * 0.25f);
        foreach (var smoothing in (double[])[0, 0.125, 0.9])
        {
            Check(
                outputs,
                scaleOfLogits: 20,
                (width, call) =>
                {
                    call.LabelSmoothing = smoothing;
                    fixed (int* t = targets)
                    {
                        var labels = (nint)t;
                        WithNumbers(numbers, call, full => Softmax.CrossEntropy(width, full, (int*)labels));
                    }
                },
                (position, z, gradient) =>
                {
                    var log = Math.Log(z.Sum(v => Math.Exp(v - z.Max()))) + z.Max();
                    var target = numbers.Take(outputs).Select(weight => weight * smoothing / outputs).ToArray();
                    target[targets[position]] += numbers[targets[position]] * (1 - smoothing);
                    for (var i = 0; i < z.Length; i++)
                        gradient[i] = target.Sum() * Math.Exp(z[i] - log) - target[i];
                    return target.Zip(z, (q, v) => q * (log - v)).Sum();
                });
        }
    }

    /// <summary>Where an output is its target there is no direction: the gradient is 0.</summary>
    [Fact]
    public void Losses_with_a_kink_have_no_gradient_there()
    {
        var numbers = Numbers(20, _ => 0.25f);
        var losses = stackalloc double[Steps * Batch];
        foreach (var width in Widths)
        {
            var (logits, gradient) = (new SequenceFixture(Steps, Batch, 20, 0, 1), new SequenceFixture(Steps, Batch, 20, 0, 2));
            var call = new LossCall
            {
                Logits = logits.Rows,
                Gradient = gradient.Rows,
                Losses = losses,
                Steps = Steps,
                Batch = Batch,
                RowEnd = Batch,
                Outputs = 20,
                Scale = 1,
            };
            WithNumbers(numbers, call, full => ElementLoss<PinballError>.Run(width, full, logits.Rows));
            Assert.All(gradient.Memory.Take(20), d => Assert.Equal(0, d));
            ElementLoss<AbsoluteError>.Run(width, call, logits.Rows);
            Assert.All(gradient.Memory.Take(20), d => Assert.Equal(0, d));
            Assert.Equal(0, losses[0]);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void An_output_that_is_no_number_is_never_lost(float poison)
    {
        var numbers = Numbers(40, _ => 0.25f);
        foreach (var width in Widths)
        {
            for (var place = 0; place < 40; place++)
            {
                var logits = SequenceFixture.RandomArray(48, 1);
                var targets = SequenceFixture.RandomArray(48, 2);
                var gradient = GC.AllocateArray<float>(64, pinned: true);
                logits[place] = poison;
                double loss;
                var where = (nint)(&loss);
                fixed (float* z = logits, y = targets, d = gradient)
                {
                    var call = new LossCall
                    {
                        Logits = new(z, 0, 0),
                        Gradient = new(d, 0, 0),
                        Losses = (double*)where,
                        Steps = 1,
                        Batch = 1,
                        RowEnd = 1,
                        Outputs = 40,
                        Scale = 1,
                    };
                    var rows = new SequenceRows(y, 0, 0);
                    ElementLoss<AbsoluteError>.Run(width, call, rows);
                    Assert.False(double.IsFinite(loss));
                    WithNumbers(numbers, call, full => ElementLoss<HuberError>.Run(width, full, rows));
                    Assert.False(double.IsFinite(loss));
                    WithNumbers(numbers, call, full => ElementLoss<PinballError>.Run(width, full, rows));
                    Assert.False(double.IsFinite(loss));
                }
            }
        }
    }

    private static void ErrorAgrees<TLoss>(
        int outputs, Func<int, float> number, Func<double, double, double, double> term, Func<double, double, double, double> derivative)
        where TLoss : struct, IElementLoss
    {
        var y = Targets(outputs, i => i % 7 * 0.3f - 1);
        var numbers = Numbers(outputs, number);
        Check(
            outputs,
            scaleOfLogits: 2,
            (width, call) => WithNumbers(numbers, call, full => ElementLoss<TLoss>.Run(width, full, Rows(y, outputs))),
            (position, z, gradient) =>
            {
                var loss = 0.0;
                for (var i = 0; i < z.Length; i++)
                {
                    loss += term(z[i], y[position * outputs + i], numbers[i]) / outputs;
                    gradient[i] = derivative(z[i], y[position * outputs + i], numbers[i]) / outputs;
                }

                return loss;
            });
    }
}
