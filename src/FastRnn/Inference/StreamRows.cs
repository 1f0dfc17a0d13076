using FastRnn.Execution;
using FastRnn.Memory;

namespace FastRnn.Inference;

/// <summary>Copies streams between a run, where rows are padded, and a <see cref="SessionState{TModel}"/>. Allocates nothing.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
internal static unsafe class StreamRows<TModel>
    where TModel : class, IModel<TModel>
{
    private static readonly IReadOnlyList<StateSlot> Slots = SessionState<TModel>.Slots;

    /// <summary>Refuses a stream that is not there, on either side.</summary>
    public static void Check(int stream, int batch, SessionState<TModel> state, int row)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentCheck.Stream(stream, batch, nameof(stream));
        ArgumentCheck.Stream(row, state.BatchSize, nameof(row));
    }

    /// <summary>Copies streams of a run to the streams of a state from <paramref name="row"/> on.</summary>
    public static void Read(StreamRun run, int stream, int count, SessionState<TModel> state, int row)
    {
        for (var i = 0; i < Slots.Count; i++)
        {
            PaddedRows.Read(Row(run, i, stream), state.Rows(i, row, count), count, Slots[i].Size);
        }
    }

    /// <summary>Copies streams of a state to the streams of a run from <paramref name="stream"/> on.</summary>
    public static void Write(StreamRun run, int stream, int count, SessionState<TModel> state, int row)
    {
        for (var i = 0; i < Slots.Count; i++)
        {
            PaddedRows.WriteState(state.Rows(i, row, count), Row(run, i, stream), count, Slots[i].Size);
        }

        run.Derive();
    }

    /// <summary>Streams go on where others of their run are.</summary>
    /// <param name="run">The run, after a step.</param>
    /// <param name="rows">For each stream the other.</param>
    public static void Exchange(StreamRun run, ReadOnlySpan<int> rows)
    {
        for (var i = 0; i < Slots.Count; i++)
        {
            var floats = Padding.RoundUp(Slots[i].Size);
            var moved = System.Buffers.ArrayPool<float>.Shared.Rent(rows.Length * floats);
            for (var row = 0; row < rows.Length; row++)
            {
                new ReadOnlySpan<float>(Row(run, i, rows[row]), floats).CopyTo(moved.AsSpan(row * floats));
            }

            moved.AsSpan(0, rows.Length * floats).CopyTo(new Span<float>(Row(run, i, 0), rows.Length * floats));
            System.Buffers.ArrayPool<float>.Shared.Return(moved);
        }

        run.Derive();
    }

    private static float* Row(StreamRun run, int slot, int stream) =>
        run.State(Slots[slot].Layer, Slots[slot].State) + ((nint)stream * Padding.RoundUp(Slots[slot].Size));
}
