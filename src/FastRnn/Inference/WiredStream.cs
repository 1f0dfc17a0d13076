using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Inference;

/// <summary>A session's blocks of steps through a model that is more than a chain, but can go on where it stopped: dropout, learned initial states, several layers read together.</summary>
internal sealed unsafe class WiredStream<TModel>
    where TModel : Model<TModel>, IModel<TModel>
{
    private readonly Workspace<TModel> workspace;
    private readonly BatchRun<TModel> run;
    private bool hasBegun;

    public WiredStream(Workspace<TModel> workspace)
    {
        this.workspace = workspace;
        run = new BatchRun<TModel>(workspace);
    }

    /// <summary>Refuses a model that cannot be stepped through.</summary>
    public static void Check(WeightFormat weights)
    {
        var info = TModel.Info;
        if (!info.IsWired)
        {
            return;
        }

        if (info.Source is not null || info.ConditionSize > 0)
        {
            throw new InvalidOperationException($"{info.Name} starts from {(info.Source is null ? "a vector" : "what an encoder reads")}: use CreateGenerator or CreatePredictor.");
        }

        if (!GraphPass<TModel>.CanStream)
        {
            throw new InvalidOperationException($"{info.Name} looks at a sequence as a whole: use CreatePredictor.");
        }

        if (weights != WeightFormat.Float32)
        {
            throw new InvalidOperationException($"{info.Name} is more than a chain of layers: its sessions keep weights as Float32.");
        }
    }

    public void Carve(ref ArenaLayout layout) => run.Carve(ref layout);

    /// <summary>The next block begins new sequences.</summary>
    public void Reset() => hasBegun = false;

    /// <summary>One row begins a new sequence, if it is in the middle of one.</summary>
    public void Reset(int row)
    {
        if (hasBegun)
        {
            run.Graph.Start(new RowRange(row, row + 1));
        }
    }

    /// <summary>States get their first values now.</summary>
    public void Begin()
    {
        if (!hasBegun)
        {
            Arrange(1);
            run.Graph.Start(new RowRange(0, workspace.Batch));
        }
    }

    /// <summary>After <see cref="Carve"/>: goes on where another one is, whose states the workspace has already.</summary>
    public void Prepare(WiredStream<TModel>? origin)
    {
        if (origin is { hasBegun: true })
        {
            Arrange(1);
        }
    }

    /// <summary>Before the workers begin.</summary>
    public void Arrange(int steps)
    {
        new Span<int>(run.Plan.MainLengths, workspace.Batch).Fill(steps);
        run.Input.SetTimeMajor(workspace.Batch);
        run.Plan.Arrange(workspace.Batch, hasSource: false);
        run.Graph.CarriesState = hasBegun;
        hasBegun = true;
    }

    /// <summary>The share of a worker.</summary>
    public void Run(int worker, float* x, float* y)
    {
        run.Forward(worker, new BatchPointers { X = x, Tokens = workspace.Tokens });
        run.CopyOutputs(worker, y);
    }
}
