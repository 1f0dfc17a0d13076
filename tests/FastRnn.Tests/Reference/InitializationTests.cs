using FastRnn.CompilerServices;
using FastRnn.Parameters;

using static FastRnn.Tests.Reference.HandMadeModel;

namespace FastRnn.Tests.Reference;

public sealed class InitializationTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    [InlineData(33, 33)]
    [InlineData(7, 20)]
    [InlineData(20, 7)]
    [InlineData(1, 9)]
    public void An_orthogonal_matrix_has_orthonormal_rows_or_columns(int rows, int columns)
    {
        var values = Fill(Parameter("U", rows, columns, Initializer.Orthogonal));
        var count = Math.Min(rows, columns);
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var dot = Enumerable.Range(0, Math.Max(rows, columns)).Sum(k => (double)At(a, k) * At(b, k));
                Assert.Equal(a == b ? 1 : 0, dot, 1e-6);
            }
        }

        float At(int vector, int k) => rows <= columns ? values[vector * columns + k] : values[k * columns + vector];
    }

    [Fact]
    public void A_factor_scales_an_orthogonal_matrix() =>
        Assert.Equal(9, Fill(Parameter("U", 1, 8, Initializer.Orthogonal, 3)).Sum(v => v * v), 1e-5);

    [Fact]
    public void Xavier_fills_its_bounds_of_rows_and_columns()
    {
        CheckUniform(Fill(Parameter("W", 60, 90)), Math.Sqrt(6.0 / 150));
        CheckUniform(Fill(Parameter("W", 60, 90, Initializer.XavierUniform, 2)), 2 * Math.Sqrt(6.0 / 150));
        CheckUniform(Fill(Parameter("v", 5000, 0)), Math.Sqrt(6.0 / 5001));
    }

    [Fact]
    public void Uniform_by_hidden_size_asks_the_layer() =>
        CheckUniform(Fill(Parameter("W", 40, 100, Initializer.UniformByHiddenSize), hiddenSize: 16), 0.25);

    [Fact]
    public void Identity_zeros_and_constants_are_what_they_say()
    {
        Assert.Equal([2, 0, 0, 0, 2, 0], Fill(Parameter("U", 2, 3, Initializer.Identity, 2)));
        Assert.Equal([1, 0, 0, 1, 0, 0], Fill(Parameter("U", 3, 2, Initializer.Identity)));
        Assert.Equal([0, 0, 0], Fill(Parameter("b", 3, 0, Initializer.Zeros)));
        Assert.Equal([1.5f, 1.5f], Fill(Parameter("b", 2, 0, Initializer.Constant, 1.5)));
    }

    [Fact]
    public void An_embedding_is_normally_distributed()
    {
        var info = Of(InputKind.Embedding, 5000, [Dense(5000, 1)]);
        var table = Initialize(info, 1)[..info.EmbeddingParameters];
        Assert.Equal(0, table.Average(), 0.05);
        Assert.Equal(1, table.Average(v => v * v), 0.06);
        Assert.True(table.Max() > 3);
    }

    [Fact]
    public void PyTorch_fills_everything_uniformly_by_hidden_size_or_by_inputs()
    {
        var info = Of(InputKind.Vector, 25, [SimpleRecurrent(25, 64), Dense(64, 400)], pyTorch: true);
        var values = Initialize(info, 1);
        CheckUniform(values[..info.Layers[1].ParameterOffset], 1 / 8.0);
        CheckUniform(values[info.Layers[1].ParameterOffset..], 1 / 8.0);
        var dense = Of(InputKind.Vector, 25, [Dense(25, 400)], pyTorch: true);
        CheckUniform(Initialize(dense, 1), 1 / 5.0);
    }

    [Fact]
    public void A_learned_first_state_begins_as_zeros_for_PyTorch_too()
    {
        var layer = Layer(
            "Learned", 25, 64, _ => throw new InvalidOperationException(), true, "h", Parameter("W", 64, 25),
            Parameter("U", 64, 64), Parameter("h0", 64, 0, Initializer.Zeros));
        LayerWiring wiring = new(LayerOperation.Kernel, TimeDomain.Main, [-1], [new StateStart(StartKind.Learned, Index: 2)]);
        var info = Of(InputKind.Vector, 25, [layer with { Wiring = wiring }], pyTorch: true);
        var values = Initialize(info, 1);
        CheckUniform(values[..^64], 1 / 8.0);
        Assert.All(values[^64..], value => Assert.Equal(0, value));
    }

    [Fact]
    public void The_seed_decides_and_streams_are_independent()
    {
        var info = Of(InputKind.Vector, 3, [SimpleRecurrent(3, 4), SimpleRecurrent(4, 4)]);
        Assert.Equal(Initialize(info, 5), Initialize(info, 5));
        Assert.NotEqual(Initialize(info, 5), Initialize(info, 6));

        var more = Of(InputKind.Vector, 3, [SimpleRecurrent(3, 4), SimpleRecurrent(4, 4), Dense(4, 2)]);
        Assert.Equal(Initialize(info, 5), Initialize(more, 5)[..info.ParameterCount]);
        Assert.Equal(Initialize(info, 5).Length, Initialize(info, 5).Distinct().Count());
    }

    [Fact]
    public void A_span_of_another_length_is_refused()
    {
        var error =
            Assert.Throws<ArgumentException>(() => Initialization.Initialize(Of(InputKind.Vector, 2, [Dense(2, 1)]), new float[4], 1));
        Assert.StartsWith("Parameters of HandMade: expected 3 numbers, got 4.", error.Message, StringComparison.Ordinal);
    }

    private static float[] Fill(ParameterInfo parameter, int hiddenSize = 3) =>
        Initialize(
            Of(InputKind.Vector, 1, [Layer("Any", 1, hiddenSize, _ => throw new InvalidOperationException(), true, "h", parameter)]), 11);

    private static float[] Initialize(ModelInfo info, int seed)
    {
        var values = new float[info.ParameterCount];
        Array.Fill(values, float.NaN);
        Initialization.Initialize(info, values, seed);
        return values;
    }

    private static void CheckUniform(float[] values, double bound)
    {
        Assert.True(values.All(v => Math.Abs(v) <= (float)bound));
        Assert.InRange(values.Max(), bound * 0.99, bound * 1.0001);
        Assert.InRange(values.Min(), -bound * 1.0001, -bound * 0.99);
        Assert.Equal(0, values.Average(), bound * 0.05);
        Assert.Equal(bound * bound / 3, values.Average(v => (double)v * v), bound * bound * 0.03);
    }
}
