using FastRnn.Generators.Tests.Harness;

using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Tests.Emission;

public class LossEmitterTests
{
    /// <summary>Sums that wait for nothing are made in one walk, and the gradient with them if it waits for nothing, too.</summary>
    [Theory]
    [InlineData("Mean(Square(z - y))", 1)]
    [InlineData("Sum(z * y) + Mean(Abs(z)) - Sum(Exp(y - z))", 1)]
    [InlineData("Sqrt(Mean(Square(z - y)))", 2)]
    [InlineData("Sum(z * y) * Sum(z)", 2)]
    [InlineData("Mean(Abs(z - Mean(z)) * y)", 3)]
    public void A_kernel_has_as_many_walks_as_sums_wait_for_each_other(string loss, int walks)
    {
        var source = Assert.Single(Compile.Generate(Of($"=> {loss};")).GeneratedSources);
        Assert.Equal("Own.loss.g.cs", source.HintName);
        var text = source.SourceText.ToString();
        Assert.Equal(walks, text.Split("for (nint at").Length - 1);
        Assert.Contains($"// loss = {loss}\n", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Split("row.Gradient").Length - 1);
    }

    /// <summary>A head's outputs and their gradient are one memory.</summary>
    [Theory]
    [InlineData("Mean(Square(z - y) + Mean(Abs(y)))")]
    [InlineData("Sum(z) + Sum(Abs(z - Mean(y)))")]
    [InlineData("Mean(Abs(z - Mean(z)) * y)")]
    public void Nothing_reads_an_output_after_the_walk_that_writes_the_gradient(string loss)
    {
        var text = Assert.Single(Compile.Generate(Of($"=> {loss};")).GeneratedSources).SourceText.ToString();
        Assert.InRange(text.LastIndexOf("row.Output", StringComparison.Ordinal), 0, text.IndexOf("row.Gradient", StringComparison.Ordinal));
    }

    /// <summary>What the kernel calls S, V, row, at and count may be a name of the user's.</summary>
    [Theory]
    [InlineData("""
        {
            var S = z - y;
            var V = Abs(S);
            var row = V * V;
            var at = row + 1;
            var count = Mean(at);
            var @for = Sum(count + V);
            var Step = @for * Tanh(V);
            return Mean(Step) + @for;
        }
        """)]
    [InlineData("=> 1 - Sum(z * y) / Sqrt(Sum(z * z) * Sum(y * y) + 1e-3);")]
    [InlineData("=> Mean(Max(z - y, 0.5 * (y - z)));")]
    [InlineData("=> Sum(Mean(z) + Mean(y)) - Sum(Sum(z - y));")]
    public void What_is_written_compiles(string body)
    {
        var input = Compile.Library(Of(body) + "[Model, Input(3), Dense(2), Loss<Own>] public sealed partial class Named;");
        Compile.Driver().RunGeneratorsAndUpdateCompilation(input, out var output, out var diagnostics);
        Assert.DoesNotContain(diagnostics.Concat(output.GetDiagnostics()), d => d.Severity >= DiagnosticSeverity.Warning);
    }

    /// <summary>A method that remembers nothing is one that analyzers want static.</summary>
    [Fact]
    public void Step_may_be_static()
    {
        var loss = Of("=> Mean(z - y);").Replace("public Vec", "public static Vec", StringComparison.Ordinal);
        var input = Compile.Library(loss + "[Model, Input(3), Dense(2), Loss<Own>] public sealed partial class Named;");
        Compile.Driver().RunGeneratorsAndUpdateCompilation(input, out var output, out var diagnostics);
        Assert.DoesNotContain(diagnostics.Concat(output.GetDiagnostics()), d => d.Severity >= DiagnosticSeverity.Warning);
        Assert.Contains(output.SyntaxTrees, tree => tree.ToString().Contains("return Own.Step(", StringComparison.Ordinal));
    }

    [Fact]
    public void A_loss_in_a_class_in_a_namespace_has_its_other_half_there()
    {
        var loss = Of("=> Mean(z - y);").Replace("public sealed", "private sealed", StringComparison.Ordinal);
        var input = Compile.Library(
            $"namespace Some {{ public partial class Outer {{ {loss} "
                + "[Model, Input(3), Dense(2), Loss<Own>] private sealed partial class M; } }");
        Compile.Driver().RunGeneratorsAndUpdateCompilation(input, out var output, out var diagnostics);
        Assert.DoesNotContain(diagnostics.Concat(output.GetDiagnostics()), d => d.Severity >= DiagnosticSeverity.Warning);
    }

    private static string Of(string body) =>
        $"[Loss] public sealed partial class Own {{ public Vec<Target> Step(Vec<Target> z, Vec<Target> y) {body} }}\n";
}
