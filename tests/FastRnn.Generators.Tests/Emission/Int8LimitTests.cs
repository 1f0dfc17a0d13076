using System.Runtime.Loader;

using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Emission;

/// <summary>Cells that make more sums at once than a word has bits: they have no kernels of int8 weights, and say so where something is
/// made with such weights.</summary>
public sealed class Int8LimitTests
{
    private const string Check = """

        public static class Check
        {
            public static string Run(string format, bool stays)
            {
                using var model = new M(seed: 1);
                var options = new RunOptions
                {
                    Weights = System.Enum.Parse<WeightFormat>(format), Float32Layers = stays ? new[] { 0 } : new int[0],
                };
                try
                {
                    using var session = model.CreateSession(options);
                    var y = new float[3];
                    session.Step(new[] { 1f, 2 }, y);
                    return float.IsFinite(y[0]) ? "" : "not finite";
                }
                catch (System.ArgumentOutOfRangeException e)
                {
                    return e.Message;
                }
            }
        }
        """;

    [Theory]
    [InlineData(64, "")]
    [InlineData(65, "Weights: N65.Many makes too many sums at once for int8. Its layer can stay in Float32Layers.")]
    public void More_sums_than_bits_are_refused_at_the_door(int gates, string refusal)
    {
        Compile.Driver(track: false).RunGeneratorsAndUpdateCompilation(
            Compile.Library($"Int8Limit{gates}", [Source(gates)]), out var compilation, out var problems);
        Assert.Empty(problems);
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Take(5)));
        image.Position = 0;
        var run = AssemblyLoadContext.Default.LoadFromStream(image).GetType($"N{gates}.Check")!.GetMethod("Run")!;

        Assert.StartsWith(refusal, (string)run.Invoke(null, ["Int8", false])!, StringComparison.Ordinal);
        Assert.Equal(refusal.Length == 0, (string)run.Invoke(null, ["Int8", false])! is "");
        Assert.Equal("", run.Invoke(null, ["Int8", true]));
        Assert.Equal("", run.Invoke(null, ["BFloat16", false]));
        Assert.Equal("", run.Invoke(null, ["Float32", false]));
    }

    private static string Source(int gates)
    {
        var numbers = Enumerable.Range(0, gates).ToList();
        return $$"""
            {{Compile.Usings}}
            namespace N{{gates}} {
            [Cell]
            public sealed partial class Many
            {
                private readonly Mat<Hidden, Input> {{string.Join(", ", numbers.Select(i => $"W{i}"))}};
                private readonly Mat<Hidden, Hidden> U;
                public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
                {
                    h = Tanh(W0 * x + U * h){{string.Concat(numbers.Skip(1).Select(i => $" + Tanh(W{i} * x)"))}};
                    return h;
                }
            }

            [Model, Input(2), Layer<Many>(3)] public sealed partial class M;
            {{Check}}
            }
            """;
    }
}
