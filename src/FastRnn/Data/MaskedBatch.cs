using System.Globalization;

namespace FastRnn.Data;

/// <summary>A padded batch, sequence after sequence, some of whose steps are masked, anywhere in a sequence: the ragged batch of the other
/// steps, and the way back for what a model makes of it.
/// <para>A recurrent layer holds its state at a masked step, and a state that is held there is the state of the sequence without that step.
/// So nothing of a masked step is computed or stored, a layer that reads backwards passes over it as well, and pooling and attention do not
/// see it. A sequence without any other step is left out: its outputs are zeros, its last states the first ones.</para>
/// <para>This is what masks of Keras do (measured with 3.15.1; tfjs-layers 4.22.0 does so in inference). The development version of Keras
/// 3.16 drops the mask behind each recurrent layer: there a second layer, and the loss, read the outputs at masked steps as if they were
/// steps, and no batch without these steps says that. Training with this batch is Keras' training with its mask: a masked step has no loss
/// and no gradient.</para></summary>
/// <example><code>
/// var masked = MaskedBatch.OfTokens(tokens, steps: 40, maskToken: 0);
/// var outputs = new float[masked.StepCount * TextModel.Info.OutputSize];
/// predictor.Run(masked.Batch, outputs);
/// masked.Expand(outputs, y, MaskedOutput.Hold);
/// </code></example>
public sealed class MaskedBatch
{
    private readonly bool[] present;
    private readonly int[] sequences;
    private readonly int[] lengths;
    private readonly float[] x;
    private readonly int[] tokens;

    private MaskedBatch(ReadOnlySpan<float> x, ReadOnlySpan<int> tokens, int size, int steps, bool[] present)
    {
        (this.present, SequenceLength, BatchSize) = (present, steps, present.Length / steps);
        var all = new int[BatchSize];
        for (var i = 0; i < present.Length; i++)
        {
            if (present[i])
                all[i / steps]++;
        }

        sequences = [.. Enumerable.Range(0, BatchSize).Where(b => all[b] > 0)];
        lengths = [.. all.Where(length => length > 0)];
        StepCount = lengths.Sum();
        this.x = x.IsEmpty ? [] : Compact(x, size);
        this.tokens = tokens.IsEmpty ? [] : Compact(tokens, size);
    }

    /// <summary>B: the sequences of the padded batch.</summary>
    public int BatchSize { get; }

    /// <summary>T: the steps of each of them.</summary>
    public int SequenceLength { get; }

    /// <summary>The steps of all sequences together that are not masked.</summary>
    public int StepCount { get; }

    /// <summary>The sequences of <see cref="Batch"/> by their place in the padded batch, ascending: those that have a step.</summary>
    public ReadOnlySpan<int> Sequences => sequences;

    /// <summary>The number of steps of each of these.</summary>
    public ReadOnlySpan<int> Lengths => lengths;

    /// <summary>Tokens or vectors without the masked steps, ragged: a view of this object's memory. Targets, weights, a condition, and the
    /// tokens of a model that reads several inputs are added by <c>with</c>, as <see cref="Compact"/> and <see cref="CompactRows"/> make
    /// them.</summary>
    /// <exception cref="InvalidOperationException">Every step is masked.</exception>
    public SequenceBatch Batch => StepCount > 0
        ? new() { X = x, Tokens = tokens, Lengths = lengths }
        : throw new InvalidOperationException("Every step is masked: there is nothing to run (StepCount is 0).");

    /// <summary>Tokens, one of which is a mask (<c>0</c> for Keras' <c>mask_zero</c>).</summary>
    /// <param name="tokens"><c>[B, T]</c>; copied.</param>
    /// <param name="steps">T.</param>
    /// <param name="maskToken">What stands at a masked step.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is below 1.</exception>
    /// <exception cref="ArgumentException">There are no tokens, or no whole sequences.</exception>
    public static MaskedBatch OfTokens(ReadOnlySpan<int> tokens, int steps, int maskToken)
    {
        Check(tokens.Length, 1, steps, nameof(tokens), "[B, T]");
        var present = new bool[tokens.Length];
        for (var i = 0; i < present.Length; i++)
            present[i] = tokens[i] != maskToken;

        return new([], tokens, 1, steps, present);
    }

