using System.Runtime.Intrinsics;

using FastRnn.CompilerServices;
using FastRnn.Memory;
using FastRnn.Parameters;
using FastRnn.Threading;

namespace FastRnn.Inference;

/// <summary>Draws tokens from logits. The same seed and logits give the same tokens on every machine. <see cref="Next"/> allocates nothing;
/// the first batch of more rows than all before makes their places, and <see cref="Place"/> makes a list at each access. One sampler
/// serves one thread at a time, a generator for as long as it makes its sequences; a second thread gets an exception.
/// <para>Each row of a batch (<see cref="SequenceGenerator{TModel}.Generate"/>) draws from a place of its own, a function of the seed and
/// the row: what it draws depends on no other row. <see cref="Next"/> draws for row 0.</para></summary>
/// <remarks>Logits may be as large as they like: the largest is subtracted first. <c>TensorPrimitives.SoftMax</c> of
/// System.Numerics.Tensors 10.0.0 and 11.0.0 does not do that, so a logit of 88.73 gives NaN there
/// (<c>findings/tensors-softmax-overflow.sh</c>), and its <c>Tanh</c> gives -6e-8 for 0 in spans of 4 and more
/// (<c>findings/tensors-tanh-zero.sh</c>).</remarks>
public sealed class Sampler
{
    private readonly int vocabulary;
    private readonly float[] weights;
    private readonly float[] heap;
    private readonly int seed;
    private readonly int firstRow;
    private RandomSource[] rows;
    private UseMark use;

    /// <summary>Creates a sampler.</summary>
    /// <param name="vocabulary">The number of logits, at least 1.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="row">Which row of a batch its row 0 is, at least 0: a sequence that was row 3 of a batch is drawn again alone by a
    /// sampler with the same seed and row 3.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="vocabulary"/> is below 1, or <paramref name="row"/> below
    /// 0.</exception>
    public Sampler(int vocabulary, int seed, int row = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabulary, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        (this.vocabulary, this.seed, firstRow) = (vocabulary, seed, row);
        this.weights = new float[Padding.RoundUp(vocabulary)];
        this.heap = new float[vocabulary];
        rows = [Source(0)];
    }

    /// <summary>Where it is, for a run that is taken up again: four words a row that has drawn, or may have. A sampler of the same seed and
    /// row that gets them draws on as this one would.</summary>
    /// <exception cref="ArgumentException">The words are no place of a sampler: their number is no multiple of four, or four are all
    /// zero.</exception>
    /// <exception cref="InvalidOperationException">Another thread draws with it.</exception>
    public IReadOnlyList<ulong> Place
    {
        get
        {
            using var held = use.Hold(this);
            return [.. rows.SelectMany(row => row.ToArray())];
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            using var held = use.Hold(this);
            if (value.Count == 0 || value.Count % RandomSource.StateLength != 0)
            {
                throw new ArgumentException(
                    $"Place of a sampler: expected {RandomSource.StateLength} words a row, got {value.Count}.", nameof(value));
            }

            rows = [.. value.Chunk(RandomSource.StateLength).Select(words => new RandomSource(words))];
        }
    }

    /// <summary>Draws the next token.</summary>
    /// <param name="logits">One for each token of the vocabulary; minus infinity forbids a token.</param>
    /// <param name="temperature">What logits are divided by; 0 takes the most probable token, the first of equals.</param>
    /// <param name="topK">Draws only from the K most probable tokens (of equals, the first); 0 draws from all.</param>
    /// <returns>A token, from 0 to the vocabulary's size - 1.</returns>
    /// <exception cref="ArgumentException">A wrong number of logits, a logit that is NaN or plus infinity, or no token that is
    /// allowed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is negative or not finite, or <paramref name="topK"/>
    /// negative.</exception>
    /// <exception cref="InvalidOperationException">Another thread draws with it.</exception>
    public int Next(ReadOnlySpan<float> logits, float temperature = 1, int topK = 0)
    {
        using var held = use.Hold(this);
        return NextOf(0, logits, temperature, topK);
    }

    /// <summary>Somebody draws with it until <see cref="Leave"/>.</summary>
    /// <exception cref="InvalidOperationException">Another thread does.</exception>
    internal void Enter() => use.Enter(this);

    /// <summary>Others may draw.</summary>
    internal void Leave() => use.Leave();

