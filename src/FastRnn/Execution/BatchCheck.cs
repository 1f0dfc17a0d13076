using System.Globalization;
using System.Runtime.CompilerServices;

using FastRnn.Data;

namespace FastRnn.Execution;

/// <summary>The checks of a <see cref="SequenceBatch"/>, before anything of it is used.</summary>
internal static unsafe class BatchCheck
{
    /// <summary>The number of sequences; writes their lengths.</summary>
    /// <param name="lengths">What the caller said, or nothing.</param>
    /// <param name="isPadded">Whether everything is padded.</param>
    /// <param name="elements">Elements of the input.</param>
    /// <param name="perPosition">Elements of a position.</param>
    /// <param name="batch">The most sequences, and their number if nothing is said.</param>
    /// <param name="steps">The fewest steps of a sequence of which the length is said, and the most.</param>
    /// <param name="names">What the input and the lengths are called.</param>
    /// <param name="to">Receives the lengths.</param>
    /// <param name="positions">Positions of the caller's memory.</param>
    public static int Lengths(
        ReadOnlySpan<int> lengths, bool isPadded, int elements, int perPosition, int batch, (int Least, int Most) steps,
        (string Input, string Lengths) names, int* to, out long positions)
    {
        if (lengths.IsEmpty)
        {
            var equal = ArgumentCheck.Steps(elements, checked(batch * perPosition), steps.Most, names.Input, "[T, B, ...]");
            new Span<int>(to, batch).Fill(equal);
            positions = (long)equal * batch;
            return batch;
        }

        Check(lengths.Length <= batch, names.Lengths, $"expected at most {batch} sequences, got {lengths.Length}");
        var (sum, longest) = (0L, 0);
        for (var i = 0; i < lengths.Length; i++)
        {
            Check(lengths[i] >= steps.Least && lengths[i] <= steps.Most, names.Lengths,
                $"sequence {i}: expected {steps.Least} to {steps.Most} steps, got {lengths[i]}");
            to[i] = lengths[i];
            sum += lengths[i];
            longest = Math.Max(longest, lengths[i]);
        }

        positions = isPadded ? (long)longest * lengths.Length : sum;
        if (isPadded && elements > positions * perPosition)
        {
            // Padded to more than the longest sequence, as where all batches of a data set have one shape: the rest is padding, too.
            positions = (long)ArgumentCheck.Steps(elements, checked(lengths.Length * perPosition), names.Input, "[T, B, ...]")
                * lengths.Length;
        }

        ArgumentCheck.Length(elements, positions * perPosition, names.Input, isPadded ? "[max T, B, ...]" : "[T_0 + T_1 + ..., ...]");
        return lengths.Length;
    }

    /// <summary>A span that belongs to something that the model does not have.</summary>
    public static void Empty(int length, string name, string model, string why) =>
        Check(length == 0, name, $"{model} {why}, got {length} elements");

    /// <summary>Tokens at the positions that are read.</summary>
    public static void Tokens(ReadOnlySpan<int> tokens, ReadOnlySpan<bool> present, ReadOnlySpan<float> weights, PositionMap layout,
        int* lengths, int count, int vocabulary, string name)
    {
        for (var sequence = 0; sequence < count; sequence++)
        {
            for (var t = 0; t < lengths[sequence]; t++)
            {
                var at = (int)layout.At(sequence, t);
                if ((uint)tokens[at] >= (uint)vocabulary && (present.IsEmpty || present[at]) && (weights.IsEmpty || weights[at] != 0))
                {
                    throw new ArgumentOutOfRangeException(name, tokens[at], string.Create(
                        CultureInfo.InvariantCulture,
                        $"Sequence {sequence}, step {t}: expected a token from 0 to {vocabulary - 1}, got {tokens[at]}."));
                }
            }
        }
    }

