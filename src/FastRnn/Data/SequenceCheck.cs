using System.Globalization;

namespace FastRnn.Data;

/// <summary>Is this a sequence of the data set's format? Everything is looked at before anything is taken over.</summary>
internal static class SequenceCheck
{
    /// <returns>Steps of the sequence and of its source.</returns>
    public static (int Length, int SourceLength) Check(SequenceDataset data, in SequenceBatch sequence)
    {
        var format = data.Format;
        if (!sequence.Lengths.IsEmpty || !sequence.SourceLengths.IsEmpty || !sequence.TargetLengths.IsEmpty || sequence.IsPadded)
            throw Wrong(data, "expected one sequence, without lengths and padding");

        var length = Steps(
            data, (sequence.X.Length, format.InputSize, "X [T, I]"),
            (sequence.Tokens.Length, format.TokenCount, format.TokenCount > 1 ? "Tokens [T, K]" : "Tokens [T]"), format.OneTarget ? 1 : 0);
        var sourceLength = format.HasSource
            ? Steps(
                data, (sequence.SourceX.Length, format.SourceSize, "SourceX [S, I]"),
                (sequence.SourceTokens.Length, format.SourceTokenCount,
                    format.SourceTokenCount > 1 ? "SourceTokens [S, K]" : "SourceTokens [S]"),
                1)
            : Nothing(data, sequence.SourceX.Length + sequence.SourceTokens.Length, "SourceX and SourceTokens");
        var targets = format.OneTarget ? 1 : length;
        Length(data, sequence.Targets.Length, (long)targets * format.TargetSize, format.OneTarget ? "Targets [O]" : "Targets [T, O]");
        if (!format.HasLabels)
            Length(data, sequence.TargetTokens.Length, (long)targets * format.TargetTokenCount,
                format.OneTarget ? "TargetTokens [1]" : "TargetTokens [T]");
        Length(data, sequence.Condition.Length, format.ConditionSize, "Condition [C]");
        if (!sequence.Present.IsEmpty)
            Length(data, sequence.Present.Length, length, "Present [T]");
        if (!sequence.Weights.IsEmpty)
            Length(data, sequence.Weights.Length, format.OneWeight ? 1 : length, format.OneWeight ? "Weights [1]" : "Weights [T]");
        Values(data, sequence);
        Room(data, data.X, sequence.X.Length);
        Room(data, data.Tokens, sequence.Tokens.Length);
        Room(data, data.Targets, sequence.Targets.Length);
        Room(data, data.TargetTokens, sequence.TargetTokens.Length);
        Room(data, data.Condition, sequence.Condition.Length);
        Room(data, data.SourceX, sequence.SourceX.Length);
        Room(data, data.SourceTokens, sequence.SourceTokens.Length);
        return (length, sourceLength);
    }

    private static void Values(SequenceDataset data, in SequenceBatch sequence)
    {
        var format = data.Format;
        for (var i = 0; i < sequence.Weights.Length; i++)
        {
            if (!float.IsFinite(sequence.Weights[i]) || sequence.Weights[i] < 0)
                throw Wrong(data, string.Create(CultureInfo.InvariantCulture,
                    $"Weights, position {i}: expected a finite number, at least 0, got {sequence.Weights[i]}"));
        }

        var steps = Math.Max(
            sequence.Tokens.Length / Math.Max(1, format.TokenCount), sequence.X.Length / Math.Max(1, format.InputSize));
        for (var t = 0; t < steps; t++)
        {
            if (!sequence.Present.IsEmpty && !sequence.Present[t])
                continue;
            for (var k = 0; k < format.TokenCount; k++)
                Token(data, sequence.Tokens, t, format.VocabularyOf(k), "Tokens", k, format.TokenCount);
            Finite(data, sequence.X, t, format.InputSize, "X");
        }

        var targets = Math.Max(
            sequence.TargetTokens.Length / Math.Max(1, format.TargetTokenCount), sequence.Targets.Length / Math.Max(1, format.TargetSize));
        for (var t = 0; t < targets; t++)
        {
            if (!sequence.Weights.IsEmpty && sequence.Weights[format.HasLabels ? 0 : t] == 0)
                continue;
            for (var k = 0; k < format.TargetTokenCount; k++)
            {
                Token(
                    data, sequence.TargetTokens, t, format.TargetVocabularyOf(k), "TargetTokens", k, format.TargetTokenCount,
                    least: format.HasLabels ? 1 : 0);
            }

            Finite(data, sequence.Targets, t, format.TargetSize, "Targets");
        }

        for (var i = 0; i < sequence.SourceTokens.Length; i++)
        {
            var (t, k) = Math.DivRem(i, format.SourceTokenCount);
            Token(data, sequence.SourceTokens, t, format.SourceVocabularyOf(k), "SourceTokens", k, format.SourceTokenCount);
        }

        for (var t = 0; format.SourceSize > 0 && t < sequence.SourceX.Length / format.SourceSize; t++)
            Finite(data, sequence.SourceX, t, format.SourceSize, "SourceX");
        Finite(data, sequence.Condition, 0, format.ConditionSize, "Condition");
    }

