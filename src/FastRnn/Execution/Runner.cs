using FastRnn.CompilerServices;
using FastRnn.Data;
using FastRnn.Memory;
using FastRnn.Parameters;
using FastRnn.Threading;

namespace FastRnn.Execution;

/// <summary>The one engine: memory, plan and passes of a model, for training and inference, streams, windows and batches of any lengths.
/// What differs between them is the plan: which sequences, which of their steps, in which order.</summary>
internal sealed unsafe class Runner : IDisposable
{
    private readonly Arena arena;
    private readonly bool readsInPlace;
    private BatchPointers from;

    /// <summary>Takes memory and starts the workers.</summary>
    /// <param name="model">The parameters.</param>
    /// <param name="sizes">For what there must be room.</param>
    /// <param name="parts">What takes its own part of the memory besides.</param>
    /// <exception cref="InvalidOperationException">A weight is to be rounded and is not a finite number.</exception>
    public Runner(ParameterStore model, RunSizes sizes, Func<Runner, ArenaLayout.Carver>? parts = null)
        : this(model, sizes)
    {
        var more = parts?.Invoke(this);
        arena = new Arena((ref ArenaLayout layout) => Carve(ref layout, more));
        try
        {
            Workspace.Prepare(origin: null);
            Team = new ThreadTeam(sizes.Workers);
            model.Hold();
        }
        catch
        {
            arena.Dispose();
            throw;
        }
    }

    private Runner(ParameterStore model, RunSizes sizes)
    {
        (Model, Sizes) = (model, sizes);
        Plan = new BatchPlan(sizes);
        Workspace = new Workspace(model, sizes, Plan);
        Forward = new ForwardPass(Workspace, Plan, new PassKey(sizes.IsTraining));
        Input = new BatchInput(model.Info, sizes, Plan);
        Rows = new InputRows(Workspace, Plan, Input);
        readsInPlace = Workspace.CanReadInPlace;
        (arena, Team) = (null!, null!);
    }

    /// <summary>The parameters.</summary>
    public ParameterStore Model { get; }

    /// <summary>For what there is room.</summary>
    public RunSizes Sizes { get; }

    /// <summary>Layers, parameters and sizes.</summary>
    public ModelInfo Info => Model.Info;

    /// <summary>Who does what.</summary>
    public BatchPlan Plan { get; }

    /// <summary>States, tapes, inputs.</summary>
    public Workspace Workspace { get; }

    /// <summary>The forward pass.</summary>
    public ForwardPass Forward { get; }

    /// <summary>The batch at the door.</summary>
    public BatchInput Input { get; }

    /// <summary>From the caller's memory and back to it.</summary>
    public InputRows Rows { get; }

    /// <summary>The workers.</summary>
    public ThreadTeam Team { get; }

    /// <summary>Bytes of native memory.</summary>
    public long MemoryBytes => arena.Size;

    /// <summary>Whether the memory was given back.</summary>
    public bool IsDisposed => arena.IsDisposed;

    /// <summary>Whether the last run came to its end, and its results were refused because the parameters had changed.</summary>
    public bool WasDisturbed { get; private set; }

    /// <summary>The caller's memory during a run.</summary>
    public ref readonly BatchPointers From => ref from;

    /// <summary>Bytes that such a run takes.</summary>
    public static long Measure(ParameterStore model, RunSizes sizes, Func<Runner, ArenaLayout.Carver>? parts)
    {
        var runner = new Runner(model, sizes);
        var more = parts?.Invoke(runner);
        return ArenaLayout.Measure((ref ArenaLayout layout) => runner.Carve(ref layout, more));
    }

    /// <summary>Runs something over a checked batch while the caller's memory stays where it is.</summary>
    /// <param name="run">What is run: it finds that memory in <see cref="From"/>.</param>
    /// <param name="batch">The batch, which <see cref="BatchInput.Take"/> has seen.</param>
    /// <param name="y">The caller's memory for outputs.</param>
    /// <exception cref="InvalidOperationException">The parameters are changing, or did meanwhile.</exception>
    public void Run(IPinnedRun run, in SequenceBatch batch, Span<float> y = default)
    {
        var seen = Model.Changes.BeginRead();
        WasDisturbed = false;
        fixed (float* x = batch.X, targets = batch.Targets, weights = batch.Weights, condition = batch.Condition, sourceX = batch.SourceX,
            to = y)
        fixed (int* tokens = batch.Tokens, targetTokens = batch.TargetTokens, sourceTokens = batch.SourceTokens)
        fixed (bool* present = batch.Present)
        {
            from = new BatchPointers
            {
                X = x,
                Tokens = tokens,
                Present = present,
                Condition = condition,
                SourceX = sourceX,
                SourceTokens = sourceTokens,
                Targets = targets,
                TargetTokens = targetTokens,
                Weights = weights,
                Y = to,
            };
            Forward.Prepare();
            run.Run();
        }

        WasDisturbed = !Model.Changes.IsUnchanged(seen);
        if (WasDisturbed)
        {
            Model.Changes.ThrowChanged();
        }
    }

    /// <summary>Arranges the next group of the batch's sequences for which there is room. Results do not depend on the groups.</summary>
    /// <param name="first">The first sequence that is not done; becomes the one behind the group.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidOperationException">There is no room for one of the sequences.</exception>
    public bool NextGroup(ref int first) => NextGroup(ref first, Input.Count);

    /// <summary>The same of the sequences before <paramref name="end"/>.</summary>
    public bool NextGroup(ref int first, int end)
    {
        if (first >= end)
        {
            return false;
        }

        var count = Plan.Fitting(first, end, Info.Source is not null);
        if (count == 0)
        {
            throw new InvalidOperationException($"{Info.Name}: sequence {first} has more positions than there is room for.");
        }

        Plan.Arrange(first, count, Info.Source is not null);
        first += count;
        return true;
    }

    /// <summary>The sequences and steps for which the plan is arranged.</summary>
    public void RunPlan(ITeamJob job)
    {
        PlaceInput();
        RunRows(job);
    }

    /// <summary>The same sequences and steps once more.</summary>
    public void RunRows(ITeamJob job) => Team.Run(job, Plan.Workers);

    /// <summary>Gives the memory back to the pool and ends the threads.</summary>
    public void Dispose()
    {
        Team.Dispose();
        arena.Dispose();
        Model.Release();
    }

    /// <summary>The user's own vectors where the kernels can read them as they are: no number of them counts as 0, and they lie as the plan
    /// says.</summary>
    private void PlaceInput()
    {
        var time = Plan[TimeDomain.Main];
        var isInPlace = readsInPlace && from.X != null && Input.IsWhole && time.IsDense && Input.Count == time.Count && Plan.FirstStep == 0
            && !Kernels.VectorRows.NeedFlush(from.X, (nint)time.Positions * Info.InputSize);
        Workspace.MainInput = isInPlace ? from.X : Workspace.MainRoom;
        Workspace.MainStride = isInPlace ? Info.InputSize : Padding.RoundUp(Info.InputSize);
    }

    private void Carve(ref ArenaLayout layout, ArenaLayout.Carver? more)
    {
        Plan.Carve(ref layout);
        Input.Carve(ref layout);
        Workspace.Carve(ref layout);
        more?.Invoke(ref layout);
    }
}
