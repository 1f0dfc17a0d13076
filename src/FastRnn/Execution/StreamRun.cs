using FastRnn.CompilerServices;
using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Parameters;
using FastRnn.Threading;

namespace FastRnn.Execution;

/// <summary>Streams that are stepped together: states go on through the slots of their buffers, a block of steps at a time, and the last
/// ones are copied to the front when these are used up. The slowest model takes a microsecond a step, so everything that is the same in
/// each is looked up once.</summary>
internal sealed unsafe class StreamRun : ITeamJob, IDisposable
{
    private readonly Workspace workspace;
    private readonly ForwardPass forward;
    private readonly InputRows rows;
    private readonly BatchPlan plan;
    private readonly BatchInput input;
    private readonly Arena arena;
    private readonly ThreadTeam? team;
    private readonly LayerStep[] carried;
    private readonly int parts;
    private readonly int capacity;
    private readonly bool readsInPlace;
    private BatchPointers from;
    private int slot;
    private (int Count, int Steps) arranged;

    /// <summary>Takes memory.</summary>
    /// <param name="model">The parameters.</param>
    /// <param name="sizes">Streams, steps of a block, workers.</param>
    /// <param name="origin">A run whose rounded weights are taken over; null makes them.</param>
    /// <param name="more">What takes its own part of the memory besides.</param>
    /// <exception cref="InvalidOperationException">A weight is to be rounded and is not a finite number.</exception>
    public StreamRun(ParameterStore model, RunSizes sizes, StreamRun? origin = null, ArenaLayout.Carver? more = null)
    {
        (Sizes, capacity, parts) = (sizes, sizes.Steps, sizes.SplitsUnits ? sizes.Workers : 1);
        plan = new BatchPlan(sizes);
        workspace = new Workspace(model, sizes, plan);
        forward = new ForwardPass(workspace, plan, new PassKey(isTraining: false)) { IsContinued = true };
        input = new BatchInput(model.Info, sizes, plan);
        rows = new InputRows(workspace, plan, input);
        carried = [.. workspace.Steps.Where(step => step.Time == TimeDomain.Main && !step.IsSkipped)];
        readsInPlace = workspace.CanReadInPlace;
        arena = new Arena((ref ArenaLayout layout) =>
        {
            plan.Carve(ref layout);
            input.Carve(ref layout);
            workspace.Carve(ref layout);
            more?.Invoke(ref layout);
        });
        try
        {
            workspace.Prepare(origin?.workspace);
            team = sizes.Workers > 1 ? new ThreadTeam(sizes.Workers) : null;
            model.Hold();
        }
        catch
        {
            arena.Dispose();
            throw;
        }
    }

    /// <summary>For what there is room.</summary>
    public RunSizes Sizes { get; }

    /// <summary>The forward pass.</summary>
    public ForwardPass Forward => forward;

    /// <summary>Who does what.</summary>
    public BatchPlan Plan => plan;

    /// <summary>The door.</summary>
    public BatchInput Input => input;

    /// <summary>Whether streams are in the middle of their sequences.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>All streams begin anew with their next step.</summary>
    public void Reset() => HasBegun = false;

    /// <summary>States get their first values now, unless streams are in the middle already.</summary>
    public void Begin()
    {
        if (!HasBegun)
        {
            Arrange(Sizes.Batch, 1);
            Begin((0, Sizes.Batch));
        }
    }

    /// <summary>Some streams begin anew, and the others go on.</summary>
    public void Begin((int Begin, int End) streams)
    {
        foreach (var step in carried)
        {
            forward.First.Begin(step, streams, null);
        }

        HasBegun = true;
    }

    /// <summary>After states were set: those that are made of others follow.</summary>
    public void Derive()
    {
        foreach (var step in carried)
        {
            forward.First.Derive(step, (0, plan.Count));
        }
    }

    /// <summary>A state of all streams, <c>[B, D]</c>, padded rows, with which the next step begins.</summary>
    public float* State(int layer, int state) => workspace[layer].States[state].Values;

    /// <summary>Streams go on where those of another run are.</summary>
    public void CopyState(StreamRun other)
    {
        if (!other.HasBegun)
        {
            return;
        }

        Arrange(Sizes.Batch, 1);
        foreach (var step in carried)
        {
            for (var s = 0; s < step.StateSizes.Length; s++)
            {
                VectorRows.Copy(other.State(step.Index, s), State(step.Index, s), Sizes.Batch * step.StateSizes[s]);
            }
        }

        HasBegun = true;
    }

