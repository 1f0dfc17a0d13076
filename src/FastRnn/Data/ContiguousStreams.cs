using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FastRnn.Data;

/// <summary>A text cut into B contiguous streams of equal length, read side by side in windows of T steps. A stream's next window begins
/// where its last one ended, so a trainer carries its state on from window to window, and resets it when an epoch begins anew.</summary>
/// <remarks>Of n tokens each stream has <c>(n - 1) / B</c>; the target of a position is the token after it, which for the last of a
/// stream is the first of the next. What is left at the end of the text is not read. Holds no copy of the tokens.</remarks>
public sealed class ContiguousStreams : IBatchSource
{
    private readonly ReadOnlyMemory<int> tokens;
    private readonly bool keepRemainder;
    private int[] inputs = [];
    private int[] targets = [];
    private string? identity;
    private long position;

    /// <summary>Cuts a text.</summary>
    /// <param name="tokens">The text; kept, not copied.</param>
    /// <param name="batchSize">B: the number of streams, at least 1.</param>
    /// <param name="sequenceLength">T: the steps of a window, at least 1.</param>
    /// <param name="keepRemainder">Whether the last window of an epoch may be shorter than T, so that every position is read: for
    /// validation. Otherwise such a rest is skipped.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    /// <exception cref="ArgumentException">The text is empty or too short for one window; see <see cref="RequiredTokens"/>.</exception>
    public ContiguousStreams(ReadOnlyMemory<int> tokens, int batchSize, int sequenceLength, bool keepRemainder = false)
    {
        var required = RequiredTokens(batchSize, keepRemainder ? Math.Min(sequenceLength, 1) : sequenceLength);
        if (tokens.IsEmpty)
        {
            throw new ArgumentException("The text is empty.", nameof(tokens));
        }

        if (tokens.Length < required)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The text is shorter than one window: {batchSize} streams of {sequenceLength} steps need {required} tokens, "
                        + $"got {tokens.Length}."),
                nameof(tokens));
        }

        this.tokens = tokens;
        this.keepRemainder = keepRemainder;
        BatchSize = batchSize;
        SequenceLength = sequenceLength;
        StreamLength = (tokens.Length - 1) / batchSize;
        WindowCount = keepRemainder ? ((StreamLength - 1) / sequenceLength) + 1 : StreamLength / sequenceLength;
    }

    /// <summary>B: the number of streams.</summary>
    public int BatchSize { get; }

    /// <summary>T: the steps of a window.</summary>
    public int SequenceLength { get; }

    /// <summary>Positions of one stream.</summary>
    public int StreamLength { get; }

    /// <summary>Windows of an epoch.</summary>
    public int WindowCount { get; }

    /// <summary>Positions of an epoch.</summary>
    public long PositionCount => (long)BatchSize * (keepRemainder ? StreamLength : WindowCount * SequenceLength);

    /// <summary>How many windows <see cref="Next"/> has given, over all epochs. Saved and set again, it continues where it was.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
        }
    }

    /// <inheritdoc/>
    int IBatchSource.BatchesPerEpoch => WindowCount;

    /// <inheritdoc/>
    string IBatchSource.Identity => identity ??= string.Create(
        CultureInfo.InvariantCulture,
        $"{tokens.Length} tokens {Convert.ToHexStringLower(Hash().AsSpan(0, 8))}, {BatchSize} "
            + $"streams in windows of {SequenceLength}{(keepRemainder ? ", with the rest" : "")}");

    /// <summary>Tokens of the shortest text with one window: <c>B T</c>, and one more, because the last has a target too.</summary>
    /// <param name="batchSize">B, at least 1.</param>
    /// <param name="sequenceLength">T, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static long RequiredTokens(int batchSize, int sequenceLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sequenceLength, 1);
        return ((long)batchSize * sequenceLength) + 1;
    }

    /// <summary>Steps of a window: T, except perhaps in the last one.</summary>
    /// <param name="index">0 to <see cref="WindowCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such window.</exception>
    public int StepsOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, WindowCount);
        return Math.Min(SequenceLength, StreamLength - (index * SequenceLength));
    }

    /// <summary>Fills one window. Allocates nothing.</summary>
    /// <param name="index">0 to <see cref="WindowCount"/> - 1.</param>
    /// <param name="inputs">Receives <c>[T, B]</c> in its first elements, the tokens of a step side by side.</param>
    /// <param name="targets">Receives <c>[T, B]</c>: the token after each.</param>
    /// <returns>T, the steps that were filled.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such window.</exception>
    /// <exception cref="ArgumentException">A span is shorter than the window.</exception>
    public int Window(int index, Span<int> inputs, Span<int> targets)
    {
        var steps = StepsOf(index);
        CheckLength(inputs.Length, steps * BatchSize, nameof(inputs));
        CheckLength(targets.Length, steps * BatchSize, nameof(targets));
        var text = tokens.Span;
        for (var stream = 0; stream < BatchSize; stream++)
        {
            var piece = text.Slice((stream * StreamLength) + (index * SequenceLength), steps + 1);
            for (var t = 0; t < steps; t++)
            {
                inputs[(t * BatchSize) + stream] = piece[t];
                targets[(t * BatchSize) + stream] = piece[t + 1];
            }
        }

        return steps;
    }

    /// <summary>Fills the window at <see cref="Position"/> and goes on to the next one, from epoch to epoch. Allocates nothing.</summary>
    /// <param name="inputs">Receives <c>[T, B]</c> in its first elements.</param>
    /// <param name="targets">Receives <c>[T, B]</c>: the token after each.</param>
    /// <param name="beginsEpoch">Whether the streams begin anew, so that a carried state must be reset before this window.</param>
    /// <returns>T, the steps that were filled.</returns>
    /// <exception cref="ArgumentException">A span is shorter than the window.</exception>
    public int Next(Span<int> inputs, Span<int> targets, out bool beginsEpoch)
    {
        var index = (int)(position % WindowCount);
        beginsEpoch = index == 0;
        var steps = Window(index, inputs, targets);
        position++;
        return steps;
    }

    /// <inheritdoc/>
    SequenceBatch IBatchSource.Next(out bool beginsSequences)
    {
        if (inputs.Length == 0)
            (inputs, targets) =
                (new int[BatchSize * Math.Min(SequenceLength, StreamLength)], new int[BatchSize * Math.Min(SequenceLength, StreamLength)]);
        var positions = Next(inputs, targets, out beginsSequences) * BatchSize;
        return new SequenceBatch { Tokens = inputs.AsSpan(0, positions), TargetTokens = targets.AsSpan(0, positions) };
    }

    private byte[] Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        const int Piece = 1 << 20;
        for (var rest = tokens.Span; !rest.IsEmpty; rest = rest[Math.Min(Piece, rest.Length)..])
            hash.AppendData(MemoryMarshal.AsBytes(rest[..Math.Min(Piece, rest.Length)]));
        return hash.GetHashAndReset();
    }

    private static void CheckLength(int got, int expected, string name)
    {
        if (got < expected)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{name} [T, B]: expected at least {expected} elements, got {got}."), name);
        }
    }
}
