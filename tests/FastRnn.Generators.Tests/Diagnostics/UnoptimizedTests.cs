using FastRnn.Generators.Tests.Harness;

using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Tests.Diagnostics;

public class UnoptimizedTests
{
    private const string TwoModels = Sources.Elman + """
        [Model, Input(3), Layer<Elman>(5)] public sealed partial class First;
        [Model, Input(3), Layer<Elman>(6)] public sealed partial class Second;
        """;

    [Theory]
    [InlineData(OptimizationLevel.Debug, TwoModels, 1)]
    [InlineData(OptimizationLevel.Release, TwoModels, 0)]
    [InlineData(OptimizationLevel.Debug, Sources.Elman, 0)]
    public void A_project_with_kernels_that_are_not_optimized_is_told_once(OptimizationLevel level, string source, int expected)
    {
        var compilation = Compile.Library(source);

        var result = Compile.Generate(compilation.WithOptions(compilation.Options.WithOptimizationLevel(level)));

        Assert.Equal(expected, result.Diagnostics.Count(d => d.Id == "FRNN056" && d.Severity == DiagnosticSeverity.Warning));
        Assert.Equal(expected, result.Diagnostics.Length);
    }
}
