using System.Globalization;

using FastRnn.Generators.Algebra;
using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Whether every size is in its range, and everything that the runtime indexes stays below its limits.</summary>
internal static class SizeChecks
{
    public const int MaxSize = 65_536;
    public const int MaxVocabulary = 1_048_576;

    /// <summary>Numbers of a model, and of the packed weights of a layer: what 32 bits can index with room to spare.</summary>
    public const long MaxNumbers = 1L << 30;

    // The widest tile of packed weights: a unit in every lane of four vectors of 512 bits.
    private const int MaxTile = 64;

    public static void Check(ModelSpec model, List<Problem> problems)
    {
        foreach (var item in model.Attributes)
        {
            switch (item)
            {
                case InputSpec input:
                    var maximum = input.Kind == InputKind.Embedding ? MaxVocabulary : MaxSize;
                    Range("Vocabulary", input.Vocabulary, maximum, input.VocabularyPlace, input.Kind != InputKind.Vector, problems);
                    Range("Size", input.Size, MaxSize, input.SizePlace, input.Kind != InputKind.OneHot, problems);
                    break;
                case LayerSpec layer:
                    Range("HiddenSize", layer.HiddenSize, MaxSize, layer.HiddenPlace, true, problems);
                    for (var i = 0; i < layer.Dimensions.Count; i++)
                    {
                        Range($"Dimension {i + 1}", layer.Dimensions[i], MaxSize, layer.DimensionPlaces[i], true, problems);
                    }

                    break;
                case DenseSpec dense:
                    Range("Size", dense.Size, MaxSize, dense.SizePlace, true, problems);
                    break;
                case AttentionSpec attention:
                    Range("Size", attention.Size, MaxSize, attention.SizePlace, attention.Size != 0, problems);
                    break;
                case ConditionSpec condition:
                    Range("Size", condition.Size, MaxSize, condition.SizePlace, true, problems);
                    break;
            }
        }
    }

    /// <summary>Whether what several inputs make together is a size.</summary>
    public static void CheckInputs(IReadOnlyList<AttributeSpec> part, List<Problem> problems)
    {
        var inputs = part.OfType<InputSpec>().ToList();
        var sum = inputs.Sum(input => input.Kind == InputKind.OneHot ? (long)input.Vocabulary : input.Size);
        if (inputs.Count > 1 && sum > MaxSize)
        {
            problems.Add(Problem.Of(
                Descriptors.Size, inputs[inputs.Count - 1].Place, "What all inputs make together", Text(MaxSize), Text(sum)));
        }
    }

    public static void CheckTotals(ModelSpec spec, ModelGraph model, IReadOnlyList<Place> places, List<Problem> problems)
    {
        var total = model.TableCount;
        for (var i = 0; i < model.Layers.Count; i++)
        {
            var layer = model.Layers[i];
            total += layer.Cell.Parameters.Sum(p => Numbers(layer, p));
            Limit($"The packed weights of layer {i}", Packed(layer), places[i], problems);
            Limit($"A step of the tape of layer {i}", Tape(layer), places[i], problems);
        }

        Limit($"The parameters of '{spec.Class.PlainName}'", total, spec.NamePlace, problems);
    }

    private static void Range(string what, int size, int maximum, Place place, bool applies, List<Problem> problems)
    {
        if (applies && (size < 1 || size > maximum))
        {
            problems.Add(Problem.Of(Descriptors.Size, place, what, Text(maximum), Text(size)));
        }
    }

    private static void Limit(string what, long numbers, Place place, List<Problem> problems)
    {
        if (numbers >= MaxNumbers)
        {
            problems.Add(Problem.Of(Descriptors.ModelTooLarge, place, what, Text(numbers), Text(MaxNumbers)));
        }
    }

    private static long Numbers(LayerGraph layer, ParameterSpec parameter) =>
        (long)layer.Size(parameter.Rows) * (parameter.IsVector ? 1 : layer.Size(parameter.Columns));

    // Forward tiles are padded along the rows of a matrix, backward tiles along its columns; the same matrix may multiply several vectors.
    private static long Packed(LayerGraph layer)
    {
        long forward = 0, backward = 0;
        foreach (var node in layer.Cell.Nodes)
        {
            if (node.Operation == Operation.Product)
            {
                var matrix = layer.Cell.Parameters[node.A];
                var (rows, columns) = ((long)layer.Size(matrix.Rows), (long)layer.Size(matrix.Columns));
                forward += Pad(rows) * columns;
                backward += Pad(columns) * rows;
            }
            else if (node.Operation == Operation.Parameter)
            {
                forward += Pad(layer.Size(node.Dimension));
            }
        }

        return Math.Max(forward, backward);
    }

    private static long Tape(LayerGraph layer) =>
        layer.Cell.Nodes.Where(node => node.Dimension.Length > 0).Sum(node => Pad(layer.Size(node.Dimension)));

    private static long Pad(long size) => (size + MaxTile - 1) / MaxTile * MaxTile;

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
