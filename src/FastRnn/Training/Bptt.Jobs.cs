using FastRnn.Inference;
using FastRnn.Memory;
using FastRnn.Threading;

namespace FastRnn.Training;

/// <content>What the workers do.</content>
public sealed unsafe partial class Bptt<TModel>
{
    private sealed class ForwardJob(Bptt<TModel> owner) : ITeamJob
    {
        public int Steps { get; set; }

        public float* X { get; set; }

        public float* Y { get; set; }

        public void Execute(int worker, int workers)
        {
            var (begin, end) = Partition.Range(owner.BatchSize, worker, workers);
            var size = TModel.Info.OutputSize;
            owner.workspace.Gather(X, Steps, begin, end);
            owner.workspace.Forward(worker, Steps, begin, end);
            PaddedRows.CopySteps(owner.workspace.Output, Padding.RoundUp(size), Y, size, size, Steps, owner.BatchSize, begin, end);
        }
    }

    private sealed class BackwardJob(Bptt<TModel> owner) : ITeamJob
    {
        public int Steps { get; set; }

        public float* DY { get; set; }

        public void Execute(int worker, int workers)
        {
            var (begin, end) = Partition.Range(owner.BatchSize, worker, workers);
            var size = TModel.Info.OutputSize;
            var stride = Padding.RoundUp(size);
            var dOutput = size == stride ? DY : owner.backward.DOutput;
            if (size != stride)
            {
                PaddedRows.CopySteps(DY, size, dOutput, stride, size, Steps, owner.BatchSize, begin, end);
            }

            owner.backward.Run(worker, Steps, begin, end, dOutput);
        }
    }

    private sealed class GradientJob(Bptt<TModel> owner) : ITeamJob
    {
        public void Execute(int worker, int workers) => owner.weights.Accumulate(worker, workers);
    }
}
