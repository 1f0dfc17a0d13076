using FastRnn.Kernels;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.RealTime;

/// <summary>An input below 2^-100 counts as 0, wherever it comes in: products with a denormal number take many times as long on some
/// CPUs.</summary>
public sealed unsafe class TinyInputTests
{
    private const int Steps = 40;
    private const int Batch = 3;

    private static readonly float[] Tiny = [1e-38f, -1e-38f, 1.4e-45f, -0f, 7.8e-31f, -7.8e-31f];

    public static TheoryData<string> Models => [.. TestModels.Names.Where(name => TestModels.Of(name).Info.Input == InputKind.Vector)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Tiny_inputs_give_the_bits_of_zeros(string name)
    {
        var model = TestModels.Of(name);
        var experiment = Experiment.Random(model.Info, Steps, Batch, seed: 3);
        foreach (var every in (int[])[1, 5, experiment.X.Length - 1])
        {
            var (zeros, tiny) =
                (experiment.With(x: Replace(experiment.X, every, [0])), experiment.With(x: Replace(experiment.X, every, Tiny)));
            var expected = model.Infer(zeros, [Steps]);
            foreach (var width in TestWidths.All)
            {
                Bits.AssertSame($"{width}, one in {every}", expected, model.Infer(tiny, [Steps], width));
                Bits.AssertSame($"{width}, one in {every}, steps", expected, model.Infer(tiny, [.. new int[Steps]], width));
                Bits.AssertSame($"{width}, one in {every}, training", model.Backpropagate(zeros, width), model.Backpropagate(tiny, width));
            }

            var row = tiny.Rows(1, 2);
            Bits.AssertSame($"one row, one in {every}", model.Infer(zeros.Rows(1, 2), [Steps]), model.Infer(row, [7, 33]));
        }
    }

    [Fact]
    public void What_is_small_is_found_and_flushed()
    {
        float[] kept = [0, 7.88860905e-31f, -7.88860905e-31f, 1, float.NegativeInfinity, float.NaN, 1e-20f];
        foreach (var length in Enumerable.Range(1, 37))
        {
            var values = Enumerable.Range(0, length).Select(i => kept[i % kept.Length]).ToArray();
            fixed (float* first = values)
                Assert.False(VectorRows.NeedFlush(first, length));
            for (var i = 0; i < length; i++)
            {
                foreach (var tiny in Tiny)
                {
                    var (from, to) = (values.ToArray(), new float[length + 1]);
                    (from[i], to[length]) = (tiny, 5);
                    fixed (float* source = from, target = to)
                    {
                        Assert.True(VectorRows.NeedFlush(source, length));
                        VectorRows.CopyFlushed(source, target, length);
                    }

                    from[i] = 0;
                    Bits.AssertSame($"{tiny} at {i} of {length}", [.. from, 5], to);
                }
            }
        }
    }

    /// <summary>Every so often, a number from a list.</summary>
    private static float[] Replace(float[] x, int every, float[] by) =>
        [.. x.Select((value, i) => i % every == 0 ? by[i / every % by.Length] : value)];
}