    /// <summary>Tokens and a mask beside them.</summary>
    /// <param name="tokens"><c>[B, T]</c>; copied. What stands at a masked step is never read.</param>
    /// <param name="steps">T.</param>
    /// <param name="present"><c>[B, T]</c>: false at a masked step, as in a mask of Keras.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is below 1.</exception>
    /// <exception cref="ArgumentException">There are no tokens, no whole sequences, or a mask of another length.</exception>
    public static MaskedBatch OfTokens(ReadOnlySpan<int> tokens, int steps, ReadOnlySpan<bool> present)
    {
        Check(tokens.Length, 1, steps, nameof(tokens), "[B, T]");
        CheckLength(present.Length, tokens.Length, nameof(present), "[B, T]");
        return new([], tokens, 1, steps, present.ToArray());
    }

    /// <summary>Vectors; a step is masked if all of its numbers are one value (Keras' <c>Masking</c>).</summary>
    /// <param name="x"><c>[B, T, I]</c>; copied.</param>
    /// <param name="size">I.</param>
    /// <param name="steps">T.</param>
    /// <param name="maskValue">What stands at a masked step; a number.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> or <paramref name="steps"/> is below 1.</exception>
    /// <exception cref="ArgumentException">There are no vectors, no whole sequences, or the value equals nothing: a NaN.</exception>
    public static MaskedBatch OfVectors(ReadOnlySpan<float> x, int size, int steps, float maskValue)
    {
        Check(x.Length, size, steps, nameof(x), "[B, T, I]");
        if (float.IsNaN(maskValue))
            throw new ArgumentException("A NaN equals nothing, so it masks nothing: pass a mask [B, T].", nameof(maskValue));

        var present = new bool[x.Length / size];
        for (var i = 0; i < present.Length; i++)
            present[i] = x.Slice(i * size, size).ContainsAnyExcept(maskValue);

        return new(x, [], size, steps, present);
    }

    /// <summary>Vectors and a mask beside them.</summary>
    /// <param name="x"><c>[B, T, I]</c>; copied. What stands at a masked step is never read.</param>
    /// <param name="size">I.</param>
    /// <param name="steps">T.</param>
    /// <param name="present"><c>[B, T]</c>: false at a masked step, as in a mask of Keras.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> or <paramref name="steps"/> is below 1.</exception>
    /// <exception cref="ArgumentException">There are no vectors, no whole sequences, or a mask of another length.</exception>
    public static MaskedBatch OfVectors(ReadOnlySpan<float> x, int size, int steps, ReadOnlySpan<bool> present)
    {
        Check(x.Length, size, steps, nameof(x), "[B, T, I]");
        CheckLength(present.Length, x.Length / size, nameof(present), "[B, T]");
        return new(x, [], size, steps, present.ToArray());
    }

    /// <summary>What has one entry a step, without the masked ones: targets, weights.</summary>
    /// <param name="values"><c>[B, T, width]</c>.</param>
    /// <param name="width">Elements of a step, at least 1.</param>
    /// <returns>Ragged, <c>[StepCount, width]</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is below 1.</exception>
    /// <exception cref="ArgumentException">There is another number of values.</exception>
    public T[] Compact<T>(ReadOnlySpan<T> values, int width = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        CheckLength(values.Length, (long)present.Length * width, nameof(values), "[B, T, width]");
        var compact = new T[StepCount * width];
        for (var (i, to) = (0, 0); i < present.Length; i++)
        {
            if (present[i])
                values.Slice(i * width, width).CopyTo(compact.AsSpan(to++ * width));
        }

        return compact;
    }

