using System.Globalization;

using FastRnn.Data;

namespace FastRnn.Execution;

/// <summary>Where in a batch the first number is that is infinite or none. Nothing looks before something went wrong: a step costs nothing
/// for it.</summary>
internal static unsafe class BatchSearch
{
    /// <summary>The number and its place in words; null if all that is read is finite.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="input">What has checked it.</param>
    /// <param name="info">The model.</param>
    public static string? NotFinite(in SequenceBatch batch, BatchInput input, ModelInfo info) =>
        Positions("X", batch.X, info.VectorSize, batch.Present, [], input.Main, input.MainLengths, input.Count)
            ?? Positions("SourceX", batch.SourceX, info.Source?.VectorSize ?? 0, [], [], input.Source, input.SourceLengths, input.Count)
            ?? Rows("Condition", batch.Condition, info.ConditionSize)
            ?? Positions("Targets", batch.Targets, info.TargetSize, [], batch.Weights, input.Outputs, input.OutputLengths, input.Count);

    private static string? Positions(string name, ReadOnlySpan<float> values, int size, ReadOnlySpan<bool> present,
        ReadOnlySpan<float> weights, PositionMap map, int* lengths, int count)
    {
        if (values.IsEmpty)
        {
            return null;
        }

        for (var sequence = 0; sequence < count; sequence++)
        {
            for (var t = 0; t < lengths[sequence]; t++)
            {
                var at = (int)map.At(sequence, t);
                if ((!present.IsEmpty && !present[at]) || (!weights.IsEmpty && weights[at] == 0))
                {
                    continue;
                }

                if (IndexIn(values.Slice(at * size, size)) is { } element)
                {
                    return string.Create(CultureInfo.InvariantCulture,
                        $"{name}, sequence {sequence}, step {t}, element {element} is {values[(at * size) + element]}");
                }
            }
        }

        return null;
    }

    private static string? Rows(string name, ReadOnlySpan<float> values, int size)
    {
        return IndexIn(values) is { } index
            ? string.Create(CultureInfo.InvariantCulture,
                $"{name}, sequence {index / size}, element {index % size} is {values[index]}")
            : null;
    }

    private static int? IndexIn(ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return i;
            }
        }

        return null;
    }
}
