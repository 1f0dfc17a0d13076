using FastRnn.Kernels;

namespace FastRnn.Tests.Kernels;

/// <summary>A loss at every width, in place and not, in two parts of the rows, against a formula in double.</summary>
internal static unsafe class LossCase
{
    public const int Steps = 5;
    public const int Batch = 3;
    public static readonly SimdWidth[] Widths = [SimdWidth.Bits128, SimdWidth.Bits256, SimdWidth.Bits512];

    public static TheoryData<int> Sizes => [1, 2, 3, 7, 15, 16, 17, 31, 65, 256, 300];

    public static float[] Numbers(int outputs, Func<int, float> value)
    {
        var numbers = new float[FastRnn.Memory.Padding.RoundUp(outputs)];
        for (var i = 0; i < outputs; i++)
            numbers[i] = value(i);
        return numbers;
    }

    public static void WithNumbers(float[] numbers, LossCall call, Action<LossCall> run)
    {
        fixed (float* pinned = numbers)
        {
            call.OutputNumbers = pinned;
            run(call);
        }
    }

    public static void Check(
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

    public static float[] Targets(int outputs, Func<int, float> value)
    {
        var targets = GC.AllocateArray<float>(Steps * Batch * outputs, pinned: true);
        for (var i = 0; i < targets.Length; i++)
            targets[i] = value(i);
        return targets;
    }

    public static SequenceRows Rows(float[] pinned, int outputs) =>
        new((float*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0), Batch * outputs, outputs);
}