    /// <summary>Makes places for the rows of a batch that have none yet.</summary>
    internal void Reserve(int count)
    {
        if (count > rows.Length)
            rows = [.. rows, .. Enumerable.Range(rows.Length, count - rows.Length).Select(Source)];
    }

    /// <summary>Draws the next token of a row for which there is a place.</summary>
    internal int NextOf(int row, ReadOnlySpan<float> logits, float temperature, int topK)
    {
        if (!float.IsFinite(temperature) || temperature < 0)
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "Expected a finite number, at least 0.");
        ArgumentOutOfRangeException.ThrowIfNegative(topK);
        if (logits.Length != this.vocabulary)
            throw new ArgumentException($"Expected {this.vocabulary} logits, got {logits.Length}.", nameof(logits));
        var best = MostProbable(logits);
        if (temperature == 0 || topK == 1)
            return best;

        var total = Weigh(logits, logits[best], temperature, topK);
        var left = rows[row].NextDouble() * total;
        for (var token = 0; token < this.vocabulary; token++)
        {
            left -= this.weights[token];
            if (left < 0)
                return token;
        }

        // Differences round otherwise than the sum: what is left over belongs to the most probable token.
        return best;
    }

    /// <summary>The most probable token, the first of equals.</summary>
    internal static int MostProbable(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var token = 0; token < logits.Length; token++)
        {
            if (float.IsNaN(logits[token]) || float.IsPositiveInfinity(logits[token]))
                throw new ArgumentException(
                    $"Logit {token} is {(float.IsNaN(logits[token]) ? "not a number" : "plus infinity")}: the model has diverged.",
                    nameof(logits));
            if (logits[token] > logits[best])
                best = token;
        }

        if (float.IsNegativeInfinity(logits[best]))
            throw new ArgumentException("All logits are minus infinity: no token is allowed.", nameof(logits));
        return best;
    }

    /// <summary>The source of a row. That of row 0 is the seed's own, as it was when there was one for all.</summary>
    private RandomSource Source(int row) => firstRow + row is var place && place == 0
        ? new RandomSource((uint)seed)
        : RandomSource.ForStream((uint)seed, place, 0);

    /// <summary>Writes <c>exp((z - max) / temperature)</c> for the tokens that may be drawn and 0 for the others; returns the
    /// sum.</summary>
    private unsafe double Weigh(ReadOnlySpan<float> logits, float largest, float temperature, int topK)
    {
        var threshold = float.NegativeInfinity;
        var equals = int.MaxValue;
        if (topK > 0 && topK < this.vocabulary)
        {
            threshold = KthLargest(logits, topK);
            equals = topK;
            foreach (var logit in logits)
                equals -= logit > threshold ? 1 : 0;
        }

        for (var token = 0; token < this.vocabulary; token++)
        {
            var isAllowed = logits[token] > threshold || (logits[token] == threshold && equals-- > 0);
            this.weights[token] = isAllowed ? (logits[token] - largest) / temperature : float.NegativeInfinity;
        }

        fixed (float* weights = this.weights)
        {
            for (var i = 0; i < this.vocabulary; i += 4)
                Simd128.Store(Activation.Exp<Simd128, Vector128<float>>(Simd128.Load(weights + i)), weights + i);
        }

        var total = 0.0;
        for (var token = 0; token < this.vocabulary; token++)
            total += this.weights[token];
        return total;
    }

    /// <summary>By a heap of the K largest so far, the smallest of them on top.</summary>
    private float KthLargest(ReadOnlySpan<float> logits, int k)
    {
        logits[..k].CopyTo(this.heap);
        for (var i = k / 2 - 1; i >= 0; i--)
            SiftDown(i, k);
        foreach (var logit in logits[k..])
        {
            if (logit > this.heap[0])
            {
                this.heap[0] = logit;
                SiftDown(0, k);
            }
        }

        return this.heap[0];
    }

    private void SiftDown(int parent, int count)
    {
        while (2 * parent + 1 < count)
        {
            var child = 2 * parent + 1;
            if (child + 1 < count && this.heap[child + 1] < this.heap[child])
                child++;
            if (this.heap[parent] <= this.heap[child])
                return;
            (this.heap[parent], this.heap[child]) = (this.heap[child], this.heap[parent]);
            parent = child;
        }
    }
}
