using FastRnn.CompilerServices;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Kernels;

/// <summary>Each kernel by itself, in buffers of exactly the sizes that it is promised: what stands behind the end of a row may be
/// anything, other rows belong to other workers, and behind a buffer there is nothing.</summary>
public abstract class KernelBufferTests<TModels>
    where TModels : IModelSet
{
    /// <summary>Numbers below this are 0 in every new state and in every gradient that enters a product.</summary>
    private const float Smallest = 1f / (1 << 30) / (1 << 30) / (1 << 30) / (1 << 10);

    /// <summary>A stream, a single row of several, the rows of one worker among those of others, and few steps.</summary>
    private static readonly KernelShape[] Shapes = [new(5, 1, 0, 1), new(3, 3, 1, 2), new(3, 21, 2, 19), new(1, 4, 0, 4)];

    private static readonly Dictionary<string, Type> ByName =
        TestAssemblies.Models.Where(TestAssemblies.IsIn<TModels>).ToDictionary(type => type.FullName!);

    public static TheoryData<string> Models => [.. ByName.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Padding_is_read_by_no_sum_and_other_rows_are_left_alone(string name)
    {
        var kernels = Of(name);
        foreach (var (layer, shape) in Calls(kernels.Info))
        {
            var expected = kernels.Run(layer, shape, TestWidths.Narrowest, padding: 0);
            Assert.DoesNotContain(expected.States, float.IsNaN);
            Assert.DoesNotContain(expected.Gradients, float.IsNaN);
            foreach (var width in TestWidths.All)
            {
                var what = $"layer {layer}, {width}, {shape}";
                var got = kernels.Run(layer, shape, width, padding: float.NaN);
                Bits.AssertSame($"states, {what}", expected.States, got.States);
                Bits.AssertSame($"gradients, {what}", expected.Gradients, got.Gradients);
                Assert.True(got.Trespasses.Count == 0, $"{what}: {string.Join("; ", got.Trespasses.Take(3))}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void What_is_below_2_to_the_minus_100_becomes_0(string name)
    {
        var kernels = Of(name);
        foreach (var (layer, shape) in Calls(kernels.Info))
        {
            foreach (var width in TestWidths.All)
            {
                var got = kernels.Run(layer, shape, width, padding: 0, scale: Smallest / 16);
                var what = $"layer {layer}, {width}, {shape}";
                AssertFlushed($"states, {what}", got.States);
                AssertFlushed($"gradients, {what}", got.DPre);
            }
        }
    }

    private static void AssertFlushed(string what, IEnumerable<float> values)
    {
        foreach (var value in values)
            Assert.True(value == 0 || Math.Abs(value) >= Smallest, $"{what}: {value:r}");
    }

    private static IKernelRun Of(string name) => (IKernelRun)TestAssemblies.MakeFor(typeof(KernelRun<>), ByName[name]);

    private static IEnumerable<(int Layer, KernelShape Shape)> Calls(ModelInfo info) =>
        from layer in Enumerable.Range(0, info.Layers.Count)
        where info.Layers[layer].Wiring.Operation == LayerOperation.Kernel
        from shape in Shapes
        select (layer, shape);
}
