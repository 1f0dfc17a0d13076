using System.Globalization;
using System.Reflection;

using FastRnn.Benchmarks.Models;
using FastRnn.CompilerServices;

namespace FastRnn.Benchmarks.Costs;

/// <summary>The declaration of a benchmark's model, as its user would write it.</summary>
internal static class ModelSource
{
    public static string Of(IBenchmarkModel model)
    {
        var input = model.Vocabulary == 0
            ? Invariant($"Input({model.InputSize})") : Invariant($"Embedding(Vocabulary = {model.Vocabulary}, Size = {model.InputSize})");
        var layers = string.Join(", ", Enumerable.Repeat(Invariant($"Layer<{model.Cell}>({model.HiddenSize})"), model.Layers));
        var rest = model.Vocabulary == 0 ? "" : Invariant($", Dense({model.Vocabulary}), SoftmaxCrossEntropy");
        return $$"""
            using FastRnn;
            using FastRnn.Cells;
            using FastRnn.Language;
            using static FastRnn.Language.Functions;

            [Model, {{input}}, {{layers}}{{rest}}]
            public sealed partial class Measured;

            {{(model.Cell == nameof(MyLstm) ? "[Cell] " + OwnCell : "")}}
            """;
    }

    /// <summary>As the generator keeps it, without its attribute, for projects that reference the assembly of the cell.</summary>
    private static string OwnCell =>
        typeof(MyLstm).Assembly.GetCustomAttributes<CellSourceAttribute>().Single(cell => cell.Cell == typeof(MyLstm)).Source;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
