using FastRnn.Generators.Tests.Harness;

using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Tests.Diagnostics;

/// <summary>A mistake is reported, and nothing that follows from it.</summary>
public class RefusedTests
{
    private const string Use = """
        public static class Program
        {
            public static void Main()
            {
                using var model = new Mine(1);
                using var session = model.CreateSession();
                using var trainer = new FastRnn.Training.Trainer<Mine>(model, new() { BatchSize = 1, SequenceLength = 2 });
                System.Console.WriteLine(Mine.Info.Name + model.Parameters.Length);
                model.Save("x");
            }
        }
        """;

    private const string Right = "[Model, Input(3), Layer<Lstm>(5), Dense(2), MeanSquaredError] public sealed partial class Mine;\n";

    [Fact]
    public void What_is_right_has_no_message() => Assert.Empty(Messages(Sources.Lstm + Right + Use));

    [Theory]
    [InlineData("Sigmoid(Wi * x", "Sigmoi(Wi * x", "CS0103")]
    [InlineData("c = f * c + i * g;", "if (true) { c = f * c; }", "FRNN")]
    [InlineData("o * Tanh(c)", "o * Tanh(c) * (1 / 2)", "FRNN")]
    [InlineData("public sealed partial class Lstm", "public partial class Lstm", "FRNN")]
    [InlineData("Step(Vec<Input> x, ", "Step(Vec<Input> x, Vec<Input> u, ", "FRNN014")]
    [InlineData("public (Vec<Hidden> h, Vec<Hidden> c)", "public (Vec<Hidden> newH, Vec<Hidden> newC)", "FRNN013")]
    [InlineData("public (Vec<Hidden> h, Vec<Hidden> c)", "public (Vec<Hidden>, Vec<Hidden>)", "FRNN012")]
    [InlineData("public (Vec<Hidden> h, Vec<Hidden> c)", "public (Vec<Hidden> h, Vec<Input> c)", "CS0029")]
    [InlineData("return (h, c)", "return (c, h)", "FRNN016")]
    [InlineData("private readonly Vec<Hidden> bi;", "private Vec<Hidden> bi { get; } = null!;", "FRNN030")]
    [InlineData("c = f * c + i * g;", "Vec<Hidden> G(Vec<Hidden> v) => i * v; c = f * c + G(g);", "FRNN020")]
    [InlineData("private readonly Vec<Hidden> bi;", "private readonly Vec<Hidden> bi; private readonly Mat<Hidden, string> V;", "CS0311")]
    public void A_typo_in_a_cell_is_one_message(string right, string wrong, string id)
    {
        Assert.Contains(right, Sources.Lstm, StringComparison.Ordinal);
        var messages = Messages(Sources.Lstm.Replace(right, wrong, StringComparison.Ordinal) + Right + Use);

        Assert.True(messages.Count == 1, string.Join('\n', messages));
        Assert.StartsWith(id, messages[0], StringComparison.Ordinal);
    }

    /// <summary>C# says once more, at the same place, that it should be partial; and nothing of what would be missing.</summary>
    [Theory]
    [InlineData("public sealed partial class Lstm")]
    [InlineData("public sealed partial class Mine")]
    [InlineData("public sealed partial class Lstm", "public class Lstm")]
    public void A_class_that_is_not_partial_is_said_to_be_that(string head, string? wrong = null)
    {
        var source = Sources.Lstm + Right + Use;
        Assert.Contains(head, source, StringComparison.Ordinal);
        wrong ??= head.Replace("partial ", "", StringComparison.Ordinal);
        var messages = Messages(source.Replace(head, wrong, StringComparison.Ordinal));

        Assert.Equal(["CS0260", "FRNN001"], messages.Select(message => message.Split(':')[0]));
    }

    [Theory]
    [InlineData("Dense(2)", "Dense(0)", 1)]
    [InlineData("Layer<Lstm>(5), Dense(2)", "Layer<Lstm>(0), Dense(0)", 2)]
    [InlineData("Layer<Lstm>(5), ", "Layer<Missing>(5), ", 1)]
    public void Mistakes_in_a_model_are_as_many_messages(string right, string wrong, int expected)
    {
        Assert.Contains(right, Right, StringComparison.Ordinal);
        var messages = Messages(Sources.Lstm + Right.Replace(right, wrong, StringComparison.Ordinal) + Use);

        Assert.True(messages.Count == expected, string.Join('\n', messages));
    }

    private static List<string> Messages(string source)
    {
        var input = Compile.Library(source);
        Compile.Driver().RunGeneratorsAndUpdateCompilation(input, out var output, out var diagnostics);
        var found = diagnostics.Concat(output.GetDiagnostics())
            .Where(d => d.Severity >= DiagnosticSeverity.Warning && !d.IsSuppressed).ToList();
        Assert.All(found, d => Assert.Equal(input.SyntaxTrees.Single(), d.Location.SourceTree));
        return [.. found
            .Select(d => d.ToString()[(d.ToString().IndexOf(": ", StringComparison.Ordinal) + 2)..]
                .Replace("error ", "", StringComparison.Ordinal).Replace("warning ", "", StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal)];
    }
}