    /// <summary>What streams start from: encoder and condition, <see cref="BatchInput.TakeStart"/> has seen it. Their states begin with the
    /// next step.</summary>
    public void Start(BatchPointers start)
    {
        Rewind(copies: false);
        arranged = default;
        Arrange(input.Count, 1);
        from = start;
        forward.IsContinued = false;
        forward.Prepare();
        IsStarting = true;
        Execute();
        IsStarting = false;
        HasBegun = false;
    }

    /// <summary>Any number of steps of all streams, block by block.</summary>
    public void Run(in BatchPointers all, int steps)
    {
        if (steps > 0)
        {
            Steps(in all, Sizes.Batch, Math.Min(capacity, steps));
        }

        var rest = all;
        for (var done = capacity; done < steps; done += capacity)
        {
            var rows = (nint)capacity * Sizes.Batch;
            rest.X += rest.X == null ? 0 : rows * workspace.Info.InputSize;
            rest.Tokens += rest.Tokens == null ? 0 : rows;
            rest.Y += rows * workspace.Info.OutputSize;
            Steps(in rest, Sizes.Batch, Math.Min(capacity, steps - done));
        }
    }

    /// <summary>A block of steps of all streams, at most as many as there is room for.</summary>
    public void Steps(in BatchPointers block, int count, int steps)
    {
        Arrange(count, steps);
        from = block;
        MakeRoom(steps);
        forward.IsContinued = HasBegun;
        if (readsInPlace)
        {
            var isInPlace = !VectorRows.NeedFlush(block.X, (nint)steps * count * workspace.Info.InputSize);
            workspace.MainInput = isInPlace ? block.X : workspace.MainRoom;
            workspace.MainStride = isInPlace ? workspace.Info.InputSize : Padding.RoundUp(workspace.Info.InputSize);
        }

        Execute();
        HasBegun = true;
        Move(steps);
    }

    /// <inheritdoc/>
    public void Execute(int worker, int workers)
    {
        if (IsStarting)
        {
            rows.GatherStart(worker, in from);
            forward.Run(worker, main: false);
            return;
        }

        if (parts == 1)
        {
            rows.GatherMain(worker, in from);
            forward.Run(worker, main: true);
            rows.CopyOutputs(worker, from.Y);
            return;
        }

        // All workers have the same rows: one of them brings and takes.
        if (worker == 0)
        {
            rows.GatherMain(0, in from);
        }

        workspace.Barrier->Meet(parts);
        forward.Run(worker, main: true);
        if (worker == 0)
        {
            rows.CopyOutputs(0, from.Y);
        }
    }

    /// <summary>Gives the memory back to the pool and ends the threads.</summary>
    public void Dispose()
    {
        team?.Dispose();
        arena.Dispose();
        workspace.Model.Release();
    }

    private bool IsStarting { get; set; }

    private void Execute()
    {
        if (team is null)
        {
            Execute(0, 1);
        }
        else
        {
            team.Run(this);
        }
    }

    private void Arrange(int count, int steps)
    {
        if ((count, steps) == arranged)
        {
            return;
        }

        arranged = (count, steps);
        input.SetSteps(count, steps);
        plan.Arrange(0, count, workspace.Info.Source is not null);
    }

    /// <summary>Sees to it that so many slots lie ahead.</summary>
    private void MakeRoom(int steps)
    {
        if (slot + steps > capacity)
        {
            Rewind(copies: true);
        }
    }

    private void Rewind(bool copies)
    {
        foreach (var step in carried)
        {
            for (var s = 0; s < step.StateSizes.Length; s++)
            {
                ref var state = ref workspace[step.Index].States[s];
                if (state.Step != 0)
                {
                    var last = state.Values;
                    var floats = plan.Count * step.StateSizes[s];
                    state.Values -= (nint)slot * floats;
                    if (copies)
                    {
                        VectorRows.Copy(last, state.Values, floats);
                    }
                }
            }
        }

        slot = 0;
    }

    /// <summary>The next steps begin with the slots behind these.</summary>
    private void Move(int steps)
    {
        slot += steps;
        forward.Position += steps;
        var rows = (nint)steps * plan.Count;
        foreach (var step in carried)
        {
            var states = workspace[step.Index].States;
            for (var s = 0; s < step.StateSizes.Length; s++)
            {
                states[s].Values += states[s].Step == 0 ? 0 : rows * step.StateSizes[s];
            }
        }
    }
}
