using System.Globalization;
using System.Runtime.InteropServices;

using FastRnn.Execution;
using FastRnn.Files;

namespace FastRnn.Inference;

/// <summary>What the streams of a session carry from step to step, as a value of its own: to be kept, compared, copied and saved, and given
/// to any session of the model, or stream by stream to any row of one. It is the same for every batch size, number of threads, vector width
/// and weight format.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
/// <remarks>A session with <see cref="WeightFormat.BFloat16"/> weights carries the same kind of numbers, in single precision: its state may
/// go on in a session of the other format, but only sessions of one format go on with the same bits. A state is as safe for threads as an
/// array: any number may read it while none changes it.</remarks>
public sealed partial class SessionState<TModel> : IEquatable<SessionState<TModel>>
    where TModel : class, IModel<TModel>
{
    internal static readonly IReadOnlyList<StateSlot> Slots = StateSlot.Of(TModel.Info);

    private readonly float[][] values;

    /// <summary>Zeros. Where a model learned with what its streams begin, <see cref="Session{TModel}.GetState()"/> of a new session has
    /// that.</summary>
    /// <param name="batchSize">B: the number of streams, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is out of its range, which ends where the numbers of a
    /// step no longer fit an <see cref="int"/>.</exception>
    public SessionState(int batchSize = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentCheck.Batch(TModel.Info, batchSize, 1, nameof(batchSize));
        BatchSize = batchSize;
        values = [.. Slots.Select(slot => new float[batchSize * slot.Size])];
    }

    /// <summary>A copy.</summary>
    /// <param name="other">What is copied.</param>
    public SessionState(SessionState<TModel> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        BatchSize = other.BatchSize;
        values = [.. other.values.Select(numbers => numbers.AsSpan().ToArray())];
    }

    private SessionState(int batchSize, float[][] values) => (BatchSize, this.values) = (batchSize, values);

    /// <summary>B: the number of streams.</summary>
    public int BatchSize { get; }

    /// <summary>The numbers of a state, <c>[B, D]</c>, to read and to write. A session that is given a number below 2^-100 takes 0 for it,
    /// as in every state that a step computes.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index: the order of what <c>Step</c> returns.</param>
    /// <exception cref="ArgumentException">There is no such state.</exception>
    public Span<float> Values(int layer, int state)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (Slots[i].Layer == layer && Slots[i].State == state)
            {
                return values[i];
            }
        }

        var carried = string.Join(", ", Slots.Select(s => $"{s.State} of {s.Layer} ({TModel.Info.Layers[s.Layer].States[s.State].Name})"));
        throw new ArgumentException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{TModel.Info.Name} carries no state {state} of layer {layer}; it carries {carried}."),
            nameof(state));
    }

    /// <summary>The numbers of a state, by its name in the cell: <c>"h"</c>, <c>"c"</c>.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's name.</param>
    /// <inheritdoc cref="Values(int, int)" path="/exception"/>
    public Span<float> Values(int layer, string state) => Values(layer, ArgumentCheck.State(TModel.Info, layer, state));

    /// <summary>The numbers of one stream, <c>[D]</c>, to read and to write.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="stream">The stream, from 0 to <see cref="BatchSize"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such stream.</exception>
    /// <inheritdoc cref="Values(int, int)" path="/exception"/>
    public Span<float> Values(int layer, int state, int stream)
    {
        var all = Values(layer, state);
        ArgumentCheck.Stream(stream, BatchSize, nameof(stream));
        var size = all.Length / BatchSize;
        return all.Slice(stream * size, size);
    }

    /// <summary>Which streams have lost their state: they met a number that is not finite, and put out nothing else until
    /// <see cref="Session{TModel}.Reset(int)"/> or <see cref="Session{TModel}.SetStream"/>; the others are as right as ever. With
    /// <see cref="Session{TModel}.GetState(SessionState{TModel})"/> a look at all streams of a session, which allocates nothing and takes
    /// far less time than a step.</summary>
    /// <param name="lost"><c>[B]</c>: receives whether each stream has; or nothing, if their number is enough.</param>
    /// <returns>How many have.</returns>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public int CountLost(Span<bool> lost = default)
    {
        ArgumentCheck.Length(lost.Length, lost.IsEmpty ? 0 : BatchSize, nameof(lost), "[B]");
        var count = 0;
        for (var stream = 0; stream < BatchSize; stream++)
        {
            var isLost = false;
            for (var i = 0; i < values.Length; i++)
            {
                isLost |= ModelFile.IndexOfNotFinite(Rows(i, stream, 1)) >= 0;
            }

            count += isLost ? 1 : 0;
            if (!lost.IsEmpty)
            {
                lost[stream] = isLost;
            }
        }

        return count;
    }

    /// <summary>All numbers become zero.</summary>
    public void Clear()
    {
        foreach (var numbers in values)
        {
            numbers.AsSpan().Clear();
        }
    }

    /// <summary>A copy.</summary>
    public SessionState<TModel> Clone() => new(this);

    /// <summary>Copies all streams. Allocates nothing.</summary>
    /// <param name="target">Receives them; as many streams as here.</param>
    /// <exception cref="ArgumentException"><paramref name="target"/> has another number of streams.</exception>
    public void CopyTo(SessionState<TModel> target)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.CheckBatch(BatchSize, nameof(target));
        for (var i = 0; i < values.Length; i++)
        {
            values[i].AsSpan().CopyTo(target.values[i]);
        }
    }

    /// <summary>Copies one stream. Allocates nothing.</summary>
    /// <param name="from">The stream, from 0 to <see cref="BatchSize"/> - 1.</param>
    /// <param name="target">Where it goes, this one perhaps; of any number of streams.</param>
    /// <param name="to">The stream that it becomes there.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such stream.</exception>
    public void CopyStream(int from, SessionState<TModel> target, int to)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentCheck.Stream(from, BatchSize, nameof(from));
        ArgumentCheck.Stream(to, target.BatchSize, nameof(to));
        for (var i = 0; i < values.Length; i++)
        {
            Rows(i, from, 1).CopyTo(target.Rows(i, to, 1));
        }
    }

    /// <summary>Whether both hold the same streams, bit for bit: 0 is not -0, and a NaN is the same NaN.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(SessionState<TModel>? other)
    {
        if (other is null || other.BatchSize != BatchSize)
        {
            return false;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!MemoryMarshal.Cast<float, int>(values[i]).SequenceEqual(MemoryMarshal.Cast<float, int>(other.values[i])))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SessionState<TModel>);

    /// <summary>Of the bits of all numbers: it changes with them.</summary>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(BatchSize);
        foreach (var numbers in values)
        {
            foreach (var bits in MemoryMarshal.Cast<float, int>(numbers))
            {
                hash.Add(bits);
            }
        }

        return hash.ToHashCode();
    }

    /// <summary>The numbers of some streams in the slot of this index.</summary>
    internal Span<float> Rows(int slot, int stream, int count) => values[slot].AsSpan(stream * Slots[slot].Size, count * Slots[slot].Size);

    /// <summary>Refuses a state of another number of streams.</summary>
    internal void CheckBatch(int expected, string name)
    {
        if (BatchSize != expected)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"{name}: expected a state of {expected} streams, got one of {BatchSize}."), name);
        }
    }
}