    private static int Steps(
        SequenceDataset data, (int Got, int Size, string Name) vectors, (int Got, int Size, string Name) tokens, int least)
    {
        var (first, second) = vectors.Size > 0 ? (vectors, tokens) : (tokens, vectors);
        if (second.Size == 0)
            Nothing(data, second.Got, second.Name);
        if (first.Got < least || first.Got % first.Size != 0)
            throw Wrong(data, string.Create(CultureInfo.InvariantCulture, $"{first.Name}: expected a multiple of "
                + $"{first.Size} elements{(least > 0 ? ", at least one step" : "")}, got {first.Got}"));
        var steps = first.Got / first.Size;
        Length(data, second.Got, (long)steps * second.Size, second.Name);
        return steps;
    }

    private static int Nothing(SequenceDataset data, int got, string name) =>
        got == 0 ? 0 : throw Wrong(data, string.Create(CultureInfo.InvariantCulture, $"{name}: the format has none, got {got} elements"));

    private static void Length(SequenceDataset data, int got, long expected, string name)
    {
        if (got != expected)
            throw Wrong(data, string.Create(CultureInfo.InvariantCulture, $"{name}: expected {expected} elements, got {got}"));
    }

    private static void Token(
        SequenceDataset data, ReadOnlySpan<int> tokens, int t, int vocabulary, string name, int k = 0, int count = 1, int least = 0)
    {
        var at = (t * count) + k;
        if (at < tokens.Length && (tokens[at] < least || (vocabulary > 0 && tokens[at] >= vocabulary)))
        {
            var range = vocabulary > 0 ? string.Create(CultureInfo.InvariantCulture, $"to {vocabulary - 1}") : "on";
            var place = count > 1 ? string.Create(CultureInfo.InvariantCulture, $"position {t}, token {k}")
                : string.Create(CultureInfo.InvariantCulture, $"position {t}");
            throw Wrong(data,
                string.Create(CultureInfo.InvariantCulture, $"{name}, {place}: expected a token from {least} {range}, got {tokens[at]}"));
        }
    }

    private static void Finite(SequenceDataset data, ReadOnlySpan<float> values, int t, int size, string name)
    {
        for (var i = t * size; i < (t + 1) * size && i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw Wrong(data, string.Create(CultureInfo.InvariantCulture,
                    $"{name}, position {t}, element {i - (t * size)}: expected a finite number, got {values[i]}"));
        }
    }

    private static void Room<T>(SequenceDataset data, SequenceColumn<T>? column, int count)
        where T : unmanaged
    {
        if (column?.HasRoom(count) == false)
            throw Wrong(data,
                string.Create(CultureInfo.InvariantCulture, $"the data set would have more than {Array.MaxLength} numbers of one kind"));
    }

    private static ArgumentException Wrong(SequenceDataset data, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Sequence {data.Count}: {what}."));
}
