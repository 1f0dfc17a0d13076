using FastRnn.Execution;
using FastRnn.Memory;
using FastRnn.Parameters;
using FastRnn.Threading;

namespace FastRnn.Training;

/// <summary>From gradients to new parameters: the norm, clipping, the optimizer's step, and the kernels' copy of the weights.</summary>
internal sealed unsafe class ParameterUpdate
{
    /// <summary>What a worker updates, checks and packs before the next: small enough for a cache, a multiple of the padding.</summary>
    private const int CheckedFloats = 1 << 14;

    private readonly ParameterStore model;
    private readonly WeightGradients weights;
    private readonly Optimizer optimizer;
    private readonly UpdateRanges ranges;
    private readonly NormJob normJob;
    private readonly StepJob stepJob;
    private readonly VectorJob vectorJob;
    private readonly nint[] moments;
    private double* partials;

    public ParameterUpdate(ParameterStore model, WeightGradients weights, Optimizer optimizer, UpdateRanges? ranges = null)
    {
        this.ranges = ranges ?? new UpdateRanges(model.Info, [], optimizer);
        this.model = model;
        this.weights = weights;
        this.optimizer = optimizer;
        moments = new nint[optimizer.StateSlots];
        normJob = new NormJob(this);
        stepJob = new StepJob(this);
        vectorJob = new VectorJob(model);
    }

    public Optimizer Optimizer => optimizer;

    /// <summary>Which parameters are updated in which way.</summary>
    public UpdateRanges Ranges => ranges;

    /// <summary>Numbers that the optimizer remembers for each parameter.</summary>
    public int MomentCount => moments.Length;

    private int PaddedCount => Padding.RoundUp(model.Info.ParameterCount);

    /// <summary>Takes this part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        for (var i = 0; i < moments.Length; i++)
        {
            moments[i] = (nint)layout.Floats(PaddedCount);
        }

        partials = layout.Take<double>(GradientNorm.BlockCount(PaddedCount));
    }

    /// <summary>One of the optimizer's moments, in the order of the parameters.</summary>
    public Span<float> Moment(int index) => new((float*)moments[index], model.Info.ParameterCount);

    /// <summary>The Euclidean norm of all gradients.</summary>
    public double MeasureNorm(ThreadTeam team)
    {
        team.Run(normJob, WorkCost.Workers((double)PaddedCount * WorkCost.OfNumber, team.Threads));
        return GradientNorm.FromPartials(partials, GradientNorm.BlockCount(PaddedCount));
    }

    /// <summary>Clips, steps and packs.</summary>
    /// <param name="team">Who does it.</param>
    /// <param name="step">The number of this step, from 1.</param>
    /// <param name="norm">Of the gradients.</param>
    /// <param name="clipNorm">The largest norm allowed, or 0.</param>
    /// <param name="scale">What gradients are multiplied by before they are clipped.</param>
    /// <param name="seen">Since when the parameters must be those of the gradients, by <see cref="ChangeMark.BeginRead"/>; null if that is
    /// the caller's affair.</param>
    /// <returns>Whether all parameters and moments are finite afterwards: a finite gradient is no promise of that.</returns>
    /// <exception cref="InvalidOperationException">The model is being edited, or trained by another trainer; nothing was
    /// changed.</exception>
    public bool Apply(ThreadTeam team, long step, double norm, float clipNorm, float scale = 1, int? seen = null)
    {
        var change = seen is { } since ? model.Changes.BeginChange(since) : model.Changes.BeginChange();
        try
        {
            Change(team, step, norm, clipNorm, scale);
        }
        finally
        {
            model.Changes.EndChange(change);
        }

        return stepJob.IsFinite;
    }

    private void Change(ThreadTeam team, long step, double norm, float clipNorm, float scale)
    {
        stepJob.Call = new OptimizerCall
        {
            Parameters = model.ParameterAddress,
            Gradients = weights.Address,
            State0 = moments.Length > 0 ? (float*)moments[0] : null,
            State1 = moments.Length > 1 ? (float*)moments[1] : null,
            States = moments,
            Count = model.Info.ParameterCount,
            Step = (int)Math.Min(step, int.MaxValue),
            GradientScale = clipNorm > 0 ? scale * GradientNorm.ClipFactor(norm, clipNorm) : scale,
        };
        stepJob.IsFinite = true;
        var workers = WorkCost.Workers((double)PaddedCount * WorkCost.OfParameter, team.Threads);
        team.Run(stepJob, workers);
        team.Run(vectorJob, workers);
    }

    private sealed class NormJob(ParameterUpdate owner) : ITeamJob
    {
        public void Execute(int worker, int workers)
        {
            var (begin, end) = Partition.Range(GradientNorm.BlockCount(owner.PaddedCount), worker, workers);
            owner.ranges.ClearFrozen(
                owner.weights.Address, begin * GradientNorm.BlockFloats, Math.Min(end * GradientNorm.BlockFloats, owner.PaddedCount));
            GradientNorm.SumBlocks(owner.weights.Address, owner.PaddedCount, owner.partials, begin, end);
        }
    }

    private sealed class StepJob(ParameterUpdate owner) : ITeamJob
    {
        private volatile bool isFinite;

        public OptimizerCall Call { get; set; }

        /// <summary>Set before; any worker may take it back.</summary>
        public bool IsFinite
        {
            get => isFinite;
            set => isFinite = value;
        }

        public void Execute(int worker, int workers)
        {
            var (begin, end) = Partition.Range(owner.PaddedCount, worker, workers, Padding.Unit);
            for (var first = begin; first < end; first += Math.Min(CheckedFloats, end - first))
            {
                var last = first + Math.Min(CheckedFloats, end - first);
                owner.ranges.Update(owner.optimizer, owner.model.Width, Call, first, last);
                if (!IsFiniteFrom(first, Math.Min(last, owner.model.Info.ParameterCount)))
                {
                    IsFinite = false;
                }

                owner.model.Repack((int)first, (int)Math.Min(last, owner.model.Info.ParameterCount));
            }
        }

        private bool IsFiniteFrom(int begin, int end)
        {
            var isFinite = FiniteNumbers.Are(owner.model.ParameterAddress + begin, end - begin);
            foreach (var moment in owner.moments)
            {
                isFinite &= FiniteNumbers.Are((float*)moment + begin, end - begin);
            }

            return isFinite;
        }
    }

    /// <summary>Vectors may be sums of parameters of several workers.</summary>
    private sealed class VectorJob(ParameterStore model) : ITeamJob
    {
        public void Execute(int worker, int workers) => model.RepackVectors(worker, workers);
    }
}
