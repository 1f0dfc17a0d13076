using FastRnn.Data;
using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;
using FastRnn.Threading;

namespace FastRnn.Inference;

/// <summary>What every pass over a <see cref="SequenceBatch"/> is made of, in training and in inference.</summary>
internal sealed unsafe class BatchRun<TModel>
    where TModel : Model<TModel>, IModel<TModel>
{
    private BatchPointers from;

    public BatchRun(Workspace<TModel> workspace)
    {
        Workspace = workspace;
        Plan = new BatchPlan(workspace.Batch, workspace.Steps, workspace.SourceSteps, workspace.Workers);
        Graph = new GraphPass<TModel>(workspace, Plan);
        Input = new BatchInput<TModel>(workspace, Plan);
    }

    public Workspace<TModel> Workspace { get; }

    public BatchPlan Plan { get; }

    public GraphPass<TModel> Graph { get; }

    public BatchInput<TModel> Input { get; }

    /// <summary>The caller's memory during <see cref="Run"/>.</summary>
    public ref readonly BatchPointers From => ref from;

    /// <summary>The most steps of a source that a run with room for <paramref name="steps"/> of them needs to have.</summary>
    public static int SourceSteps(int steps) => TModel.Info.Source is null ? 0 : steps;

    /// <summary>Takes this run's part of an arena, after the workspace has taken its own.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        Plan.Carve(ref layout);
        Input.Carve(ref layout);
        Graph.Carve(ref layout);
    }

    /// <summary>Before the workers begin.</summary>
    public void Take(in SequenceBatch batch)
    {
        Input.Take(in batch);
        Graph.Prepare();
    }

    /// <summary>Lets the workers run while the caller's memory stays where it is; they find it in <see cref="From"/>.</summary>
    public void Run(ThreadTeam team, ITeamJob job, in SequenceBatch batch, Span<float> y = default)
    {
        fixed (float* x = batch.X, targets = batch.Targets, weights = batch.Weights, condition = batch.Condition, sourceX = batch.SourceX, to = y)
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
            team.Run(job);
        }
    }

    /// <summary>The share of a worker: its sequences, from the caller's memory through all layers.</summary>
    public void Forward(int worker, in BatchPointers from)
    {
        Input.Gather(worker, in from);
        Graph.Forward(worker);
    }

    /// <summary>Copies the outputs of a worker's sequences to the caller, normalised if the model says so.</summary>
    public void CopyOutputs(int worker, float* y)
    {
        var (rows, domain) = (Plan.Rows(worker), Plan[TModel.Info.OutputDomain]);
        var (outputs, size) = (Graph.Values(TModel.Info.Layers.Count - 1), TModel.Info.OutputSize);
        for (var row = rows.Begin; row < rows.End; row++)
        {
            for (var t = 0; t < domain.Length[row]; t++)
            {
                if (TModel.Info.SoftmaxOutput)
                {
                    Softmax.Normalize(Workspace.Model.Width, outputs.At(t, row), size);
                }

                VectorRows.Copy(outputs.At(t, row), y + (Input.Outputs.At(domain.Sequence[row], t) * size), size);
            }
        }
    }
}
