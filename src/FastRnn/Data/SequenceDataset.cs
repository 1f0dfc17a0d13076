using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FastRnn.Data;

/// <summary>Many sequences of many lengths with their targets, checked once when they come in and held one behind the other, without
/// padding.</summary>
public sealed class SequenceDataset
{
    private readonly SequenceAxis positions = new();
    private readonly SequenceAxis sources = new();
    private readonly SequenceAxis labels = new();

    /// <summary>Prepares for sequences.</summary>
    /// <param name="format">What each of them consists of.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    /// <exception cref="ArgumentException">Targets are both labels and something else.</exception>
    public SequenceDataset(SequenceFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        format.Check();
        Format = format;
        var targets = format.OneTarget ? null : positions;
        X = format.InputSize > 0 ? new(positions, format.InputSize) : null;
        Tokens = format.TokenCount > 0 ? new(positions, format.TokenCount) : null;
        Targets = format.TargetSize > 0 ? new(targets, format.TargetSize) : null;
        TargetTokens = format.TargetTokenCount > 0 ? new(format.HasLabels ? labels : targets, format.TargetTokenCount) : null;
        Condition = format.ConditionSize > 0 ? new(null, format.ConditionSize) : null;
        SourceX = format.HasSource && format.SourceSize > 0 ? new(sources, format.SourceSize) : null;
        SourceTokens = format.SourceTokenCount > 0 ? new(sources, format.SourceTokenCount) : null;
    }

    /// <summary>What each sequence consists of.</summary>
    public SequenceFormat Format { get; }

    /// <summary>Number of sequences.</summary>
    public int Count => positions.Count;

    /// <summary>Positions of all sequences together.</summary>
    public int PositionCount => positions.Total;

    /// <summary>Steps of the shortest sequence; 0 if there is none.</summary>
    public int MinLength { get; private set; }

    /// <summary>Steps of the longest sequence.</summary>
    public int MaxLength { get; private set; }

    /// <summary>Steps of the longest source.</summary>
    public int MaxSourceLength { get; private set; }

    /// <summary>Labels of the sequence that has the most of them; 0 if targets are no labels.</summary>
    public int MaxTargetLength { get; private set; }

    internal SequenceColumn<float>? X { get; }

    internal SequenceColumn<int>? Tokens { get; }

    internal SequenceColumn<bool>? Present { get; private set; }

    internal SequenceColumn<float>? Targets { get; }

    internal SequenceColumn<int>? TargetTokens { get; }

    internal SequenceColumn<float>? Weights { get; private set; }

    internal SequenceColumn<float>? Condition { get; }

    internal SequenceColumn<float>? SourceX { get; }

    internal SequenceColumn<int>? SourceTokens { get; }

    /// <summary>One sequence, as views: a batch of one.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sequence.</exception>
    public SequenceBatch this[int index]
    {
        get
        {
            CheckIndex(index);
            return new SequenceBatch
            {
                X = X is null ? default : X[index],
                Tokens = Tokens is null ? default : Tokens[index],
                Present = Present is null ? default : Present[index],
                Targets = Targets is null ? default : Targets[index],
                TargetTokens = TargetTokens is null ? default : TargetTokens[index],
                Weights = Weights is null ? default : Weights[index],
                Condition = Condition is null ? default : Condition[index],
                SourceX = SourceX is null ? default : SourceX[index],
                SourceTokens = SourceTokens is null ? default : SourceTokens[index],
            };
        }
    }

    /// <summary>Steps of a sequence.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sequence.</exception>
    public int LengthOf(int index)
    {
        CheckIndex(index);
        return positions.Length(index);
    }

    /// <summary>Steps of a sequence's source; 0 if there is none.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sequence.</exception>
    public int SourceLengthOf(int index)
    {
        CheckIndex(index);
        return Format.HasSource ? sources.Length(index) : 0;
    }

    /// <summary>Labels of a sequence; 0 if targets are none.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sequence.</exception>
    public int TargetLengthOf(int index)
    {
        CheckIndex(index);
        return Format.HasLabels ? labels.Length(index) : 0;
    }