    /// <summary>What has one entry a sequence, without the sequences that are left out: first states, a condition, the targets of a
    /// model with one output a sequence.</summary>
    /// <param name="values"><c>[B, width]</c>.</param>
    /// <param name="width">Elements of a sequence, at least 1.</param>
    /// <returns>As many rows as <see cref="Sequences"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is below 1.</exception>
    /// <exception cref="ArgumentException">There is another number of values.</exception>
    public T[] CompactRows<T>(ReadOnlySpan<T> values, int width = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        CheckLength(values.Length, (long)BatchSize * width, nameof(values), "[B, width]");
        var compact = new T[sequences.Length * width];
        for (var i = 0; i < sequences.Length; i++)
            values.Slice(sequences[i] * width, width).CopyTo(compact.AsSpan(i * width));

        return compact;
    }

    /// <summary>Outputs of the steps of <see cref="Batch"/> as those of all steps. What a dense layer behind makes of held outputs is held;
    /// what it makes of the zeros before a first step is not known here, and they stay zeros.</summary>
    /// <param name="outputs"><c>[StepCount, O]</c>, what a predictor made of <see cref="Batch"/>.</param>
    /// <param name="y">Receives <c>[B, T, O]</c>; other memory than the outputs.</param>
    /// <param name="masked">What stands at masked steps.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="masked"/> is none of the two.</exception>
    public void Expand(ReadOnlySpan<float> outputs, Span<float> y, MaskedOutput masked)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)masked, (uint)MaskedOutput.Zero, nameof(masked));
        var size = Width(y.Length, present.Length, nameof(y), "[B, T, O]");
        CheckLength(outputs.Length, (long)StepCount * size, nameof(outputs), "[StepCount, O]");
        for (var (i, from) = (0, 0); i < present.Length; i++)
        {
            var to = y.Slice(i * size, size);
            if (present[i])
                outputs.Slice(from++ * size, size).CopyTo(to);
            else if (masked == MaskedOutput.Hold && i % SequenceLength > 0)
                y.Slice((i - 1) * size, size).CopyTo(to);
            else
                to.Clear();
        }
    }

    /// <summary>What there is once a sequence of <see cref="Batch"/>, for all sequences: the outputs of a model with one a sequence, or
    /// last states.</summary>
    /// <param name="rows">As many rows as <see cref="Sequences"/>, <c>[.., D]</c>.</param>
    /// <param name="y">Receives <c>[B, D]</c>; other memory than the rows.</param>
    /// <param name="first"><c>[B, D]</c>: what the sequences have that are left out, for states the first ones; empty for zeros.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public void ExpandRows(ReadOnlySpan<float> rows, Span<float> y, ReadOnlySpan<float> first = default)
    {
        var size = Width(y.Length, BatchSize, nameof(y), "[B, D]");
        CheckLength(rows.Length, (long)sequences.Length * size, nameof(rows), "[Sequences.Length, D]");
        if (first.IsEmpty)
            y.Clear();
        else
        {
            CheckLength(first.Length, y.Length, nameof(first), "[B, D]");
            first.CopyTo(y);
        }

        for (var i = 0; i < sequences.Length; i++)
            rows.Slice(i * size, size).CopyTo(y[(sequences[i] * size)..]);
    }

    private static void Check(int count, int size, int steps, string name, string shape)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (count == 0 || count % ((long)size * steps) != 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{name} {shape}: expected a multiple of {(long)size * steps} elements, at least one sequence, got {count}."), name);
        }
    }

    private static int Width(int count, int rows, string name, string shape) => count > 0 && count % rows == 0
        ? count / rows
        : throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture, $"{name} {shape}: expected a multiple of {rows} elements, got {count}."), name);

    private static void CheckLength(int got, long expected, string name, string shape)
    {
        if (got != expected)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{name} {shape}: expected {expected} elements, got {got}."), name);
        }
    }
}
