using FastRnn.Data;
using FastRnn.Tables.Preparing;

namespace FastRnn.Tables.Training;

/// <summary>The groups of a table as a model that names them learns them.</summary>
/// <param name="encoded">What the model reads.</param>
/// <param name="layout">The groups.</param>
/// <param name="labels">The class of each, by its number.</param>
/// <param name="classes">How many there are.</param>
internal sealed class ClassData(EncodedRows encoded, RowLayout layout, int[] labels, int classes)
{
    public int Classes => classes;

    /// <summary>What the model reads.</summary>
    public EncodedRows Encoded => encoded;

    /// <summary>The class of a group.</summary>
    public int LabelOf(int group) => labels[group];

    /// <summary>The rows of a group.</summary>
    public RowGroup Group(int group) => layout.Groups[group];

    /// <summary>The groups of one part, one sequence each.</summary>
    public SequenceDataset Sequences(IEnumerable<PartRange> ranges, Part part)
    {
        var data = new SequenceDataset(encoded.Format with { TargetVocabulary = classes, OneTarget = true });
        foreach (var range in ranges.Where(range => range.Part == part))
        {
            data.Add(new SequenceBatch
            {
                X = encoded.NumbersOf(range.Start, range.End),
                Tokens = part == Part.Training
                    ? encoded.LearnedTokensOf(range.Start, range.End) : encoded.TokensOf(range.Start, range.End),
                TargetTokens = [labels[range.Group]],
            });
        }

        return data;
    }

    /// <summary>What each class counts so that all count the same together: n / (classes * n_class).</summary>
    public float[] BalancedWeights(IEnumerable<PartRange> ranges)
    {
        var counts = new int[classes];
        foreach (var range in ranges.Where(range => range.Part == Part.Training))
            counts[labels[range.Group]]++;
        return [.. counts.Select(count => count == 0 ? 1f : counts.Sum() / (float)(classes * count))];
    }
}