    /// <summary>Adds a copy of one sequence.</summary>
    /// <param name="sequence">A batch of one: T positions of X or tokens, without lengths. <see cref="SequenceBatch.Present"/> and
    /// <see cref="SequenceBatch.Weights"/> may be empty. What is absent, and targets of weight 0, may be anything.</param>
    /// <exception cref="ArgumentException">A part is missing, too many, or has a wrong length; a token is not in its vocabulary; a number
    /// is not finite; or there would be more than an array holds. The message says what and where, and nothing is added.</exception>
    public void Add(in SequenceBatch sequence)
    {
        var (length, sourceLength) = SequenceCheck.Check(this, sequence);
        var weights = Format.OneWeight ? 1 : length;
        if (!sequence.Present.IsEmpty && Present is null)
        {
            Present = new(positions, 1);
            Present.Append(true, PositionCount);
        }

        if (!sequence.Weights.IsEmpty && Weights is null)
        {
            Weights = new(Format.OneWeight ? null : positions, 1);
            Weights.Append(1, Format.OneWeight ? Count : PositionCount);
        }

        X?.Append(sequence.X);
        Tokens?.Append(sequence.Tokens);
        Targets?.Append(sequence.Targets);
        TargetTokens?.Append(sequence.TargetTokens);
        Condition?.Append(sequence.Condition);
        SourceX?.Append(sequence.SourceX);
        SourceTokens?.Append(sequence.SourceTokens);
        AppendOr(Present, sequence.Present, true, length);
        AppendOr(Weights, sequence.Weights, 1, weights);
        MinLength = Count == 0 ? length : Math.Min(MinLength, length);
        MaxLength = Math.Max(MaxLength, length);
        MaxSourceLength = Math.Max(MaxSourceLength, sourceLength);
        positions.Add(length);
        if (Format.HasSource)
            sources.Add(sourceLength);
        if (Format.HasLabels)
        {
            labels.Add(sequence.TargetTokens.Length);
            MaxTargetLength = Math.Max(MaxTargetLength, sequence.TargetTokens.Length);
        }
    }

    /// <summary>All sequences, cut to one length. Targets of positions are cut along; conditions, sources, labels and targets of sequences
    /// stay whole.</summary>
    /// <param name="report">What was dropped.</param>
    /// <param name="length">What longer sequences are cut to, and below which a sequence is dropped; 0 takes the length of the shortest
    /// sequence with a step, so that only those without steps are.</param>
    /// <exception cref="ArgumentException">There is no sequence, or none with a step, or none as long as
    /// <paramref name="length"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public SequenceDataset Cut(out CutReport report, int length = 0)
    {
        var lengths = new int[Count];
        for (var i = 0; i < lengths.Length; i++)
            lengths[i] = positions.Length(i);
        report = CutReport.Of(lengths, length);
        var cut = new SequenceDataset(Format);
        for (var i = 0; i < Count; i++)
        {
            if (lengths[i] < report.Length)
                continue;
            var whole = this[i];
            var targets = Format.OneTarget ? 1 : report.Length;
            cut.Add(new SequenceBatch
            {
                X = First(whole.X, report.Length * Format.InputSize),
                Tokens = First(whole.Tokens, report.Length * Format.TokenCount),
                Present = First(whole.Present, report.Length),
                Targets = First(whole.Targets, targets * Format.TargetSize),
                TargetTokens = Format.HasLabels ? whole.TargetTokens : First(whole.TargetTokens, targets * Format.TargetTokenCount),
                Weights = First(whole.Weights, Format.OneWeight ? 1 : report.Length),
                Condition = whole.Condition,
                SourceX = whole.SourceX,
                SourceTokens = whole.SourceTokens,
            });
        }

        return cut;

        static ReadOnlySpan<T> First<T>(ReadOnlySpan<T> values, int count) => values.IsEmpty ? values : values[..count];
    }

    /// <summary>16 hexadecimal digits of all that the first sequences hold.</summary>
    internal string Fingerprint(int count)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < count; i++)
        {
            var sequence = this[i];
            hash.AppendData(MemoryMarshal.AsBytes<int>([LengthOf(i), SourceLengthOf(i)]));
            if (Format.HasLabels)
                hash.AppendData(MemoryMarshal.AsBytes<int>([TargetLengthOf(i)]));
            hash.AppendData(MemoryMarshal.AsBytes(sequence.X));
            hash.AppendData(MemoryMarshal.AsBytes(sequence.Tokens));
            hash.AppendData(MemoryMarshal.AsBytes(sequence.Present));
            hash.AppendData(MemoryMarshal.AsBytes(sequence.Targets));
            hash.AppendData(MemoryMarshal.AsBytes(sequence.TargetTokens));
            hash.AppendData(MemoryMarshal.AsBytes(sequence.Weights));
            hash.AppendData(MemoryMarshal.AsBytes(sequence.Condition));
            hash.AppendData(MemoryMarshal.AsBytes(sequence.SourceX));
            hash.AppendData(MemoryMarshal.AsBytes(sequence.SourceTokens));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private static void AppendOr<T>(SequenceColumn<T>? column, ReadOnlySpan<T> values, T otherwise, int count)
        where T : unmanaged
    {
        if (values.IsEmpty)
            column?.Append(otherwise, count);
        else
            column?.Append(values);
    }

    private void CheckIndex(int index)
    {
        if ((uint)index >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(index), index,
                string.Create(CultureInfo.InvariantCulture, $"Expected a sequence from 0 to {Count - 1}, got {index}."));
        }
    }
}
