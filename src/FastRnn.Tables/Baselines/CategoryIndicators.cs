using FastRnn.Tables.Preparing;

namespace FastRnn.Tables.Baselines;

/// <summary>Categories as numbers, for methods that know no vectors of labels: a number for each label, 1 where it is there. Columns of
/// many labels are left out.</summary>
/// <param name="rows">The rows.</param>
internal sealed class CategoryIndicators(EncodedRows rows)
{
    private const int MostLabels = 100;

    /// <summary>Numbers of a row.</summary>
    public int Width { get; } = rows.Vocabularies.Where(tokens => tokens <= MostLabels).Sum();

    /// <summary>Adds something at the places of the labels of a row.</summary>
    public void Add(int row, float amount, Span<float> to)
    {
        var tokens = rows.TokensOf(row, row + 1);
        var at = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (rows.Vocabularies[i] > MostLabels)
                continue;
            to[at + tokens[i]] += amount;
            at += rows.Vocabularies[i];
        }
    }
}
