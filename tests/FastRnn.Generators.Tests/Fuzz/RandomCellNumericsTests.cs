extern alias runtime;

using System.Reflection;
using System.Runtime.Loader;

using FastRnn.Generators.Tests.Harness;

using SimdWidths = runtime::FastRnn.SimdWidths;

namespace FastRnn.Generators.Tests.Fuzz;

/// <summary>Random cells, compiled and run: the kernels against the equations in double, and gradients against differences. What the
/// scheduler never saw before is computed right as well.</summary>
public sealed class RandomCellNumericsTests
{
    private const string Usings = """
        using System; using System.Linq; using FastRnn; using FastRnn.Language; using FastRnn.Testing; using FastRnn.Training;
        using static FastRnn.Language.Functions;

        """;

    /// <summary>Returns the worst error of outputs and of a directional derivative over all parameters, relative to the largest
    /// number.</summary>
    private const string Check = """
        public static class Check
        {
            public static (double Forward, double Backward) Run(SimdWidth width, int threads)
            {
                const int T = 3, B = 3;
                var random = new Random(7);
                using var model = new M(1, width);
                using (var edit = model.Edit())
                {
                    foreach (ref var p in edit.Parameters) p = (float)(random.NextDouble() - 0.5);
                }

                var info = M.Info;
                float Number() => (float)(random.NextDouble() - 0.5);
                var x = Enumerable.Range(0, T * B * info.InputSize).Select(_ => Number()).ToArray();
                var dY = Enumerable.Range(0, T * B * info.OutputSize).Select(_ => Number()).ToArray();
                var rows = Enumerable.Range(0, T).Select(t => Enumerable.Range(0, B).Select(b =>
                    x.Skip((t * B + b) * info.InputSize).Take(info.InputSize).Select(v => (double)v).ToArray()).ToArray()).ToArray();
                var parameters = model.Parameters.ToArray().Select(v => (double)v).ToArray();
                double[] Reference(double[] at) =>
                    new ReferenceModel(info, at).Run(rows).Outputs.SelectMany(t => t).SelectMany(b => b).ToArray();
                var y = new float[dY.Length];
                using var bptt = new Bptt<M>(model, new() { BatchSize = B, SequenceLength = T, Threads = threads });
                bptt.Forward(x, y);
                bptt.Backward(dY);
                var truth = Reference(parameters);
                var scale = truth.Max(Math.Abs) + 1e-3;
                if (!double.IsFinite(scale) || scale > 1e3) return (0, 0);
                var forward = truth.Zip(y, (a, b) => Math.Abs(a - b)).Max() / scale;
                var direction = parameters.Select(_ => random.NextDouble() - 0.5).ToArray();
                var expected = FiniteDifferences.Along(
                    at => Reference(at).Zip(dY, (a, d) => a * d).Sum(), parameters, direction, 1.0 / 1024);
                var terms = bptt.Gradients.ToArray().Zip(direction, (g, d) => g * d).ToArray();
                return (forward, Math.Abs(terms.Sum() - expected) / (terms.Sum(Math.Abs) + 1e-3));
            }
        }
        """;

    [Fact]
    public void Kernels_of_random_cells_compute_their_equations_and_gradients()
    {
        var random = new Random(11);
        var source = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            var (cell, own) = RandomCell.WriteSmooth(random, "C");
            var layer = $"Layer<C>({1 + random.Next(20)}{string.Concat(Enumerable.Range(0, own).Select(_ => $", {1 + random.Next(18)}"))})";
            source.Add(
                $"{Usings}namespace N{i} {{\n{cell}\n[Model, Input({1 + random.Next(18)}), {layer}, "
                    + $"{layer}] public sealed partial class M;\n{Check}\n}}");
        }

        var widths = string.Join('+', SimdWidths.Available.Select(width => (int)width));
        Compile.Driver(track: false, widths: widths).RunGeneratorsAndUpdateCompilation(
            Compile.Library("RandomCells", source), out var compilation, out var problems);
        Assert.Empty(problems);
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Take(5)));
        image.Position = 0;
        var assembly = AssemblyLoadContext.Default.LoadFromStream(image);
        var worst = 0.0;
        for (var i = 0; i < source.Count; i++)
        {
            var run = assembly.GetType($"N{i}.Check")!.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!;
            foreach (var width in SimdWidths.Available)
            {
                var (forward, backward) = ((double, double))run.Invoke(null, [width, 1 + (i % 3)])!;
                Assert.True(forward < 2e-5 && backward < 2e-5, $"{width}: outputs {forward:e2}, gradients {backward:e2} of\n{source[i]}");
                worst = Math.Max(worst, backward);
            }
        }

        Assert.NotEqual(0, worst);
    }
}
