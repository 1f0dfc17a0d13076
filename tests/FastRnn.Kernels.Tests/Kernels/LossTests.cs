using FastRnn.Execution;
using FastRnn.Kernels;

namespace FastRnn.Tests.Kernels;

public sealed unsafe class LossTests
{
    private const int Steps = 5;
    private const int Batch = 3;
    private static readonly SimdWidth[] Widths = [SimdWidth.Bits128, SimdWidth.Bits256, SimdWidth.Bits512];

    public static TheoryData<int> Sizes => [1, 2, 3, 7, 15, 16, 17, 31, 65, 256, 300];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Softmax_cross_entropy_agrees_with_double_and_is_the_same_at_every_width(int outputs) =>
        SoftmaxAgrees(outputs, scaleOfLogits: 20);

    /// <summary>exp(200) is no float: without a shift by the largest logit nothing would be right.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Softmax_cross_entropy_is_shifted_by_the_largest_logit(int outputs) => SoftmaxAgrees(outputs, scaleOfLogits: 200);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_log_softmax_agrees_with_double_and_is_the_same_at_every_width(int outputs)
    {
        var logits = SequenceFixture.RandomArray(Math.Max(outputs, 16) + 16, 4);
        for (var i = 0; i < logits.Length; i++)
            logits[i] *= 200;
        var z = logits.Take(outputs).Select(v => (double)v).ToArray();
        var log = Math.Log(z.Sum(v => Math.Exp(v - z.Max())));
        var rows = Widths.Select(width =>
        {
            var row = GC.AllocateArray<float>(logits.Length + 16, pinned: true);
            logits.CopyTo(row, 0);
            fixed (float* values = row)
                Softmax.NormalizeLog(width, values, outputs);
            return row;
        }).ToArray();
        Assert.All(rows, row => Assert.Equal(rows[0], row));
        for (var i = 0; i < outputs; i++)
            Assert.Equal(z[i] - z.Max() - log, rows[0][i], 1e-6 * Math.Max(1, z.Max() - z[i]));
        Assert.All(rows[0][outputs..((outputs + 15) / 16 * 16)], padding => Assert.Equal(0, padding));
    }