    /// <summary>The tokens of several inputs, K a position, at the positions that are read.</summary>
    public static void Tokens(ReadOnlySpan<int> tokens, ReadOnlySpan<bool> present, PositionMap layout, int* lengths, int count,
        IReadOnlyList<InputInfo> inputs, int perPosition, string name)
    {
        for (var (i, k) = (0, 0); i < inputs.Count; k += inputs[i++].Kind == InputKind.Vector ? 0 : 1)
        {
            var vocabulary = inputs[i].Vocabulary;
            for (var sequence = 0; vocabulary > 0 && sequence < count; sequence++)
            {
                for (var t = 0; t < lengths[sequence]; t++)
                {
                    var at = (int)layout.At(sequence, t);
                    var token = tokens[(at * perPosition) + k];
                    if ((uint)token >= (uint)vocabulary && (present.IsEmpty || present[at]))
                    {
                        throw new ArgumentOutOfRangeException(name, token, string.Create(
                            CultureInfo.InvariantCulture,
                            $"{name}, sequence {sequence}, step {t}, token {k} (input {i} of those declared): "
                                + $"expected a token from 0 to {vocabulary - 1}, got {token}."));
                    }
                }
            }
        }
    }

    /// <summary>The labels of one head at the positions that count.</summary>
    public static void Labels(
        in SequenceBatch batch, ModelInfo info, HeadInfo head, PositionMap layout, int* lengths, int count, string name = "TargetTokens")
    {
        if (info.TargetTokenCount == 1)
        {
            Tokens(batch.TargetTokens, [], batch.Weights, layout, lengths, count, head.Size, name);
            return;
        }

        for (var sequence = 0; sequence < count; sequence++)
        {
            for (var t = 0; t < lengths[sequence]; t++)
            {
                var at = (int)layout.At(sequence, t);
                var token = batch.TargetTokens[(at * info.TargetTokenCount) + head.TargetToken];
                if ((uint)token >= (uint)head.Size && (batch.Weights.IsEmpty || batch.Weights[at] != 0))
                {
                    throw new ArgumentOutOfRangeException(name, token, string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name}, sequence {sequence}, step {t}, token {head.TargetToken} (head \"{head.Name}\"): "
                            + $"expected a token from 0 to {head.Size - 1}, got {token}."));
                }
            }
        }
    }

    /// <summary>Weights of positions. All of them may be 0: a batch cut from a longer one by a mask may hold nothing that counts.</summary>
    /// <returns>Their sum over the positions that are read.</returns>
    public static double Weights(ReadOnlySpan<float> weights, PositionMap layout, int* lengths, int count)
    {
        var sum = 0.0;
        for (var sequence = 0; sequence < count; sequence++)
        {
            for (var t = 0; t < lengths[sequence]; t++)
            {
                var weight = weights[(int)layout.At(sequence, t)];
                Check(weight >= 0 && float.IsFinite(weight), "Weights",
                    $"sequence {sequence}, step {t}: expected a finite number from 0 on, got {weight}");
                sum += weight;
            }
        }

        return sum;
    }

    /// <summary>The output has no memory in common with anything that is read.</summary>
    public static void Apart(in SequenceBatch batch, ReadOnlySpan<float> y)
    {
        ArgumentCheck.Apart(batch.X, y, "X");
        ArgumentCheck.Apart(batch.Tokens, y, "Tokens");
        ArgumentCheck.Apart(batch.Lengths, y, "Lengths");
        ArgumentCheck.Apart(batch.Present, y, "Present");
        ArgumentCheck.Apart(batch.Condition, y, "Condition");
        ArgumentCheck.Apart(batch.SourceX, y, "SourceX");
        ArgumentCheck.Apart(batch.SourceTokens, y, "SourceTokens");
        ArgumentCheck.Apart(batch.SourceLengths, y, "SourceLengths");
    }

    /// <summary>Throws unless something is right; otherwise the message is never made.</summary>
    public static void Check(bool isRight, string name, [InterpolatedStringHandlerArgument(nameof(isRight))] ref CheckMessage what)
    {
        if (!isRight)
        {
            throw new ArgumentException(name + ": " + what.ToText() + ".", name);
        }
    }
}
