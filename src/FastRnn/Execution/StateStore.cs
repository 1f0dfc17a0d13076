using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>The states of all sequences of a batch at some boundaries: at number 0 those from which the next pass goes on, at others those
/// between the segments of a long pass. Sequences keep their number, wherever a plan lays them.</summary>
internal sealed unsafe class StateStore
{
    private readonly Workspace workspace;
    private readonly BatchPlan plan;
    private readonly int count;
    private readonly int[][] offsets;
    private readonly int sequenceFloats;
    private float* values;

    /// <summary>Room for the states of all sequences at some boundaries.</summary>
    public StateStore(Workspace workspace, BatchPlan plan, int count)
    {
        (this.workspace, this.plan, this.count) = (workspace, plan, count);
        offsets = [.. workspace.Info.Layers.Select(l => new int[l.States.Count])];
        All = [.. workspace.Info.Layers.Select(l => new bool[l.States.Count])];
        for (var l = 0; l < offsets.Length; l++)
        {
            for (var s = 0; s < offsets[l].Length; s++)
            {
                All[l][s] = true;
                if (workspace.Info.Layers[l].IsRecurrent)
                {
                    offsets[l][s] = sequenceFloats;
                    sequenceFloats += workspace.Steps[l].StateSizes[s];
                }
            }
        }
    }

    /// <summary>For each state of each layer that a pass finds it here: see <see cref="ForwardPass.Given"/>.</summary>
    public bool[][] All { get; }

    /// <summary>Takes this part of an arena.</summary>
    public void Carve(ref ArenaLayout layout) => values = layout.Floats(checked((nint)count * workspace.Sizes.Batch * sequenceFloats));

    /// <summary>A sequence's state at a boundary, <c>[D]</c>, padded.</summary>
    public float* At(int boundary, int sequence, int layer, int state) =>
        values + ((((nint)boundary * workspace.Sizes.Batch) + sequence) * sequenceFloats) + offsets[layer][state];

    /// <summary>All states of boundary 0 of the sequences from <paramref name="begin"/> to <paramref name="end"/>.</summary>
    public Span<float> Of(int begin, int end) =>
        new(values + ((nint)begin * sequenceFloats), checked((end - begin) * sequenceFloats));

    /// <summary>Keeps the states of a worker's rows as they are after the last step of a pass.</summary>
    public void Keep(int boundary, int worker) => Copy(boundary, worker, keeps: true);

    /// <summary>A worker's rows begin with the states of a boundary.</summary>
    public void Restore(int boundary, int worker) => Copy(boundary, worker, keeps: false);

    /// <summary>All states of a boundary become those of another one, or zeros.</summary>
    public void Move(int from, int to)
    {
        var floats = (nint)workspace.Sizes.Batch * sequenceFloats;
        Buffer.MemoryCopy(values + (from * floats), values + (to * floats), floats * sizeof(float), floats * sizeof(float));
    }

    /// <summary>All states of a boundary become zeros.</summary>
    public void Clear(int boundary)
    {
        var floats = (nint)workspace.Sizes.Batch * sequenceFloats;
        System.Runtime.InteropServices.NativeMemory.Clear(values + (boundary * floats), (nuint)floats * sizeof(float));
    }

    /// <summary>Copies a state of the first sequences out of a boundary as <c>[B, D]</c>, dense.</summary>
    public void Read(int layer, int state, Span<float> to, int boundary = 0)
    {
        var size = workspace.Info.Layers[layer].States[state].Size;
        for (var sequence = 0; sequence < to.Length / size; sequence++)
        {
            new ReadOnlySpan<float>(At(boundary, sequence, layer, state), size).CopyTo(to.Slice(sequence * size, size));
        }
    }

    /// <summary>Copies a state of the first sequences into boundary 0; what is below 2^-100 becomes 0, as in every state that a step
    /// computes.</summary>
    public void Write(int layer, int state, ReadOnlySpan<float> from)
    {
        var info = workspace.Info.Layers[layer].States[state];
        for (var sequence = 0; sequence < from.Length / info.Size; sequence++)
        {
            from.Slice(sequence * info.Size, info.Size).CopyTo(new Span<float>(At(0, sequence, layer, state), info.Size));
            Kernels.VectorRows.Flush(At(0, sequence, layer, state), info.PaddedSize);
        }
    }

    /// <summary>The states of boundary 0 become those of another run of the same model and batch.</summary>
    public void CopyFrom(StateStore other)
    {
        var bytes = (nint)workspace.Sizes.Batch * sequenceFloats * sizeof(float);
        Buffer.MemoryCopy(other.values, values, bytes, bytes);
    }

    private void Copy(int boundary, int worker, bool keeps)
    {
        var rows = plan.Rows(worker);
        for (var l = 0; l < offsets.Length; l++)
        {
            var step = workspace.Steps[l];
            for (var s = 0; step.Info.IsRecurrent && s < offsets[l].Length; s++)
            {
                for (var row = rows.Begin; row < rows.End; row++)
                {
                    var (time, floats) = (plan[step.Time], step.StateSizes[s]);
                    var (sequence, length) = (time.Sequence[row], time.Length[row]);
                    var kept = At(boundary, sequence, l, s);

                    // A sequence that is over keeps what it had; one without any step has its first state.
                    var isHere = length > 0 || plan.FirstStep == 0;
                    var live = isHere
                        ? workspace.StateAt(l, s, row, keeps ? length : 0) : At(Math.Max(boundary - 1, 0), sequence, l, s);
                    if (keeps)
                    {
                        Kernels.VectorRows.Copy(live, kept, floats);
                    }
                    else if (isHere)
                    {
                        Kernels.VectorRows.Copy(kept, live, floats);
                    }
                }
            }
        }
    }
}
