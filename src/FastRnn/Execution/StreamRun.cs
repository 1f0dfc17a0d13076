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
    private readonly StreamSlots slots;
    private readonly PreparedStep? prepared;
    private readonly int capacity;
    private readonly bool readsInPlace;
    private BatchPointers from;
    private (int Count, int Steps) arranged;
    private bool isRepeated;
    private bool isPrepared;

    /// <summary>Takes memory.</summary>
    /// <param name="model">The parameters.</param>
    /// <param name="sizes">Streams, steps of a block, workers.</param>
    /// <param name="origin">A run whose rounded weights are taken over; null makes them.</param>
    /// <param name="more">What takes its own part of the memory besides.</param>
    /// <exception cref="InvalidOperationException">A weight is to be rounded and is not a finite number.</exception>
    public StreamRun(ParameterStore model, RunSizes sizes, StreamRun? origin = null, ArenaLayout.Carver? more = null)
    {
        (Sizes, capacity) = (sizes, sizes.Steps);
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
            slots = new StreamSlots(workspace, carried, capacity);
            prepared = PreparedStep.Of(workspace, carried, slots);
            workspace.Prepare(origin?.workspace);
            team = sizes.Workers == 1 ? null : sizes.SharesTeam ? ThreadTeam.Shared(sizes.Workers) : new ThreadTeam(sizes.Workers);
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
    public void Reset() => HasBegun = isPrepared = false;

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
    public void Start(in BatchPointers start)
    {
        slots.Rewind(plan.Count, copies: false);
        isPrepared = false;
        arranged = default;
        Arrange(input.Count, 1);
        from = start;
        forward.IsContinued = false;
        forward.Prepare();
        IsStarting = true;
        Execute();
        IsStarting = false;
        from = default;
        HasBegun = false;
    }

    /// <summary>Any number of steps of all streams, block by block.</summary>
    /// <param name="x"><c>[T, B, I]</c>, or null.</param>
    /// <param name="tokens"><c>[T, B, K]</c>, or null.</param>
    /// <param name="y">Receives <c>[T, B, O]</c>.</param>
    /// <param name="steps">T.</param>
    public void Run(float* x, int* tokens, float* y, int steps)
    {
        if (isPrepared && steps == 1 && prepared!.TryRun(x, y, forward.Position))
        {
            forward.Position++;
            return;
        }

        for (var done = 0; done < steps; done += capacity)
        {
            var rows = (nint)done * Sizes.Batch;
            Steps(
                x == null ? null : x + (rows * workspace.Info.VectorSize),
                tokens == null ? null : tokens + (rows * workspace.Info.TokenCount),
                y + (rows * workspace.Info.OutputSize), Sizes.Batch, Math.Min(capacity, steps - done));
        }
    }

    /// <summary>A block of steps of all streams, at most as many as there is room for.</summary>
    public void Steps(float* x, int* tokens, float* y, int count, int steps)
    {
        Arrange(count, steps);
        from.X = x;
        from.Tokens = tokens;
        from.Y = y;
        slots.MakeRoom(steps, count);

        if (readsInPlace)
        {
            var isInPlace = !VectorRows.NeedFlush(x, (nint)steps * count * workspace.Info.InputSize);
            workspace.MainInput = isInPlace ? x : workspace.MainRoom;
            workspace.MainStride = isInPlace ? workspace.Info.InputSize : Padding.RoundUp(workspace.Info.InputSize);
        }

        forward.IsContinued = HasBegun;
        isRepeated &= HasBegun;
        Execute();
        HasBegun = true;

        // All rows in one part: the next call of this size finds the arguments of its kernels made.
        isRepeated = count == Sizes.Batch && (plan.Parts > 1 || plan.Workers == 1);
        slots.Move(steps, count);
        forward.Position += steps;
        isPrepared = isRepeated && steps == 1 && plan.Workers == 1 && prepared is not null;
        if (isPrepared)
        {
            slots.MakeRoom(1, count);
        }
    }

    /// <inheritdoc/>
    public void Execute(int worker, int workers)
    {
        var isFirst = plan.Leads(worker);
        if (IsStarting)
        {
            if (isFirst)
            {
                rows.GatherStart(worker, in from);
            }

            forward.Meet();
            forward.Run(worker, main: false);
            return;
        }

        if (isFirst)
        {
            rows.GatherMain(worker, in from);
        }

        forward.Meet();
        if (isRepeated)
        {
            forward.Repeat(worker);
        }
        else
        {
            forward.Run(worker, main: true);
        }

        if (isFirst && isRepeated)
        {
            rows.CopyOutputs(from.Y, arranged.Steps * arranged.Count);
        }
        else if (isFirst)
        {
            rows.CopyOutputs(worker, from.Y);
        }
    }

    /// <summary>Gives the memory back to the pool and ends the threads.</summary>
    public void Dispose()
    {
        if (!Sizes.SharesTeam)
        {
            team?.Dispose();
        }

        arena.Dispose();
        workspace.Model.Release();
    }

    private bool IsStarting { get; set; }

    private void Execute()
    {
        if (team is null || plan.Workers == 1)
        {
            Execute(0, 1);
        }
        else if (Sizes.SharesTeam)
        {
            team.RunInTurn(this, plan.Workers);
        }
        else
        {
            team.Run(this, plan.Workers);
        }
    }

    private void Arrange(int count, int steps)
    {
        if ((count, steps) == arranged)
        {
            return;
        }

        (arranged, isRepeated) = ((count, steps), false);
        input.SetSteps(count, steps);
        plan.Arrange(0, count, workspace.Info.Source is not null);
    }
}
