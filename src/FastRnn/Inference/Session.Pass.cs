using FastRnn.Threading;

namespace FastRnn.Inference;

/// <content>What the workers do.</content>
public sealed unsafe partial class Session<TModel>
{
    /// <summary>One block of steps: each worker takes its rows through all layers, or its units of all rows through all steps.</summary>
    private sealed class Pass(Workspace<TModel> workspace, WiredStream<TModel>? wired, int parts) : ITeamJob
    {
        public int Steps { get; set; }

        public float* X { get; set; }

        public float* Y { get; set; }

        public void Execute(int worker, int workers)
        {
            if (wired is not null)
            {
                wired.Run(worker, X, Y);
                return;
            }

            if (parts > 1)
            {
                Together(worker);
                return;
            }

            var (begin, end) = workers == 1 ? (0, workspace.Batch) : Partition.Range(workspace.Batch, worker, workers);
            workspace.Gather(X, Steps, begin, end);
            workspace.Forward(worker, Steps, begin, end);
            workspace.CopyOutputs(Steps, begin, end, Y);
        }

        private void Together(int worker)
        {
            if (worker == 0)
            {
                workspace.Gather(X, Steps, 0, workspace.Batch);
            }

            workspace.Meet(parts);
            workspace.Forward(worker, Steps, 0, workspace.Batch, parts);
            if (worker == 0)
            {
                workspace.CopyOutputs(Steps, 0, workspace.Batch, Y);
            }
        }
    }
}