    private static void SoftmaxAgrees(int outputs, float scaleOfLogits)
    {
        var targets = SequenceFixture.RandomTokens(Steps * Batch, outputs, 9);
        Check(
            outputs,
            scaleOfLogits,
            (width, call) =>
            {
                fixed (int* t = targets)
                    Softmax.CrossEntropy(width, call, t);
            },
            (position, z, gradient) =>
            {
                var largest = z.Max();
                var sum = z.Sum(v => Math.Exp(v - largest));
                for (var i = 0; i < z.Length; i++)
                    gradient[i] = Math.Exp(z[i] - largest) / sum - (i == targets[position] ? 1 : 0);
                return Math.Log(sum) + largest - z[targets[position]];
            });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Binary_cross_entropy_agrees_with_double_also_at_large_logits(int outputs)
    {
        var y = Targets(outputs, i => i % 3 == 0 ? 0 : i % 3 == 1 ? 1 : 0.25f);
        Check(
            outputs,
            scaleOfLogits: 100,
            (width, call) => ElementLoss<BinaryCrossEntropy>.Run(width, call, Rows(y, outputs)),
            (position, z, gradient) =>
            {
                var loss = 0.0;
                for (var i = 0; i < z.Length; i++)
                {
                    var target = y[position * outputs + i];
                    var e = Math.Exp(-Math.Abs(z[i]));
                    loss += Math.Max(z[i], 0) - z[i] * target + (e < 1e-8 ? e : Math.Log(1 + e));
                    gradient[i] = 1 / (1 + Math.Exp(-z[i])) - target;
                }

                return loss;
            });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Squared_error_agrees_with_double(int outputs)
    {
        var y = Targets(outputs, i => i % 7 * 0.3f - 1);
        Check(
            outputs,
            scaleOfLogits: 2,
            (width, call) => ElementLoss<SquaredError>.Run(width, call, Rows(y, outputs)),
            (position, z, gradient) =>
            {
                var loss = 0.0;
                for (var i = 0; i < z.Length; i++)
                {
                    var difference = z[i] - y[position * outputs + i];
                    loss += difference * difference / outputs;
                    gradient[i] = 2 * difference / outputs;
                }

                return loss;
            });
    }

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
        foreach (var width in Widths)
        {
            var (logits, gradient) = (new SequenceFixture(Steps, Batch, 20, 0, 1), new SequenceFixture(Steps, Batch, 20, 0, 2));
            var losses = stackalloc double[Steps * Batch];
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

    private static float[] Numbers(int outputs, Func<int, float> value)
    {
        var numbers = new float[FastRnn.Memory.Padding.RoundUp(outputs)];
        for (var i = 0; i < outputs; i++)
            numbers[i] = value(i);
        return numbers;
    }

    private static void WithNumbers(float[] numbers, LossCall call, Action<LossCall> run)
    {
        fixed (float* pinned = numbers)
        {
            call.OutputNumbers = pinned;
            run(call);
        }
    }

    [Fact]
    public void A_confident_right_answer_keeps_its_small_loss()
    {
        var logits = GC.AllocateArray<float>(16, pinned: true);
        var target = GC.AllocateArray<float>(1, pinned: true);
        logits[0] = 15;
        target[0] = 1;
        double loss;
        fixed (float* z = logits, y = target)
        {
            var call = new LossCall
            {
                Logits = new(z, 0, 0),
                Gradient = new(z, 0, 0),
                Losses = &loss,
                Steps = 1,
                Batch = 1,
                RowEnd = 1,
                Outputs = 1,
                Scale = 1
            };
            ElementLoss<BinaryCrossEntropy>.Run(SimdWidth.Bits128, call, new SequenceRows(y, 0, 0));
        }

        Assert.Equal(3.059e-7, loss, 1e-10);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_logit_that_is_no_number_makes_the_loss_nan(float poison)
    {
        foreach (var width in Widths)
        {
            for (var place = 0; place < 40; place++)
            {
                var logits = SequenceFixture.RandomArray(48, 1);
                logits[place] = poison;
                double loss;
                var target = 3;
                fixed (float* z = logits)
                {
                    var call = new LossCall
                    {
                        Logits = new(z, 0, 0),
                        Gradient = new(z, 0, 0),
                        Losses = &loss,
                        Steps = 1,
                        Batch = 1,
                        RowEnd = 1,
                        Outputs = 40,
                        Scale = 1
                    };
                    Softmax.CrossEntropy(width, call, &target);
                }

                Assert.True(double.IsNaN(loss));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Softmax_sums_to_one_and_is_the_same_at_every_width(int outputs)
    {
        var logits = SequenceFixture.RandomArray(FastRnn.Memory.Padding.RoundUp(outputs), 5);
        Array.Fill(logits, float.NaN, outputs, logits.Length - outputs);
        float[]? first = null;
        foreach (var width in Widths)
        {
            var row = SequenceFixture.Copy(logits);
            fixed (float* z = row)
                Softmax.Normalize(width, z, outputs);
            Assert.Equal(1.0, row.Sum(v => (double)v), 1e-6);
            Assert.Equal(first ??= row, row);
        }
    }

    [Fact]
    public void A_token_outside_the_vocabulary_is_named_with_its_place()
    {
        ArgumentCheck.Vocabulary([0, 64, 3], 65, "tokens", 1);
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => ArgumentCheck.Vocabulary([0, 65], 65, "tokens", 1));
        Assert.Contains("Step 1, row 0: expected a token from 0 to 64, got 65", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ArgumentCheck.Vocabulary([-1], 65, "tokens", 1));
    }

    private static void Check(
        int outputs, float scaleOfLogits, Action<SimdWidth, LossCall> run, Func<int, double[], double[], double> expected)
    {
        float[]? firstGradients = null;
        double[]? firstLosses = null;
        foreach (var width in Widths)
        {
            var logits = new SequenceFixture(Steps, Batch, outputs, 0, 1);
            logits.Scale(scaleOfLogits);
            var gradient = new SequenceFixture(Steps, Batch, outputs, 0, 2);
            var losses = GC.AllocateArray<double>(Steps * Batch, pinned: true);
            fixed (double* l = losses)
            {
                foreach (var (begin, end) in new[] { (0, 1), (1, Batch) })
                {
                    run(width, new LossCall
                    {
                        Logits = logits.Rows,
                        Gradient = gradient.Rows,
                        Losses = l,
                        Steps = Steps,
                        Batch = Batch,
                        RowBegin = begin,
                        RowEnd = end,
                        Outputs = outputs,
                        Scale = 0.25f,
                    });
                }
            }

            Assert.Equal(firstGradients ??= gradient.Memory, gradient.Memory);
            Assert.Equal(firstLosses ??= losses, losses);
            Assert.Equal(losses, InPlace(run, width, scaleOfLogits, outputs, gradient.Memory));
            var dZ = new double[outputs];
            for (var position = 0; position < losses.Length; position++)
            {
                var z = Enumerable.Range(0, outputs).Select(i => (double)logits[position / Batch, position % Batch, i]).ToArray();
                var loss = expected(position, z, dZ);
                Assert.Equal(loss, losses[position], 1e-6 * (1 + Math.Abs(loss)));
                for (var i = 0; i < gradient.Stride; i++)
                    Assert.Equal(
                        i < outputs ? 0.25 * dZ[i] : 0, gradient[position / Batch, position % Batch, i], 1e-6 * (1 + scaleOfLogits / 100));
            }
        }
    }

    private static double[] InPlace(
        Action<SimdWidth, LossCall> run, SimdWidth width, float scaleOfLogits, int outputs, float[] expectedGradients)
    {
        var logits = new SequenceFixture(Steps, Batch, outputs, 0, 1);
        logits.Scale(scaleOfLogits);
        var losses = GC.AllocateArray<double>(Steps * Batch, pinned: true);
        fixed (double* l = losses)
        {
            run(width, new LossCall
            {
                Logits = logits.Rows,
                Gradient = logits.Rows,
                Losses = l,
                Steps = Steps,
                Batch = Batch,
                RowEnd = Batch,
                Outputs = outputs,
                Scale = 0.25f
            });
        }

        Assert.Equal(expectedGradients, logits.Memory);
        return losses;
    }

    private static float[] Targets(int outputs, Func<int, float> value)
    {
        var targets = GC.AllocateArray<float>(Steps * Batch * outputs, pinned: true);
        for (var i = 0; i < targets.Length; i++)
            targets[i] = value(i);
        return targets;
    }

    private static SequenceRows Rows(float[] pinned, int outputs) =>
        new((float*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0), Batch * outputs, outputs);
}
