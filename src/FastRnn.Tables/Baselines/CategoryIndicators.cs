using FastRnn.Tables.Preparing;

namespace FastRnn.Tables.Baselines;

/// <summary>Categories as numbers, for methods that know no vectors of labels: a number for each label, 1 where it is there. Columns of
/// many labels are left out, and what would be more than 400 numbers.</summary>
/// <param name="rows">The rows.</param>
internal sealed class CategoryIndicators(EncodedRows rows)
{
    private const int MostLabels = 100, MostNumbers = 400;
    private readonly int[] places = Places(rows.Vocabularies);

    /// <summary>Numbers of a row.</summary>
    public int Width { get; } = WidthOf(rows.Vocabularies);

    /// <summary>Numbers of a row whose columns of categories have so many tokens.</summary>
    public static int WidthOf(IReadOnlyList<int> vocabularies) =>
        Places(vocabularies).Zip(vocabularies).Where(pair => pair.First >= 0).Sum(pair => pair.Second);

    /// <summary>Adds something at the places of the labels of a row.</summary>
    public void Add(int row, float amount, Span<float> to)
    {
        var tokens = rows.TokensOf(row, row + 1);
        for (var i = 0; i < tokens.Length; i++)
        {
            if (places[i] >= 0)
                to[places[i] + tokens[i]] += amount;
        }
    }

    /// <summary>Where the numbers of each column begin; -1 where it is left out.</summary>
    private static int[] Places(IReadOnlyList<int> vocabularies)
    {
        var (places, width) = (new int[vocabularies.Count], 0);
        for (var i = 0; i < places.Length; i++)
        {
            var isIn = vocabularies[i] <= MostLabels && width + vocabularies[i] <= MostNumbers;
            places[i] = isIn ? width : -1;
            width += isIn ? vocabularies[i] : 0;
        }

        return places;
    }
}
