using FastRnn.Execution;
using FastRnn.Kernels;

using static FastRnn.Tests.Kernels.LossCase;

namespace FastRnn.Tests.Kernels;

public sealed unsafe class LossTests
{
    public static TheoryData<int> Sizes => LossCase.Sizes;

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
}
