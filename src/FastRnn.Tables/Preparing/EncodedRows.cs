using FastRnn.Data;

namespace FastRnn.Tables.Preparing;

/// <summary>What a model reads of the rows of a table, in the order of their layout.</summary>
internal sealed class EncodedRows
{
    public EncodedRows(TablePreparation preparation, int rows)
    {
        (Width, Vocabularies) = (preparation.Width, [.. preparation.Categories.Select(CategoryInputs.Vocabulary)]);
        Numbers = new float[checked(rows * Width)];
        Tokens = new int[checked(rows * Vocabularies.Count)];
    }

    /// <summary>Numbers of a row.</summary>
    public int Width { get; }

    /// <summary>How many tokens there are in each column of categories.</summary>
    public IReadOnlyList<int> Vocabularies { get; }

    /// <summary>Columns of categories.</summary>
    public int Categories => Vocabularies.Count;

    /// <summary><c>[rows, Width]</c>.</summary>
    public float[] Numbers { get; }

    /// <summary><c>[rows, Categories]</c>.</summary>
    public int[] Tokens { get; }

    /// <summary>What a sequence of rows consists of.</summary>
    public SequenceFormat Format => new() { InputSize = Width, Vocabularies = Vocabularies };

    /// <summary>The numbers of some rows, one behind the other.</summary>
    public ReadOnlySpan<float> NumbersOf(int start, int end) => Numbers.AsSpan(start * Width, (end - start) * Width);

    /// <summary>The tokens of some rows, one behind the other.</summary>
    public ReadOnlySpan<int> TokensOf(int start, int end) => Tokens.AsSpan(start * Categories, (end - start) * Categories);

    /// <summary>The tokens as they are learned.</summary>
    public ReadOnlySpan<int> LearnedTokensOf(int start, int end)
    {
        var tokens = TokensOf(start, end).ToArray();
        CategoryInputs.TakeAway(tokens, start);
        return tokens;
    }
}
